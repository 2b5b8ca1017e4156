namespace MLNetDebug.AutoML.Search;

/// <summary>What a Gaussian process is made of.</summary>
/// <param name="Lengths">The length over which the function changes, for each dimension of the unit cube.</param>
/// <param name="Height">The function's variance.</param>
/// <param name="Noise">The variance of what is observed about it.</param>
internal sealed record Hyperparameters(double[] Lengths, double Height, double Noise)
{
    // Log-normal priors: a length is about half the cube, the height that of standardised values, the noise a hundredth. Weak, but a dozen points alone say little.
    private const double LengthMedian = 0.5;
    private const double LengthSpread = 0.7;
    private const double HeightSpread = 0.7;
    private const double NoiseMedian = 0.01;
    private const double NoiseSpread = 1.5;

    /// <summary>Where a search for the best begins.</summary>
    public static Hyperparameters Start(int dimensions) => new([.. Enumerable.Repeat(LengthMedian, dimensions)], 1, NoiseMedian);

    /// <summary>The log density of the priors, of the logarithms, up to a constant.</summary>
    public double LogPrior => Lengths.Sum(l => LogNormal(l, LengthMedian, LengthSpread)) + LogNormal(Height, 1, HeightSpread) + LogNormal(Noise, NoiseMedian, NoiseSpread);

    /// <summary>The covariance of the function at two places.</summary>
    public double Kernel(double[] a, double[] b)
    {
        var square = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = (a[i] - b[i]) / Lengths[i];
            square += difference * difference;
        }

        var distance = Math.Sqrt(5 * square);
        return Height * (1 + distance + (distance * distance / 3)) * Math.Exp(-distance);
    }

    private static double LogNormal(double value, double median, double spread)
    {
        var z = Math.Log(value / median) / spread;
        return -0.5 * z * z;
    }
}
