using System.Globalization;
using MLNetDebug.Zoo.Fuzz;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Models;

/// <summary>Damaged model files, in processes that may hang or die of them.</summary>
internal static class FuzzModelCommand
{
    private const int Together = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    public static IEnumerable<TableRow> Run(TableArguments arguments) => Rows(arguments.Quick ? 200 : 2_000, arguments.Seed);

    /// <summary>Runs so many files and counts their outcomes.</summary>
    public static IEnumerable<TableRow> Rows(int count, int seed)
    {
        var outcomes = new List<(int Seed, string Kind, string Detail)>();
        var (first, last) = (seed * 100_000, seed * 100_000 + count);
        while (first + outcomes.Count < last)
            outcomes.AddRange(Batch(first + outcomes.Count, Math.Min(Together, last - first - outcomes.Count)));
        foreach (var alike in outcomes.Where(o => o.Kind == FuzzOutcome.Other).GroupBy(o => o.Detail[..Math.Min(40, o.Detail.Length)]))
            Console.Error.WriteLine($"fuzz: {alike.Count()} times, first seed {alike.First().Seed}: {alike.First().Detail.Replace("|", "\n  ")}");
        yield return new TableRow("5.fuzz", outcomes.Count, outcomes.Count(o => o.Kind == FuzzOutcome.Other), null, null, "other outcomes", "==", 0);
        foreach (var kind in outcomes.GroupBy(o => o.Kind).OrderBy(g => g.Key))
            yield return TableRow.Shown($"5.fuzz {kind.Key}", outcomes.Count, kind.Count(), "files");
    }

    private static List<(int Seed, string Kind, string Detail)> Batch(int from, int count)
    {
        var outcomes = new List<(int, string, string)>();
        using var child = ScoreModel.Start(FuzzModel.Command, from.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
        while (outcomes.Count < count)
        {
            var line = child.StandardOutput.ReadLineAsync();
            var isHung = !line.Wait(Longest);
            if (!isHung && line.Result?.Split('\t') is [var seed, var kind, var detail] && seed == (from + outcomes.Count).ToString(CultureInfo.InvariantCulture))
            {
                outcomes.Add((from + outcomes.Count, kind, detail));
                continue;
            }

            // The next batch goes on behind the file that did it.
            if (!child.HasExited)
                child.Kill();
            child.WaitForExit();
            outcomes.Add((from + outcomes.Count, FuzzOutcome.Other, isHung ? $"nothing was heard for {Longest.TotalSeconds} s" : $"the process ended with code {child.ExitCode}, saying '{line.Result}'"));
            break;
        }

        child.WaitForExit();
        return outcomes;
    }
}
