using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Weights that overflowed: ML.NET says so after the last iteration, and names neither the column nor the step size that did it.</summary>
internal static class OverflowFailure
{
    /// <summary>From this many times the median feature's scale on, one column alone is named.</summary>
    private const double LargeRatio = 30;

    /// <summary>A step on a row's squared loss multiplies its error by 1 - rate x squared length: from 2 on the error grows.</summary>
    private const double StableStep = 2;

    /// <summary>From here on a sum of squared errors over a few rows exceeds the largest 32-bit number.</summary>
    private const double HugeTarget = 1e18;

    /// <summary>Below this rate weights of unit scale would take a million steps: it is no advice.</summary>
    private const double SmallestRate = 1e-6;

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
                .. context.LearningRate is { } large && Lower(large, context) is >= SmallestRate and var lower ? [new Advice("Or lower the learning rate.", $"learningRate: {Words.Number(lower)}f")] : Array.Empty<Advice>(),
            ],
            Mend = context.Data is null ? null : new NormalizeMend([.. context.Data.FeatureColumns.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name)]),
        };
    }

    /// <summary>A tenth of the rate, or as much less as the length of the rows allows.</summary>
    private static double Lower(double rate, FailureContext context) =>
        context.Data is { } data && new FeatureScales(data) is { SquaredRowLength: > 0 } scales ? Math.Min(rate / 10, StableStep / 4 / scales.SquaredRowLength) : rate / 10;

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
        var longest = scales.Slots.MaxBy(s => s.MeanSquare);
        if (data.Declaration.Task == LearningTask.Regression && context.LearningRate * scales.SquaredRowLength >= StableStep)
        {
            return (
                longest.Column.SubjectOf(longest.Slot),
                $"the learning rate times the mean squared length of a row ({Words.Number(scales.SquaredRowLength)}) is {Words.Number(context.LearningRate!.Value * scales.SquaredRowLength)}, and from " +
                $"{Words.Number(StableStep)} on each step overshoots farther than the one before; {longest.Display} makes up {Words.Percent(longest.MeanSquare / scales.SquaredRowLength)} of that length");
        }

        if (data.Label is { Moments: { } target } && Math.Abs(target.Mean) + target.StandardDeviation >= HugeTarget)
            return (new Subject(SubjectKind.Label, data.Label.Name), $"the target '{data.Label.Name}' has a mean of {Words.Number(target.Mean)} and a scale of {Words.Number(target.StandardDeviation)}, and its squares leave 32-bit numbers");
        return (
            worst.Column.SubjectOf(worst.Slot),
            $"the mean squared length of a row is {Words.Number(scales.SquaredRowLength)}, and steps grow with it; all features have scales of about {Words.Number(scales.Median)}, {worst.Display} the largest ({Words.Number(worst.Scale)})");
    }
}
