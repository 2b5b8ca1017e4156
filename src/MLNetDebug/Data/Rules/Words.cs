using System.Globalization;

namespace MLNetDebug.Data;

/// <summary>Numbers, counts and lists as messages write them: invariant, plain, short.</summary>
internal static class Words
{
    /// <summary>At most so many names stand in one message.</summary>
    public const int MaxNames = 5;

    // No span of data is this long, and few dates lie before.
    private static readonly DateTime FirstDate = new(1000, 1, 1);

    /// <summary>A whole number with thousands separators.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A measured number with three significant digits.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);
        var size = Math.Abs(value);
        if (size >= 1e6 || (size < 1e-3 && size > 0))
            return value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        return size >= 100 ? value.ToString("#,0", CultureInfo.InvariantCulture)
            : size >= 10 ? value.ToString("0.#", CultureInfo.InvariantCulture)
            : size >= 1 ? value.ToString("0.##", CultureInfo.InvariantCulture)
            : value.ToString("0.###", CultureInfo.InvariantCulture);
    }

    /// <summary>Ticks as a date with its time; few ticks are a span.</summary>
    public static string Time(double ticks)
    {
        if (!(Math.Abs(ticks) < DateTime.MaxValue.Ticks))
            return Number(ticks);
        return ticks >= FirstDate.Ticks
            ? new DateTime(Math.Min((long)Math.Round(ticks / TimeSpan.TicksPerMinute) * TimeSpan.TicksPerMinute, DateTime.MaxValue.Ticks)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : TimeSpan.FromSeconds(Math.Round(ticks / TimeSpan.TicksPerSecond)).ToString("c", CultureInfo.InvariantCulture);
    }

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double share) =>
        share is > 0 and < 0.0001 ? "below 0.01 %"
        : share is < 1 and > 0.9999 ? "above 99.99 %"
        : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");

    /// <summary>A p-value with its sign of comparison: one too small for a double is not 0.</summary>
    public static string PValue(double p) => p > 0 ? $"= {Number(p)}" : "< 1e-300";

    /// <summary>A count with its noun, plural where it must be.</summary>
    public static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? string.Empty : "s")}";

    /// <summary>The first names of a list, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {Number(names.Count - MaxNames)} more" : string.Empty);

    /// <summary>Row positions, zero-based, as the report counts them.</summary>
    public static string Rows(IReadOnlyList<long> rows) => rows.Count switch
    {
        0 => "rows not recorded",
        1 => $"row {Number(rows[0])} (counted from 0)",
        _ => $"rows {string.Join(", ", rows.Take(MaxNames).Select(Number))} (counted from 0)",
    };

    /// <summary>A column's name where code needs a member: other characters become underscores.</summary>
    public static string Identifier(string name)
    {
        var text = string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
        return text.Length == 0 ? "_" : char.IsDigit(text[0]) ? "_" + text : text;
    }

    /// <summary>A C# string literal.</summary>
    public static string Literal(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t") + "\"";
}
