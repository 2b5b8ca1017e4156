using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace MLNetDebug.AutoML;

/// <summary>
/// A mean over seeds with its 95 % interval: Student's t, of runs that differ in their seed alone. The rows it was measured on are taken as they are. Of runs that are equal to the last bit there is none: seeds
/// that change nothing say nothing of noise.
/// </summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="Count">Runs, at least 2.</param>
public sealed record MetricInterval(double Mean, double Low, double High, int Count)
{
    internal const double Level = 0.95;

    /// <summary>The two-sided p-value of Student's t-test against 0.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>True where 0 lies in the interval.</summary>
    public bool IncludesZero => Low <= 0 && High >= 0;

    /// <summary>Such as <c>0.963 [0.958, 0.968]</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Mean:0.####} [{Low:0.####}, {High:0.####}]");

    /// <summary>The interval of some values; null for fewer than 2 that are finite, and where these are all equal.</summary>
    internal static MetricInterval? Of(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return AreAlike(finite) ? null : OfFinite(finite);
    }

    /// <summary>The interval of the differences of pairs; pairs of which one is not finite are left out. Null for fewer than 2, and where all of the first are equal and all of the second are.</summary>
    internal static MetricInterval? OfPairs(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        (double First, double Second)[] pairs = [.. first.Zip(second).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second))];
        return AreAlike([.. pairs.Select(p => p.First)]) && AreAlike([.. pairs.Select(p => p.Second)]) ? null : OfFinite([.. pairs.Select(p => p.First - p.Second)]);
    }

    /// <summary>True where several runs are equal to the last bit.</summary>
    internal static bool AreAlike(IReadOnlyList<double> values) => values.Count > 1 && values.All(v => v.Equals(values[0]));

    private static MetricInterval? OfFinite(double[] finite)
    {
        if (finite.Length < 2)
            return null;
        var (mean, deviation) = finite.MeanStandardDeviation();
        var error = deviation / Math.Sqrt(finite.Length);
        var freedom = finite.Length - 1;
        var half = StudentT.InvCDF(0, 1, freedom, (1 + Level) / 2) * error;
        // Runs may vary, and two of the same seed by the same amount: such a difference leaves no doubt, also none that it is 0.
        var p = error > 0 ? 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(mean) / error) : mean == 0 ? 1 : 0;
        return new MetricInterval(mean, mean - half, mean + half, finite.Length) { PValue = p };
    }
}
