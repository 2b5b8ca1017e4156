using System.Globalization;
using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.Guards;

/// <summary>Judges a fitted model on rows it was not trained on, through its public transformer: every row, where trainers of networks report their last batch only.</summary>
internal sealed class ValidationPass(ClosedTrainer? closed, GuardOptions options, Checked before)
{
    /// <summary>The profile of the validation rows; null where there are none, or where they could not be scored.</summary>
    public PredictionProfile? Run(ITransformer fitted, string trainer, CancellationToken cancellation)
    {
        if ((options.Validation ?? closed?.ValidationSet) is not { } rows)
            return null;
        if (before.Declaration.Task is LearningTask.Unknown)
            return Unscored($"{trainer} learns no label that its answers could be held against");
        try
        {
            var scored = fitted.Transform(rows);
            return ScoreColumns.Of(scored.Schema, before.Declaration) is { } columns
                ? new PredictionProfiler().Profile(scored, columns, before.Declaration.Task, "validation data", options.Diagnostics.Progress, cancellation)
                : Unscored($"the output of {trainer}'s model is no score of a kind that is known");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            return Unscored($"the model of {trainer} could not score it ({e.Message.ReplaceLineEndings(" ")})");
        }
    }

    /// <summary>The figures a reader wants first.</summary>
    public static IEnumerable<Evidence> FactsOf(PredictionProfile? profile, double? reported)
    {
        if (profile is null)
            yield break;
        if (!double.IsNaN(profile.Accuracy))
            yield return new Evidence("validation: accuracy over all rows", profile.Accuracy) { Unit = "share" };
        foreach (var loss in profile.Losses)
            yield return new Evidence($"validation: {loss.Name}", loss.Value);
        if (reported is { } accuracy)
            yield return new Evidence("validation: accuracy as the trainer reports it, of its last batch only", accuracy) { Unit = "share" };
    }

    /// <summary>Reads <c>Accuracy for epoch 3: 0.5</c>, the line in which the networks' trainers report it, in the culture of the thread.</summary>
    public static bool TryReadAccuracy(string message, out double accuracy)
    {
        accuracy = double.NaN;
        var at = message.LastIndexOf(": ", StringComparison.Ordinal);
        return at > 0 && message.StartsWith("Accuracy for epoch", StringComparison.Ordinal)
            && double.TryParse(message.AsSpan(at + 2), NumberStyles.Float, CultureInfo.CurrentCulture, out accuracy);
    }

    private PredictionProfile? Unscored(string reason)
    {
        before.Context.NotChecked(new Subject(SubjectKind.DataSet, "validation data"), reason);
        return null;
    }
}
