namespace MLNetDebug.Zoo.Studies;

/// <summary>Runs harmed studies one after another, each with the plan, seed and moment that follow from its number.</summary>
/// <param name="seed">The seed of all.</param>
internal sealed class HarmedStudies(int seed)
{
    /// <summary>A study that loses workers.</summary>
    public HarmedStudy Kill(int number, string place, string address)
    {
        var random = RandomOf(number);
        return Run(number, place, address, StudyHarm.OfKill(number, random));
    }

    /// <summary>A study of which a worker is halted, and goes on.</summary>
    public HarmedStudy Halt(int number, string place, string address) => Run(number, place, address, StudyHarm.Of(HarmKind.Halt, RandomOf(number)));

    private HarmedStudy Run(int number, string place, string address, StudyHarm harm)
    {
        var (plan, lines) = SweepWorker.Plans[number % SweepWorker.Plans.Length];
        var study = HarmedStudy.Run(address, plan, seed + number, harm, lines);
        foreach (var fault in study.Faults)
            Console.Error.WriteLine($"study {number} on {place}, '{plan}', {harm}: {fault}");
        return study;
    }

    private Random RandomOf(int number) => new(unchecked((seed * 7919) + (number * 104729)));
}
