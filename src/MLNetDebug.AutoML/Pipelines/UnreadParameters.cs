using Microsoft.ML;
using MLNetDebug.AutoML.Spaces;
using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML.Pipelines;

/// <summary>
/// Finds out whether pipelines use what is searched: most of ML.NET's trainers have no batch size, and trials that differ in nothing else would be trained all the same.
/// </summary>
internal static class UnreadParameters
{
    /// <summary>Makes one pipeline, which is not fitted, and sees what it asks for.</summary>
    /// <exception cref="ArgumentException">The space has several rates or batch sizes, and no pipeline depends on them.</exception>
    public static void ThrowIfAny(Func<TrialContext, IEstimator<ITransformer>> pipeline, SweepOptions options)
    {
        var space = options.Space;
        // Of several trainers to choose from, one may have a batch size and another none.
        if (space.Options.OfType<ChoiceOption>().Any())
            return;
        var map = new SpaceMap(space, new Dictionary<int, LearningRateBracket>(), []);
        double[] middle = [.. Enumerable.Repeat(0.5, map.Dimensions)];
        var trial = new TrialContext(new TrialPlan(0, TrialKind.Search, map.At(middle), options.Seed, options.Epochs), ChoiceTexts.None, _ => { });
        try
        {
            _ = pipeline(trial);
        }
        catch (Exception)
        {
            // It may be the place's fault; the trials say what it is.
            return;
        }

        List<string> errors = [];
        if (space.BatchSizes.Count > 1 && !trial.IsBatchSizeAsked)
            errors.Add(SentenceOf("batch size", nameof(TrialContext.BatchSize), nameof(SearchSpace.BatchSizes), "[]"));
        if (space.LearningRate is { } rate && rate.Low < rate.High && !trial.IsRateAsked)
            errors.Add(SentenceOf("learning rate", nameof(TrialContext.LearningRate), nameof(SearchSpace.LearningRate), "null"));
        if (errors.Count > 0)
            throw new ArgumentException(string.Join(" ", errors), nameof(pipeline));
    }

    private static string SentenceOf(string what, string property, string dimension, string none) =>
        $"The function that makes a trial's pipeline never asks for its {what}, which is searched: pass it to the trainer (trial.{property}), or leave it out with {nameof(SweepOptions.Space)} = new() {{ {dimension} = {none} }}.";
}
