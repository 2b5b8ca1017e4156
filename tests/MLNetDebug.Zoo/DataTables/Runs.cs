using MathNet.Numerics.Statistics;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>Runs independent, seeded work on all cores; results come in the order of the inputs whatever the machine.</summary>
internal static class Runs
{
    public static TResult[] Map<T, TResult>(IEnumerable<T> inputs, Func<T, TResult> run)
    {
        var given = inputs.ToArray();
        var results = new TResult[given.Length];
        Parallel.For(0, given.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => results[i] = run(given[i]));
        return results;
    }

    /// <summary>The mean of shares with its normal 95 % interval, cut to [0, 1].</summary>
    public static TableRow Mean(string name, double[] values, string op, double bar)
    {
        var half = 1.96 * values.StandardDeviation() / Math.Sqrt(values.Length);
        return new TableRow(name, values.Length, values.Mean(), Math.Max(0, values.Mean() - half), Math.Min(1, values.Mean() + half), "mean", op, bar);
    }
}
