using MathNet.Numerics;

namespace MLNetDebug.Data;

/// <summary>Tails of a standardised statistic that behaves as (chi-square - v) / sqrt(2 v), v matched to its skewness.</summary>
internal static class MatchedTail
{
    /// <summary>From here on chi-square and normal are the same to four digits of the tail that matters.</summary>
    private const double NearNormal = 1e5;

    /// <summary>P(statistic at least z).</summary>
    public static double Upper(double z, double degrees)
    {
        if (degrees > NearNormal)
            return SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;
        var x = degrees + z * Math.Sqrt(2 * degrees);
        return x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degrees / 2, x / 2);
    }

    /// <summary>P(statistic at most z) where it is shifted up by <paramref name="shift"/> standard deviations: as a noncentral chi-square.</summary>
    public static double Below(double z, double degrees, double shift)
    {
        if (degrees > NearNormal)
            return SpecialFunctions.Erfc((shift - z) / Math.Sqrt(2)) / 2;
        var x = degrees + z * Math.Sqrt(2 * degrees);
        if (x <= 0)
            return 0;

        // Poisson mixture of central distributions; terms that weigh less than 1e-12 are left out.
        var half = shift * Math.Sqrt(2 * degrees) / 2;
        var reach = 8 * Math.Sqrt(half + 1) + 10;
        double sum = 0;
        for (var j = Math.Max(0, (int)(half - reach)); j <= half + reach; j++)
        {
            var term = SpecialFunctions.GammaLowerRegularized(degrees / 2 + j, x / 2);
            sum += Math.Exp(-half + j * Math.Log(Math.Max(half, 1e-300)) - SpecialFunctions.GammaLn(j + 1)) * term;
            if (term < 1e-18)
                break;
        }

        return Math.Clamp(sum, 0, 1);
    }
}
