using MLNetDebug.Torch.Training.Signals;

namespace MLNetDebug.Torch.Training.Actions;

/// <summary>
/// How long the updates of a run are, by the first of them: it alone tells of the rate. Later ones are of weights that a rate too large has made large, or dead.
/// </summary>
internal static class FirstUpdate
{
    // Where healthy trainings begin: 0.01 to 0.04 for Adam, and as much for SGD once its momentum has gathered; recurrent networks 0.1.
    private const double Usual = 0.03;

    // No good rate begins so, unless all weights start near 0.
    private const double Long = 10;

    // Less than this part of the largest is no answer to a gradient.
    private const double Noticeable = 0.01;

    /// <summary>How many times longer than usual they are; NaN where none was seen.</summary>
    public static double TimesUsual(TrainingSignals signals)
    {
        double[] first = [.. signals.Parameters.Where(p => p.Parameter.Dimensions >= 2).Select(p => p.FirstUpdateRatio).Where(r => r > 0 && double.IsFinite(r))];
        if (first.Length == 0)
            return double.NaN;
        // In front of a weight of 0 there is no gradient yet, and only decay moves what stands there.
        var ratio = Robust.Median(first.Where(r => r >= Noticeable * first.Max()));
        // With momentum gradients of one direction make updates so many times longer within a few steps.
        var momentum = signals.Window().Optimizers.SelectMany(o => o.Groups).Select(g => g.Momentum ?? 0).Where(m => m is > 0 and < 1).DefaultIfEmpty().Max();
        return ratio / (1 - momentum) / Usual;
    }

    /// <summary>True where they are so long that what the run has come to is no state to go back to.</summary>
    public static bool IsLong(TrainingSignals signals) => TimesUsual(signals) > Long;
}
