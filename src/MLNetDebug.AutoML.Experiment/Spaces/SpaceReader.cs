using Microsoft.ML.SearchSpace.Option;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Reads AutoML's search spaces, nested ones included.</summary>
internal static class SpaceReader
{
    /// <summary>AutoML's key for a pipeline's own space; it stands in no message.</summary>
    public const string PipelineKey = "_pipeline_";

    /// <summary>AutoML's key for which of a pipeline's alternatives is taken.</summary>
    public const string SchemaKey = "_SCHEMA_";

    /// <summary>Every option that is no space itself.</summary>
    public static IEnumerable<SpaceOption> Read(IEnumerable<KeyValuePair<string, OptionBase>> space, string above = "") =>
        space.SelectMany(o => Read(o.Key == PipelineKey ? above : above.Length == 0 ? o.Key : $"{above}/{o.Key}", o.Value));

    private static IEnumerable<SpaceOption> Read(string key, OptionBase option) => option switch
    {
        IEnumerable<KeyValuePair<string, OptionBase>> nested => Read(nested, key),
        UniformNumericOption number => [Number(key, number)],
        ChoiceOption choice => [new SpaceOption(key, SpaceOptionKind.Choice) { Choices = [.. choice.Choices.Select(c => c.ToString())], Start = choice.Default ?? [] }],
        _ => [new SpaceOption(key, SpaceOptionKind.Unknown)],
    };

    private static SpaceOption Number(string key, UniformNumericOption option) => new(key, option switch
    {
        UniformIntOption => SpaceOptionKind.Int,
        UniformSingleOption => SpaceOptionKind.Single,
        _ => SpaceOptionKind.Double,
    })
    {
        Min = option.Min,
        Max = option.Max,
        IsLog = option.LogBase,
        Start = option.Default ?? [],
    };
}
