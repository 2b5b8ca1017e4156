using System.Text.Json;

namespace MLNetDebug.Reports;

/// <summary>The few forms our JSON is made of.</summary>
internal static class JsonWriting
{
    public static void Text(this Utf8JsonWriter json, string name, string? text) => json.WriteString(name, SafeText.Clean(text));

    public static void OptionalText(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.Text(name, text);
    }

    public static void Enum<T>(this Utf8JsonWriter json, string name, T value)
        where T : struct, Enum => json.WriteString(name, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    public static void Number(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.NumberValue(value);
    }

    public static void NumberValue(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    public static void Array<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
    }
}
