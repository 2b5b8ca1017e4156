using System.Text.Json;

namespace MLNetDebug.Torch.Training;

/// <summary>Members of a JSON object by name and type. What is not as it must be is an <see cref="InvalidDataException"/> whose message is no sentence but its middle.</summary>
internal static class HistoryMembers
{
    public static JsonElement? Member(this JsonElement of, string name, JsonValueKind kind) => of.Find(name) is not { } member ? null : member.ValueKind == kind ? member : throw Wrong(name, kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "a text",
    });

    public static string Text(this JsonElement of, string name) => of.OptionalText(name) ?? throw Missing(name);

    public static string? OptionalText(this JsonElement of, string name) => of.Member(name, JsonValueKind.String)?.GetString();

    public static DateTimeOffset? Time(this JsonElement of, string name) => of.Member(name, JsonValueKind.String) is not { } text ? null : text.TryGetDateTimeOffset(out var time) ? time : throw Wrong(name, "a time");

    public static bool Flag(this JsonElement of, string name, bool missing) => of.Find(name)?.ValueKind switch
    {
        null => missing,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true or false"),
    };

    public static long Whole(this JsonElement of, string name, long? missing = null) => of.Find(name) is { } member ? member.AsWhole(name) : missing ?? throw Missing(name);

    public static int Small(this JsonElement of, string name, int? missing = null) => of.Whole(name, missing) is var whole and >= int.MinValue and <= int.MaxValue ? (int)whole : throw Wrong(name, "a smaller number");

    public static double Number(this JsonElement of, string name, double? missing = null) => of.Find(name) is { } member ? member.AsNumber(name) : missing ?? throw Missing(name);

    public static long AsWhole(this JsonElement value, string name) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole) ? whole : throw Wrong(name, "a whole number");

    public static double AsNumber(this JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) => number,
        JsonValueKind.String when value.ValueEquals("NaN"u8) => double.NaN,
        JsonValueKind.String when value.ValueEquals("Infinity"u8) => double.PositiveInfinity,
        JsonValueKind.String when value.ValueEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => throw Wrong(name, "a number, \"NaN\", \"Infinity\" or \"-Infinity\""),
    };

    private static JsonElement? Find(this JsonElement of, string name) =>
        of.ValueKind != JsonValueKind.Object ? throw new InvalidDataException("an object was expected") : of.TryGetProperty(name, out var member) ? member : null;

    private static InvalidDataException Missing(string name) => new($"it has no '{name}'");

    private static InvalidDataException Wrong(string name, string expected) => new($"'{Reports.SafeText.Line(name, 100)}' is not {expected}");
}
