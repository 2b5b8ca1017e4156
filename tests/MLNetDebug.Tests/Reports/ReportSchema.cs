using NJsonSchema;
using NJsonSchema.Validation;

namespace MLNetDebug.Tests.Reports;

/// <summary><c>docs/report.schema.json</c>, closed to further members: it lets readers ignore unknown ones, and what we write must have none.</summary>
internal static class ReportSchema
{
    private static readonly Lazy<JsonSchema> Strict = new(Read);

    public static ICollection<ValidationError> Errors(string json) => Strict.Value.Validate(json);

    public static void AssertValid(string json)
    {
        var errors = Errors(json);
        Assert.AreEqual(0, errors.Count, string.Join("\n", errors));
    }

    private static JsonSchema Read()
    {
        var schema = JsonSchema.FromJsonAsync(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "report.schema.json"))).GetAwaiter().GetResult();
        Close(schema, []);
        return schema;
    }

    private static void Close(JsonSchema schema, HashSet<JsonSchema> seen)
    {
        schema = schema.ActualSchema;
        if (!seen.Add(schema))
            return;
        if (schema.Properties.Count > 0)
            schema.AllowAdditionalProperties = false;
        foreach (var property in schema.Properties.Values)
            Close(property, seen);
        if (schema.Item is not null)
            Close(schema.Item, seen);
    }
}
