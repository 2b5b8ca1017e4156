using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Pipeline;

/// <summary>Says why metrics mean nothing.</summary>
internal static class EvaluationWords
{
    /// <summary>What makes the metrics of a profile's rows invalid; null where they are valid.</summary>
    public static string? Invalid(PredictionProfile profile)
    {
        if (profile.Columns.Label is null)
            return $"the {profile.Name} has no label to hold the scores against.";
        if (profile.Rows == 0)
            return $"the {profile.Name} has no rows; ML.NET would give 0 for some metrics.";
        if (profile.Scores is { NonFinite: > 0 } scores)
        {
            return $"{Words.Number(scores.NonFinite)} of {Words.Count(profile.Rows, "row")} {(scores.NonFinite == 1 ? "has" : "have")} a score that is NaN or infinite, first {Words.Rows(scores.NonFiniteRows)}; {Blame(profile)}. " +
                "ML.NET's evaluators leave a NaN out and would praise what is left.";
        }

        return profile.Judged == 0 ? $"none of the {Words.Count(profile.Rows, "row")} has a label; ML.NET would give 0 for some metrics." : null;
    }

    /// <summary>Why ML.NET's evaluator threw.</summary>
    public static string Refused(PredictionProfile profile, Exception cause)
    {
        if (profile.Task == LearningTask.BinaryClassification && profile.Classes.Count(c => c.Rows > 0) == 1)
        {
            var only = profile.Classes.Single(c => c.Rows > 0);
            return $"all {Words.Count(only.Rows, "labelled row")} are of the class '{only.Text}', so there is no other class to tell it from and no AUC; evaluate on rows of both.";
        }

        return $"ML.NET's evaluator refused the rows: {cause.Message.ReplaceLineEndings(" ")}";
    }

    private static string Blame(PredictionProfile profile)
    {
        var scores = profile.Scores;
        return profile.Columns.Features.Count == 0 ? "whether features are finite was not looked at, as no feature column is known (pass Features = [...])"
            : scores.NonFiniteFeatures == scores.NonFinite ? scores.NonFinite == 1 ? "it has a feature that is NaN or infinite too, so mend the data" : "each of them has a feature that is NaN or infinite, so mend the data"
            : scores.NonFiniteFeatures > 0 ? $"{Words.Number(scores.NonFiniteFeatures)} of them have a feature that is NaN or infinite, the others come from the model"
            : "the features are finite, so it is the model that is broken";
    }
}
