using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>A trial's parameters in words.</summary>
internal static class ParameterText
{
    /// <summary>The parameters as AutoML writes them; empty where there are none.</summary>
    public static string Of(TrialSettings settings)
    {
        try
        {
            return settings.Parameter?.ToString() ?? string.Empty;
        }
        catch (ArgumentException)
        {
            // They are written as JSON, which has no form for NaN.
            return "parameters that hold NaN or an infinite value";
        }
    }

    /// <summary>Which of a pipeline's alternatives the trial takes; empty for a runner without a pipeline.</summary>
    public static string GroupOf(TrialSettings settings) =>
        settings.Parameter is { } all && all.ContainsKey(SpaceReader.PipelineKey) && all[SpaceReader.PipelineKey] is { } pipeline && pipeline.ContainsKey(SpaceReader.SchemaKey)
            ? pipeline[SpaceReader.SchemaKey].AsType<string>()
            : string.Empty;
}
