using System.Globalization;

namespace MLNetDebug.Torch.Training;

/// <summary>At which norm gradients are clipped: the 90th percentile of their history, as Google's tuning playbook has it.</summary>
internal static class ClipLimit
{
    private const double Share = 0.9;

    /// <summary>The limit with two digits; 1 where nothing is known.</summary>
    public static double Of(IEnumerable<double> norms)
    {
        double[] sorted = [.. norms.Where(n => n > 0 && double.IsFinite(n)).Order()];
        return sorted.Length == 0 ? 1 : double.Parse(sorted[(int)(Share * (sorted.Length - 1))].ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
