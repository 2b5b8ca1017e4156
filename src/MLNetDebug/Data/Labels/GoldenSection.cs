namespace MLNetDebug.Data;

/// <summary>Golden section search (Kiefer 1953).</summary>
internal static class GoldenSection
{
    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Where a function that has one minimum between two numbers has it, to 0.618 to the power of the steps of their distance.</summary>
    public static double Minimum(Func<double, double> function, double low, double high, int steps)
    {
        double a = high - (Ratio * (high - low)), b = low + (Ratio * (high - low));
        double atA = function(a), atB = function(b);
        for (var i = 0; i < steps; i++)
        {
            if (atA < atB)
            {
                (high, b, atB) = (b, a, atA);
                a = high - (Ratio * (high - low));
                atA = function(a);
            }
            else
            {
                (low, a, atA) = (a, b, atB);
                b = low + (Ratio * (high - low));
                atB = function(b);
            }
        }

        return (low + high) / 2;
    }
}
