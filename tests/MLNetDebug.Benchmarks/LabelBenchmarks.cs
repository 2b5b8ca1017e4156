using System.Diagnostics;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Benchmarks;

/// <summary>Speed of label-error detection from given probabilities, without the models that make them.</summary>
internal static class LabelBenchmarks
{
    private const int Rows = 100_000;

    private const int Classes = 10;

    public static IReadOnlyList<TableRow> Run(bool quick)
    {
        var (probabilities, labels) = Data();
        var seconds = new List<double>();
        for (var run = 0; run < (quick ? 7 : 25); run++)
        {
            // Calibration works in place, so each run gets its own copy.
            float[] copy = [.. probabilities];
            var started = Stopwatch.GetTimestamp();
            ConfidentLearning.Find(copy, labels, Classes);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        seconds.Sort();
        return [new TableRow("1.label-errors", Rows, seconds[seconds.Count / 2], seconds[0], seconds[^1], "s", "<=", 0.03)];
    }

    /// <summary>A tenth of the labels are wrong; probabilities lean to the truth, some of them hardly.</summary>
    private static (float[] Probabilities, int[] Labels) Data()
    {
        var random = new Random(1);
        var probabilities = new float[Rows * Classes];
        var labels = new int[Rows];
        for (var i = 0; i < Rows; i++)
        {
            var truth = random.Next(Classes);
            labels[i] = random.NextDouble() < 0.1 ? random.Next(Classes) : truth;
            var row = probabilities.AsSpan(i * Classes, Classes);
            double lead = 1 + 5 * random.NextDouble(), sum = 0;
            for (var k = 0; k < Classes; k++)
                sum += row[k] = (float)Math.Exp((k == truth ? lead : 0) + 2 * random.NextDouble());
            for (var k = 0; k < Classes; k++)
                row[k] = (float)(row[k] / sum);
        }

        return (probabilities, labels);
    }
}
