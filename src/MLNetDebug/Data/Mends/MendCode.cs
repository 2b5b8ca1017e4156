using System.Globalization;
using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>Arguments as C# literals.</summary>
internal static class MendCode
{
    public static string Text(string? value)
    {
        if (value is null)
            return "null";
        var escaped = value.Select(c => c switch
        {
            '\\' => @"\\",
            '"' => "\\\"",
            _ when char.IsControl(c) || c is '\u2028' or '\u2029' => $"\\u{(int)c:x4}",
            _ => c.ToString(),
        });
        return $"\"{string.Concat(escaped)}\"";
    }

    public static string Texts(IEnumerable<string> values) => string.Join(", ", values.Select(Text));

    public static string Quoted(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(12).Select(n => $"'{n}'")) + (names.Count > 12 ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - 12} more") : string.Empty);

    public static string Numbers<T>(IReadOnlyList<T> values, int most = int.MaxValue)
        where T : IFormattable =>
        string.Join(", ", values.Take(most).Select(v => v.ToString(null, CultureInfo.InvariantCulture)))
        + (values.Count > most ? string.Create(CultureInfo.InvariantCulture, $" and {values.Count - most} more") : string.Empty);

    public static string Weights(IReadOnlyDictionary<double, float> weights) =>
        $"new Dictionary<double, float> {{ {string.Join(", ", weights.Select(w => string.Create(CultureInfo.InvariantCulture, $"[{w.Key:R}] = {w.Value:R}f")))} }}";

    /// <summary>One column by its name, several as pairs.</summary>
    public static string Pairs(IReadOnlyList<string> columns) =>
        columns.Count == 1 ? Text(columns[0]) : $"[{string.Join(", ", columns.Select(c => $"new InputOutputColumnPair({Text(c)})"))}]";

    public static InputOutputColumnPair[] PairsOf(IEnumerable<string> columns) => [.. columns.Select(c => new InputOutputColumnPair(c))];
}
