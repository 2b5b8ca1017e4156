using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Zoo.Fuzz;

/// <summary>Draws options, mostly sound, some absurd.</summary>
internal static class FuzzOptions
{
    public static DiagnosticsOptions Any(Random random, string[] names, CancellationToken cancellation)
    {
        var options = new DiagnosticsOptions
        {
            CancellationToken = cancellation,
            Sinks = [],
            TrainingBudget = random.Next(4) switch { 0 => TimeSpan.Zero, 1 => TimeSpan.FromSeconds(5), 2 => TimeSpan.FromMilliseconds(20), _ => TimeSpan.FromMilliseconds(100) },
            Task = (LearningTask)random.Next(5),
            ExpectOrdered = random.Next(5) == 0,
            FailOn = (Severity)random.Next(4),
        };
        // Without a label little of the product runs, so most inputs name a column that is there.
        if (random.Next(4) == 0 || !names.Contains("Label"))
            options = options with { Label = Name(random, names) };
        if (random.Next(8) == 0)
            options = options with { Features = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Name(random, names))] };
        if (random.Next(12) == 0)
            options = options with { Group = Name(random, names) };
        if (random.Next(12) == 0)
            options = options with { Weight = Name(random, names) };
        if (random.Next(12) == 0)
            options = options with { Time = Name(random, names) };
        if (random.Next(4) == 0)
            options = options with { Traits = new TrainerTraits(HostileText.Any(random), (TrainerFamily)random.Next(7), random.Next(2) == 0) };
        return random.Next(60) switch
        {
            0 => options with { BatchSize = random.Next(-1, 2) },
            1 => options with { BatchSize = 1_000_000 },
            2 => options with { Alpha = double.NaN },
            3 => options with { Alpha = 0.5 },
            4 => options with { MaxRows = random.Next(0, 5) },
            5 => options with { PassBudget = TimeSpan.FromTicks(random.Next(-1, 2)) },
            6 => options with { MaxTrainingRows = random.Next(2) == 0 ? 0 : 100 },
            7 => options with { Silence = [HostileText.Any(random)] },
            8 => options with { Severities = new Dictionary<string, Severity> { [RuleIds.FeatureScale] = (Severity)random.Next(-1, 6) } },
            9 => options with { TrainingBudget = TimeSpan.FromSeconds(-1) },
            10 => options with { Task = (LearningTask)99 },
            11 => options with { Silence = [.. RuleCatalog.Create().Select(r => r.Descriptor.Id)] },
            12 => options with { Traits = new TrainerTraits(null!, (TrainerFamily)77, null) },
            13 => options with { MaxRows = long.MaxValue, PassBudget = TimeSpan.MaxValue, TrainingBudget = TimeSpan.MaxValue },
            14 => options with { Features = null! },
            15 => options with { Silence = null! },
            16 => options with { Seed = int.MinValue },
            _ => options,
        };
    }

    private static string Name(Random random, string[] names) =>
        names.Length == 0 || random.Next(10) == 0 ? HostileText.Any(random) : names[random.Next(names.Length)];
}
