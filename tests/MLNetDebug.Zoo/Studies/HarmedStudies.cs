namespace MLNetDebug.Zoo.Studies;

/// <summary>Runs harmed studies one after another, each with the plan, seed and moment that follow from its number.</summary>
/// <param name="seed">The seed of all.</param>
/// <param name="store">A store for each number.</param>
internal sealed class HarmedStudies(int seed, Func<int, string> store)
{
    private const int FirstWhole = 2000;

    private readonly Dictionary<string, int> _lines = [];

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
        var plan = SweepWorker.Plans[number % SweepWorker.Plans.Length];
        var study = HarmedStudy.Run(address, plan, seed + number, harm, Lines(plan));
        foreach (var fault in study.Faults)
            Console.Error.WriteLine($"study {number} on {place}, '{plan}', {harm}: {fault}");
        return study;
    }

    /// <summary>How many lines the workers of a plan say where nobody is harmed.</summary>
    private int Lines(string plan)
    {
        if (_lines.TryGetValue(plan, out var lines))
            return lines;
        var whole = HarmedStudy.Run(store(FirstWhole + _lines.Count), plan, seed, StudyHarm.Of(HarmKind.None, RandomOf(0)), 0);
        foreach (var fault in whole.Faults)
            Console.Error.WriteLine($"study without harm, '{plan}': {fault}");
        return _lines[plan] = whole.Lines;
    }

    private Random RandomOf(int number) => new(unchecked((seed * 7919) + (number * 104729)));
}
