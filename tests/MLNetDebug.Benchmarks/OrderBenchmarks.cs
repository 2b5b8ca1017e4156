using System.Diagnostics;

using MLNetDebug.Data;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Benchmarks;

/// <summary>What the order tests cost: six rank tests on each of 20 slots of 100,000 rows, and the label's accumulator per row.</summary>
internal static class OrderBenchmarks
{
    private const int Rows = 100_000;
    private const int Slots = 20;

    public static IEnumerable<TableRow> Run(bool quick)
    {
        var repetitions = quick ? 5 : 15;
        var random = new Random(1);
        var values = new float[Slots][];
        for (var s = 0; s < Slots; s++)
            values[s] = [.. Enumerable.Range(0, Rows).Select(_ => (float)random.NextDouble())];
        float[][] ranks = [.. values.Select(v => MidRanks.Of(v))];
        long[] positions = [.. Enumerable.Range(0, Rows).Select(i => (long)i)];
        double[] labels = [.. Enumerable.Range(0, Rows * 10).Select(_ => (double)random.Next(10))];

        yield return new TableRow("order-tests", repetitions, Median(repetitions, () => Tests(ranks, positions)), null, null, "s", "<=", 0.3);
        yield return TableRow.Shown("order-tests-with-ranking", repetitions, Median(repetitions, () => Tests([.. values.Select(v => MidRanks.Of(v))], positions)), "s");
        yield return TableRow.Shown("label-accumulator", repetitions, Median(repetitions, () => Label(labels)) / labels.Length * 1e9, "ns/row");
    }

    private static void Tests(float[][] ranks, long[] positions)
    {
        foreach (var slot in ranks)
            SlotOrderTests.Compute(slot, positions, Rows);
    }

    private static void Label(double[] labels)
    {
        var accumulator = new LabelAccumulator(new LabelColumn("Label", ColumnKind.Number, "Single", null, false, null, null), 32);
        foreach (var label in labels)
            accumulator.Add(label);
    }

    /// <summary>Median wall time in seconds, after two warm-ups.</summary>
    private static double Median(int repetitions, Action work)
    {
        var times = new double[repetitions];
        for (var i = -2; i < repetitions; i++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        Array.Sort(times);
        return times[repetitions / 2];
    }
}
