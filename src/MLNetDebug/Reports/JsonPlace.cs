using System.Text.Json;

namespace MLNetDebug.Reports;

/// <summary>A JSON value and where it stands, so that a wrong one can be told in a sentence.</summary>
internal readonly struct JsonPlace(JsonElement element, string path)
{
    /// <summary>A member that must be there.</summary>
    public JsonPlace this[string name] => Find(name) ?? throw new FormatException($"Member '{name}' is missing in {path}.");

    /// <summary>A member that may be there.</summary>
    public JsonPlace? Find(string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong("an object");
        return element.TryGetProperty(name, out var member) ? new JsonPlace(member, $"{path}.{name}") : null;
    }

    public string Text()
    {
        if (element.ValueKind != JsonValueKind.String)
            throw Wrong("a text");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escaped surrogate without its partner.
            throw Wrong("a text of whole characters");
        }
    }

    public string? OptionalText(string name) => Find(name)?.Text();

    public long Integer() =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) ? value : throw Wrong("a whole number");

    public int Int() => Integer() is var value and >= int.MinValue and <= int.MaxValue ? (int)value : throw Wrong("a whole number of 32 bits");

    public TimeSpan Seconds() => Number() is var value and >= 0 and <= 1e9 ? TimeSpan.FromSeconds(value) : throw Wrong("a number of seconds up to 1e9");

    public double Number()
    {
        if (element.ValueKind == JsonValueKind.Number)
            return element.GetDouble();
        return element.ValueKind != JsonValueKind.String ? throw Wrong("a number") : element.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => throw Wrong("a number, \"NaN\", \"Infinity\" or \"-Infinity\""),
        };
    }

    public T Enum<T>()
        where T : struct, Enum
    {
        var text = Text();
        foreach (var value in System.Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text)
                return value;
        }

        throw Wrong($"a {typeof(T).Name} this version knows");
    }

    public IReadOnlyList<T> List<T>(string name, Func<JsonPlace, T> read) => Find(name) is { } list ? list.Items(read) : [];

    public T[] Items<T>(Func<JsonPlace, T> read)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw Wrong("an array");
        var result = new T[element.GetArrayLength()];
        var i = 0;
        foreach (var item in element.EnumerateArray())
        {
            result[i] = read(new JsonPlace(item, $"{path}[{NumberText.Of(i)}]"));
            i++;
        }

        return result;
    }

    private FormatException Wrong(string expected) => new($"{path} must be {expected}, and is {SafeText.Line(element.GetRawText(), 60)}.");
}
