using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.Fuzz;

/// <summary>Fuzzed inputs through the public entry points: a report or one clear exception, nothing else.</summary>
internal static class FuzzCommand
{
    public static IEnumerable<TableRow> Run(TableArguments arguments) => Table(arguments, "1.fuzz", seeds => Runs.Map(seeds, FuzzOutcome.Of));

    public static IEnumerable<TableRow> RunGuard(TableArguments arguments) => Table(arguments, "2.fuzz", seeds => Runs.Map(seeds, FuzzGuard.Of));

    /// <summary>Runs the inputs of a seed and counts their outcomes.</summary>
    public static IEnumerable<TableRow> Table(TableArguments arguments, string name, Func<IEnumerable<int>, FuzzOutcome[]> run)
    {
        var outcomes = run(Enumerable.Range(arguments.Seed * 100_000, arguments.Quick ? 2_000 : 10_000));
        var others = outcomes.Where(o => o.Kind == FuzzOutcome.Other).ToArray();
        foreach (var alike in others.GroupBy(o => Head(o.Detail!)).OrderByDescending(g => g.Count()))
            Console.Error.WriteLine($"fuzz: {alike.Count()} times, first seed {alike.First().Seed}: {string.Join("\n  ", alike.First().Detail!.Split('\n').Take(12))}");
        if (arguments.Only == "messages")
        {
            foreach (var message in outcomes.Where(o => o is { Detail: not null } && o.Kind != FuzzOutcome.Other).GroupBy(o => Letters(o.Detail!)))
                Console.Error.WriteLine($"{message.Count()} times, first seed {message.First().Seed}: {message.First().Detail}");
        }

        var slowest = outcomes.MaxBy(o => o.Elapsed)!;
        yield return new TableRow(name, outcomes.Length, others.Length, null, null, "other outcomes", "==", 0);
        foreach (var kind in outcomes.GroupBy(o => o.Kind).OrderBy(g => g.Key))
            yield return TableRow.Shown($"{name} {kind.Key}", outcomes.Length, kind.Count(), "inputs");
        yield return TableRow.Shown($"{name} slowest (seed {slowest.Seed})", 1, slowest.Elapsed.TotalSeconds, "s");
    }

    private static string Letters(string message) => string.Concat(message.Where(char.IsLetter).TakeLast(40));

    private static string Head(string detail) => string.Join('|', detail.Split('\n').Where(l => l.Contains("   at ")).Take(2));
}
