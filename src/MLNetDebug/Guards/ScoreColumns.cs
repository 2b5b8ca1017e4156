using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Guards;

/// <summary>Finds the columns a fitted trainer writes, by the names ML.NET gives them.</summary>
internal static class ScoreColumns
{
    private static readonly string[] Outputs = ["Score", "Probability", "PredictedLabel"];

    /// <summary>The columns; null where there is no score of a kind that is known.</summary>
    public static PredictionColumns? Of(DataViewSchema schema, DataDeclaration declaration)
    {
        var isKnown = declaration.Task is not LearningTask.Unknown;
        if (schema.GetColumnOrNull("Score") is not { } score || (!isKnown && score.Type != NumberDataViewType.Single))
            return null;
        return new PredictionColumns("Score")
        {
            Label = isKnown ? declaration.Label : null,
            Probability = schema.GetColumnOrNull("Probability")?.Name,
            // A stage after the trainer may have mapped it to what is no class.
            PredictedLabel = schema.GetColumnOrNull("PredictedLabel") is { } predicted && (!isKnown || PredictionSchema.IsPredictedClass(predicted, declaration.Task)) ? predicted.Name : null,
            Features = [.. declaration.Features.Except(Outputs).Where(f => schema.GetColumnOrNull(f) is not null)],
        };
    }
}
