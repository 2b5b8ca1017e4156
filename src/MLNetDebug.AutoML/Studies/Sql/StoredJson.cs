using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>Parameters, findings and brackets as a study store writes them. Only these known types are read; members that are not known are ignored.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter<Severity>(namingPolicy: null, allowIntegerValues: false) },
        // Readable in any SQL tool; it is never put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = StoredJsonTypes.Default,
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, TypeInfo<T>());

    /// <summary>Null where the text is not the JSON of a <typeparamref name="T"/>; then <paramref name="why"/> says why.</summary>
    public static T? Parse<T>(string json, out Exception? why)
        where T : class
    {
        why = null;
        try
        {
            return JsonSerializer.Deserialize(json, TypeInfo<T>());
        }
        catch (Exception e) when (IsNoJson(e))
        {
            why = e;
            return null;
        }
    }

    /// <summary>What a reader of JSON throws at a text: lone surrogates are an <see cref="ArgumentException"/> as they stand, and an <see cref="InvalidOperationException"/> where they are escaped.</summary>
    public static bool IsNoJson(Exception thrown) => thrown is JsonException or ArgumentException or InvalidOperationException;

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}

/// <summary>Generated: file-based and trimmed programs have no serializer by reflection.</summary>
[JsonSerializable(typeof(Dictionary<string, double>))]
[JsonSerializable(typeof(List<TrialFinding>))]
[JsonSerializable(typeof(LearningRateBracket))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class StoredJsonTypes : JsonSerializerContext;
