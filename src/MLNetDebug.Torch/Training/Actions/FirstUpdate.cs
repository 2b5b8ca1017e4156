using MLNetDebug.Torch.Training.Signals;

namespace MLNetDebug.Torch.Training.Actions;

/// <summary>
/// How long the updates of a run are, by the first of them: it alone tells of the rate. Later ones are of weights that a rate too large has made large, or dead.
/// </summary>
internal static class FirstUpdate
{
    // Adam begins with 0.01 to 0.04 at its usual rates, SGD comes to as much.
    private const double Usual = 0.03;

    // Ten times as much: no good rate begins so, unless all weights start near 0.
    private const double Long = 10;

    private const double Noticeable = 0.01;

    /// <summary>How many times longer than usual they are; NaN where none was seen.</summary>
    public static double TimesUsual(TrainingSignals signals)
    {
        double[] first = [.. signals.Parameters.Where(p => p.Parameter.Dimensions >= 2).Select(p => p.FirstUpdateRatio).Where(double.IsFinite)];
        if (first.Length == 0)
            return double.NaN;
        // Behind a weight of 0 there is no gradient yet, and only decay moves what stands there.
        var ratio = Robust.Median(first.Where(r => r >= Noticeable * first.Max()));
        // Equal gradients would make them so many times longer within a few steps.
        var momentum = signals.Window().Optimizers.SelectMany(o => o.Groups).Select(g => g.Momentum ?? 0).Where(m => m is > 0 and < 1).DefaultIfEmpty().Max();
        return ratio / (1 - momentum) / Usual;
    }

    /// <summary>True where they are so long that what the run has come to is no state to go back to.</summary>
    public static bool IsLong(TrainingSignals signals) => TimesUsual(signals) > Long;
}
