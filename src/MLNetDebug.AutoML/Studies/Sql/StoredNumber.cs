using System.Globalization;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>
/// Numbers as a study store writes them: the shortest text that gives the same number again, such as <c>0.1</c>, <c>NaN</c> or <c>-Infinity</c>. SQLite would make NULL of NaN, so a metric that is not a number
/// could not be told from one that is missing; and as text any SQL tool shows what it is, where the 64 bits would not. Of NaN only that it is one is kept.
/// </summary>
internal static class StoredNumber
{
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
