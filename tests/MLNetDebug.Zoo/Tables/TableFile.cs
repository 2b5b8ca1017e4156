using System.Globalization;
using System.Text.Json;

namespace MLNetDebug.Zoo.Tables;

/// <summary>Prints rows and writes them as JSON.</summary>
internal static class TableFile
{
    /// <summary>Prints the rows as a table of plain text.</summary>
    public static void Print(TextWriter to, IReadOnlyCollection<TableRow> rows, TimeSpan elapsed)
    {
        var width = Math.Max(8, rows.Count == 0 ? 0 : rows.Max(r => r.Name.Length));
        to.WriteLine($"{"row".PadRight(width)} {"n",9} {"value",10} {"95 % interval",21}  {"bar",-12} unit");
        foreach (var row in rows)
        {
            var interval = row is { Low: { } low, High: { } high } ? $"[{Number(low)}, {Number(high)}]" : "";
            var bar = double.IsNaN(row.Bar) ? "" : $"{row.Op} {Number(row.Bar)}";
            to.WriteLine($"{row.Name.PadRight(width)} {row.N,9} {Number(row.Value),10} {interval,21}  {bar,-12} {row.Unit}{(row.Passes ? "" : "  MISSED")}");
        }

        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Count(r => !r.Passes)} of {rows.Count} rows miss their bar; {elapsed.TotalSeconds:0} s"));
    }

    /// <summary>Writes <c>{"rows":[...],"seconds"}</c>; values that are not finite are written as null.</summary>
    public static void Write(string path, IEnumerable<TableRow> rows, TimeSpan elapsed)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            json.WriteNumber("n", row.N);
            WriteNumber(json, "value", row.Value);
            WriteNumber(json, "low", row.Low);
            WriteNumber(json, "high", row.High);
            json.WriteString("unit", row.Unit);
            json.WriteString("op", row.Op);
            WriteNumber(json, "bar", row.Bar);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 1));
        json.WriteEndObject();
    }

    /// <summary>Reads the rows that <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<TableRow> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("rows").EnumerateArray().Select(r => new TableRow(
            r.GetProperty("name").GetString()!, r.GetProperty("n").GetInt64(), Optional(r, "value") ?? double.NaN,
            Optional(r, "low"), Optional(r, "high"), r.GetProperty("unit").GetString()!, r.GetProperty("op").GetString()!,
            Optional(r, "bar") ?? double.NaN))];
    }

    private static double? Optional(JsonElement row, string name) =>
        row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "0.#" : "0.####", CultureInfo.InvariantCulture);
}
