namespace MLNetDebug.Torch.Training.Probes;

/// <summary>Puts the repeats of a range test together.</summary>
internal static class RangeSummary
{
    public static LearningRateRange Of(IReadOnlyList<LearningRateCurve> repeats, LearningRateRangeOptions options)
    {
        var median = Median(repeats);
        var reading = RangeReading.Of(median, options.Steps, options.Smoothing);
        double[] suggested = [.. repeats.Select(r => RangeReading.Of(r, options.Steps, options.Smoothing).Suggested).Where(double.IsFinite)];
        return new LearningRateRange
        {
            Repeats = repeats,
            Median = median,
            Moves = reading.Moves,
            Diverges = reading.Diverges,
            Suggested = reading.Suggested,
            SuggestedLow = suggested.Length > 0 ? suggested.Min() : double.NaN,
            SuggestedHigh = suggested.Length > 0 ? suggested.Max() : double.NaN,
        };
    }

    /// <summary>The median at each rate that more than half of the repeats reached; a repeat that has ended stands above all others.</summary>
    private static LearningRateCurve Median(IReadOnlyList<LearningRateCurve> repeats)
    {
        var longest = repeats.MaxBy(r => r.Rates.Count)!;
        var count = Enumerable.Range(0, longest.Rates.Count).TakeWhile(i => 2 * repeats.Count(r => r.Rates.Count > i) > repeats.Count).Count();
        var ended = repeats.Where(r => r.Rates.Count <= count && r.End != LearningRateCurveEnd.Completed).Select(r => r.End).ToArray();
        return new LearningRateCurve
        {
            Rates = [.. longest.Rates.Take(count)],
            Losses = [.. Enumerable.Range(0, count).Select(i => At(repeats, i, r => r.Losses))],
            Smoothed = [.. Enumerable.Range(0, count).Select(i => At(repeats, i, r => r.Smoothed))],
            End = 2 * ended.Length >= repeats.Count ? ended.Max() : LearningRateCurveEnd.Completed,
        };
    }

    private static double At(IReadOnlyList<LearningRateCurve> repeats, int step, Func<LearningRateCurve, IReadOnlyList<double>> series)
    {
        double[] sorted = [.. repeats.Select(r => series(r) is var s && s.Count > step ? s[step] : double.PositiveInfinity).Order()];
        var upper = sorted[sorted.Length / 2];
        return sorted.Length % 2 == 1 ? upper : (sorted[(sorted.Length / 2) - 1] + upper) / 2;
    }
}
