using Microsoft.ML;

namespace MLNetDebug.Pipeline;

/// <summary>Says which columns a fitted model's predictor reads.</summary>
internal static class ModelFeatures
{
    /// <summary>The feature column of the last stage that predicts; null where no stage says, as several columns or a text trainer's.</summary>
    public static string? Of(ITransformer model) => FittedStages.Of(model)
        .OfType<ISingleFeaturePredictionTransformer<object>>()
        // A calibrator is such a stage too, and reads the score.
        .LastOrDefault(s => !s.GetType().Name.Contains("Calibrator", StringComparison.Ordinal))?.FeatureColumnName;
}
