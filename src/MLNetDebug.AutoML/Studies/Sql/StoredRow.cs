using System.Data.Common;
using System.Globalization;
using MLNetDebug.Reports;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>One row that was read. A file may be damaged or made by someone else, so every value is checked; what is wrong is said with its place.</summary>
internal readonly struct StoredRow(DbDataReader reader, StudyDatabase database, string table, int number)
{
    public string Text(string column) => OptionalText(column) ?? throw Damaged(column, "nothing", "a text");

    public string? OptionalText(string column) => Value(column) switch
    {
        string text => StoredText.Parse(text),
        DBNull => null,
        var other => throw Damaged(column, other, "a text"),
    };

    public long Whole(string column, long low, long high) => Value(column) is long value && value >= low && value <= high
        ? value
        : throw Damaged(column, Value(column), string.Create(CultureInfo.InvariantCulture, $"a whole number from {low} to {high}"));

    public int Int(string column, int low = int.MinValue) => (int)Whole(column, low, int.MaxValue);

    public double Number(string column) => Value(column) is string text && StoredNumber.Parse(text) is { } value
        ? value
        : throw Damaged(column, Value(column), "a number as text");

    public DateTimeOffset Time(string column) => StoredTime.Of(Whole(column, 0, StoredTime.Latest));

    public bool IsNull(string column) => Value(column) is DBNull;

    public T Enum<T>(string column)
        where T : struct, Enum
    {
        var value = Whole(column, int.MinValue, int.MaxValue);
        var known = System.Enum.GetValues<T>();
        return System.Enum.IsDefined(typeof(T), (int)value)
            ? (T)(object)(int)value
            : throw Damaged(column, value, string.Create(CultureInfo.InvariantCulture, $"0 to {known.Length - 1}"));
    }

    public T Json<T>(string column)
        where T : class => StoredJson.Parse<T>(Text(column), out var why) ?? throw Damaged(column, "another text", $"the JSON of its {column}", why);

    public InvalidOperationException Damaged(string column, object found, string expected, Exception? inner = null) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{database.Subject} is damaged: in row {number} of its {table}s, column '{column}' holds {Describe(found)} where {expected} was expected. Put a copy of it in its place, or begin a new one."),
        inner);

    private object Value(string column) => reader.GetValue(reader.GetOrdinal(column));

    private static string Describe(object found) => found switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString(CultureInfo.InvariantCulture),
        DBNull => "nothing",
        byte[] => "bytes",
        string { Length: <= 12 } text => SafeText.Line(text),
        _ => "another text",
    };
}
