using System.Globalization;

namespace MLNetDebug.Reports;

/// <summary>Numbers as a reader wants them: four significant digits, thousands grouped, never by the machine's culture.</summary>
internal static class NumberText
{
    public static string Of(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "+infinity" : "-infinity";
        var size = Math.Abs(value);
        if (size is not 0 && size is < 0.001 or >= 1e12)
            return value.ToString("0.##E+0", CultureInfo.InvariantCulture);
        if (size >= 1_000 || value == Math.Floor(value))
            return (Math.Round(value) + 0.0).ToString("#,0", CultureInfo.InvariantCulture);
        return value.ToString("G4", CultureInfo.InvariantCulture);
    }

    public static string Of(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan elapsed) => elapsed.TotalSeconds switch
    {
        < 0.001 => "< 1 ms",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.0} s"),
    };

    /// <summary><c>1 row</c>, <c>3 rows</c>.</summary>
    public static string Count(long count, string singular, string? plural = null) =>
        $"{Of(count)} {(count == 1 ? singular : plural ?? singular + "s")}";
}
