using MLNetDebug.Torch.Training.Signals;
using TorchSharp.Modules;

namespace MLNetDebug.Torch.Training.Actions;

/// <summary>
/// How long the updates of a run are, by the first of them: it alone tells of the rate. Later ones are of weights that a rate too large has made large, or dead.
/// </summary>
internal static class FirstUpdate
{
    // Where healthy trainings begin: 0.01 to 0.04 for Adam, whose first update is its longest, recurrent networks 0.1; 0.01 to 0.03 for SGD once its momentum has gathered.
    private const double Usual = 0.03;
    private const double UsualOfSgd = 0.02;

    // No good rate begins so, unless all weights start near 0.
    private const double Long = 10;

    /// <summary>How many times longer than usual they are; NaN where none was seen.</summary>
    public static double TimesUsual(TrainingSignals signals)
    {
        double[] first = [.. signals.Parameters.Where(p => p.Parameter.Dimensions >= 2).Select(p => p.FirstUpdateRatio).Where(r => r > 0 && double.IsFinite(r))];
        if (first.Length == 0)
            return double.NaN;
        var optimizers = signals.Optimizers;
        // With momentum m the k-th update of gradients of one direction has come to 1 - m^k of its full length.
        var momentum = optimizers.SelectMany(o => o.Groups).Select(g => g.Momentum ?? 0).Where(m => m is > 0 and < 1).DefaultIfEmpty().Max();
        return Robust.Median(first) / (1 - Math.Pow(momentum, signals.FirstSampledUpdate)) / (optimizers.Any(o => o.Kind == nameof(SGD)) ? UsualOfSgd : Usual);
    }

    /// <summary>True where they are so long that what the run has come to is no state to go back to.</summary>
    public static bool IsLong(TrainingSignals signals) => TimesUsual(signals) > Long;
}
