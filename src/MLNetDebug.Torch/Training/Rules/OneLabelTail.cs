using MathNet.Numerics;

namespace MLNetDebug.Torch.Training;

/// <summary>The chance of at least so many successes among trials of different chances (a Poisson-binomial tail).</summary>
internal static class OneLabelTail
{
    private const int MaxExact = 500;

    /// <summary>
    /// Exact for few trials. For many the binomial tail of the mean chance, which is not below it beyond the mean (Hoeffding 1956).
    /// </summary>
    /// <param name="trials">Trials by their chance.</param>
    /// <param name="successes">Successes.</param>
    /// <param name="mean">The mean chance.</param>
    public static double Of(IReadOnlyList<(double Chance, long Count)> trials, long successes, double mean)
    {
        var count = trials.Sum(t => t.Count);
        if (successes <= mean * count)
            return 1;
        if (count <= MaxExact)
            return Exact(trials, (int)successes);
        return successes >= count ? Math.Pow(mean, count) : SpecialFunctions.BetaRegularized(successes, count - successes + 1, mean);
    }

    private static double Exact(IReadOnlyList<(double Chance, long Count)> trials, int successes)
    {
        // The last place takes all that reaches it.
        var chances = new double[successes + 1];
        chances[0] = 1;
        foreach (var (chance, count) in trials)
        {
            for (var i = 0L; i < count; i++)
            {
                chances[successes] += chances[successes - 1] * chance;
                for (var k = successes - 1; k > 0; k--)
                    chances[k] = (chances[k] * (1 - chance)) + (chances[k - 1] * chance);
                chances[0] *= 1 - chance;
            }
        }

        return chances[successes];
    }
}
