using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Weights that overflowed: ML.NET says so after the last iteration, and names neither the column nor the step size that did it.</summary>
internal static class OverflowFailure
{
    /// <summary>From this many times the median feature's scale on, one column alone is named.</summary>
    private const double LargeRatio = 30;

    public static FitFailure? Read(FailureContext context)
    {
        if (!context.Says("invalid values (NaN or Infinite)", "non-finite weights", "eigenvectors contained NaN"))
            return null;
        var (subject, why) = Blame(context);
        var rate = context.LearningRate is { } r ? $" Its learning rate is {Words.Number(r)}." : string.Empty;
        return new FitFailure(context.Error.Message)
        {
            Cause = $"The weights overflowed: {why}.{rate}",
            Subject = subject,
            Evidence = context.LearningRate is { } value ? [new Evidence("learning rate", value)] : [],
            Advice =
            [
                new Advice(
                    "Normalise the features before the trainer.",
                    $".Append(ml.Transforms.NormalizeMeanVariance({Words.Literal(context.Declaration.Features.FirstOrDefault() ?? "Features")}, fixZero: false))"),
                .. context.LearningRate is { } large ? [new Advice("Or lower the learning rate.", $"learningRate: {Words.Number(large / 10)}f")] : Array.Empty<Advice>(),
            ],
            Mend = context.Data is null ? null : new NormalizeMend([.. context.Data.FeatureColumns.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name)]),
        };
    }

    private static (Subject Subject, string Why) Blame(FailureContext context)
    {
        if (context.Data is not { } data)
            return (context.Subject, "features far from unit scale or too large a step do that; the data was not profiled, so that the column cannot be named");
        foreach (var column in data.FeatureColumns)
        {
            if (column.Slots.FirstOrDefault(s => s.PositiveInfinities + s.NegativeInfinities > 0) is { } slot)
                return (column.SubjectOf(slot) with { Rows = slot.InfiniteRows }, $"{column.SubjectOf(slot)} holds infinite values, first {Words.Rows(slot.InfiniteRows)}");
        }

        var scales = new FeatureScales(data);
        if (scales.Slots.Count == 0)
            return (context.Subject, "no feature varies, so that none is to blame; look at the label and the learning rate");
        var worst = scales.Slots.MaxBy(s => s.Scale);
        if (worst.Scale >= scales.Median * LargeRatio)
            return (worst.Column.SubjectOf(worst.Slot), $"{worst.Display} has a scale of {Words.Number(worst.Scale)}, {Words.Number(worst.Scale / scales.Median)} times the median feature's");
        if (data.Label is { Moments: { } target } && data.Declaration.Task == LearningTask.Regression && target.StandardDeviation >= LargeRatio * Math.Max(1, scales.Median))
            return (new Subject(SubjectKind.Label, data.Label.Name), $"the target '{data.Label.Name}' has a scale of {Words.Number(target.StandardDeviation)}, and each step is proportional to it");
        return (
            worst.Column.SubjectOf(worst.Slot),
            $"the mean squared length of a row is {Words.Number(scales.SquaredRowLength)}, and steps grow with it; all features have scales of about {Words.Number(scales.Median)}, {worst.Display} the largest ({Words.Number(worst.Scale)})");
    }
}
