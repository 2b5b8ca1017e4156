namespace MLNetDebug.Torch.AutoML.Probes;

/// <summary>Looks for the rate at which training begins to diverge: from a guess in half decades to a rate that holds and one that does not, then once between the two.</summary>
internal static class DivergenceSearch
{
    private static readonly double Stride = Math.Sqrt(10);

    /// <summary>The search.</summary>
    /// <param name="guess">Where to begin.</param>
    /// <param name="low">The lowest rate to try.</param>
    /// <param name="high">The highest rate to try.</param>
    /// <param name="holds">Tries a rate.</param>
    /// <returns>A rate that holds, NaN where even the lowest does not; and one that diverges, infinity where even the highest does not. At most a quarter of a decade lies between them.</returns>
    public static (double Holds, double Diverges) Run(double guess, double low, double high, Func<double, bool> holds)
    {
        var (stable, diverges) = (double.NaN, double.PositiveInfinity);
        for (var at = Math.Clamp(guess, low, high); ; at = double.IsNaN(stable) ? Math.Max(low, at / Stride) : Math.Min(high, at * Stride))
        {
            if (holds(at))
                stable = at;
            else
                diverges = at;
            if (stable >= high || diverges <= low)
                return (stable, diverges);
            if (!double.IsNaN(stable) && double.IsFinite(diverges))
                break;
        }

        var middle = Math.Sqrt(stable * diverges);
        return holds(middle) ? (middle, diverges) : (stable, middle);
    }
}
