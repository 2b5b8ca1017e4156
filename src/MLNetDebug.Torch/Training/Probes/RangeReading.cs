namespace MLNetDebug.Torch.Training.Probes;

/// <summary>Reads where a curve of losses over rising rates begins to fall, where it climbs, and where its valley lies.</summary>
internal readonly record struct RangeReading(double Moves, double Diverges, double Suggested)
{
    // Of the whole fall: less may be noise, and the ends of a valley are flat.
    private const double Share = 0.1;
    private const double Deviations = 4;

    // The rate at the lowest loss is about to diverge; the usual distance from it.
    private const double OffTheLowest = 10;

    private static readonly RangeReading Nothing = new(double.NaN, double.NaN, double.NaN);

    /// <param name="curve">The curve.</param>
    /// <param name="steps">Steps that it would have had to the last rate.</param>
    /// <param name="smoothing">The decay of its exponential mean.</param>
    public static RangeReading Of(LearningRateCurve curve, int steps, double smoothing)
    {
        var (rates, smoothed) = (curve.Rates, curve.Smoothed);
        var first = Math.Max(5, steps / 10);
        if (smoothed.Count < first)
            return Nothing with { Diverges = curve.End != LearningRateCurveEnd.Completed && rates.Count > 0 ? rates[0] : double.NaN };
        var start = curve.Losses.Take(first).Average();
        var noise = Noise(curve.Losses, first, smoothing);
        // A mean of few losses is no smooth one yet.
        var best = Enumerable.Range(first - 1, smoothed.Count - first + 1).MinBy(i => smoothed[i]);
        var fall = Math.Max(0, start - smoothed[best]);
        var climbs = curve.End != LearningRateCurveEnd.Completed || smoothed[^1] > smoothed[best] + Math.Max(Share * fall, noise);
        if (fall <= noise)
            return Nothing with { Diverges = climbs ? rates[LastWithin(smoothed, start + noise)] : double.NaN };
        var moves = best;
        while (moves > 0 && smoothed[moves - 1] < start - (Share * fall))
            moves--;
        var valley = rates[Valley(smoothed, moves, best)];
        // With one step per rate, a network that starts slowly has its valley too far up.
        return climbs ? new(rates[moves], rates[best], Math.Min(valley, rates[best] / OffTheLowest)) : new(rates[moves], double.NaN, valley);
    }

    /// <summary>How far a smoothed loss may lie off the mean of the first ones by what differs from batch to batch alone.</summary>
    private static double Noise(IReadOnlyList<double> losses, int first, double smoothing)
    {
        // The middle of three against its neighbours: a slope is none of it, and of absolute values the median knows nothing of a few jumps.
        double[] bends = [.. Enumerable.Range(1, losses.Count - 2).Select(i => Math.Abs(losses[i] - ((losses[i - 1] + losses[i + 1]) / 2))).Order()];
        var variance = Math.Pow(1.4826 * bends[bends.Length / 2], 2) / 1.5;
        return Deviations * Math.Sqrt(variance * (((1 - smoothing) / (1 + smoothing)) + (1.0 / first)));
    }

    private static int LastWithin(IReadOnlyList<double> values, double limit)
    {
        var last = values.Count - 1;
        while (last > 0 && values[last] > limit)
            last--;
        return last;
    }

    /// <summary>The middle of the longest falling subsequence between two places.</summary>
    private static int Valley(IReadOnlyList<double> losses, int from, int to)
    {
        var lengths = new int[to - from + 1];
        var end = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = 1;
            for (var j = 0; j < i; j++)
            {
                if (losses[from + i] < losses[from + j])
                    lengths[i] = Math.Max(lengths[i], lengths[j] + 1);
            }

            if (lengths[i] > lengths[end])
                end = i;
        }

        return from + end - ((lengths[end] - 1) / 2);
    }
}
