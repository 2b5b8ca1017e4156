using MathNet.Numerics.Distributions;

namespace MLNetDebug.Zoo.Tables;

/// <summary>One figure and the bar it is held against.</summary>
/// <param name="Name">The row's name, such as <c>1.healthy-flagged</c>.</param>
/// <param name="N">How many runs, rows or repetitions the value stands on.</param>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end of its 95 % interval; null where there is none.</param>
/// <param name="High">Upper end of its 95 % interval; null where there is none.</param>
/// <param name="Unit">The unit, such as <c>share</c> or <c>s</c>.</param>
/// <param name="Op"><c>&lt;=</c>, <c>&gt;=</c> or <c>==</c>.</param>
/// <param name="Bar">What the value is held against; NaN where the row is printed for information only.</param>
internal sealed record TableRow(string Name, long N, double Value, double? Low, double? High, string Unit, string Op, double Bar)
{
    /// <summary>False where the value misses its bar; a NaN value misses every bar.</summary>
    public bool Passes => double.IsNaN(Bar) || Op switch
    {
        "<=" => Value <= Bar,
        ">=" => Value >= Bar,
        "==" => Value == Bar,
        _ => throw new InvalidOperationException($"Row '{Name}' has the operator '{Op}'; expected <=, >= or ==."),
    };

    /// <summary>A row that is printed and held against nothing.</summary>
    public static TableRow Shown(string name, long n, double value, string unit, double? low = null, double? high = null) =>
        new(name, n, value, low, high, unit, ">=", double.NaN);

    /// <summary>The share of successes with its Wilson score interval (Wilson 1927) at 95 %.</summary>
    public static TableRow Share(string name, long successes, long n, string op, double bar)
    {
        var (low, high) = Wilson(successes, n);
        return new TableRow(name, n, n == 0 ? double.NaN : (double)successes / n, low, high, "share", op, bar);
    }

    /// <summary>The Wilson score interval of a share; (0, 1) for no trials.</summary>
    public static (double Low, double High) Wilson(long successes, long n, double level = 0.95)
    {
        if (n == 0)
            return (0, 1);
        var z = Normal.InvCDF(0, 1, 0.5 + level / 2);
        var p = (double)successes / n;
        var scale = 1 + z * z / n;
        var middle = (p + z * z / (2 * n)) / scale;
        var half = z * Math.Sqrt(p * (1 - p) / n + z * z / (4.0 * n * n)) / scale;
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
