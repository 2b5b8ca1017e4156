using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>Parameters, findings and brackets as a study store writes them. Only these known types are read; members that are not known are ignored.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
        // Readable in any SQL tool; it is never put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">It is not what is expected.</exception>
    public static T? Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Options);
}
