using System.Diagnostics;
using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Tables;

/// <summary>Healthy programs learn: the held-out metric of each, and how long a training takes.</summary>
internal static class LearningTable
{
    public static IEnumerable<TableRow> Run(TableArguments arguments, Split split = Split.Score)
    {
        foreach (var program in HealthyPrograms.Of(split))
        {
            var started = Stopwatch.GetTimestamp();
            using var run = program.Twin(arguments.Seed * 1000);
            yield return TableRow.Shown($"3.learns-{program.Id}", 1, run.TrainedMetric(), $"held-out metric; {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        }
    }
}
