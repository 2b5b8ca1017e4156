namespace MLNetDebug.Torch.Training;

/// <summary>What a short series of numbers does over time. What is not finite is left out, and its neighbours close up.</summary>
internal static class Series
{
    /// <summary>The least-squares slope per value, and how many of its standard errors it is away from 0; NaN with fewer than three values. A line without any residue has an infinite one.</summary>
    public static (double PerStep, double T) Slope(IEnumerable<double> values)
    {
        var y = Finite(values);
        if (y.Length < 3)
            return (double.NaN, double.NaN);
        var (middle, mean) = ((y.Length - 1) / 2.0, y.Average());
        double cross = 0, spread = 0, rest = 0;
        for (var i = 0; i < y.Length; i++)
            (cross, spread) = (cross + ((i - middle) * (y[i] - mean)), spread + ((i - middle) * (i - middle)));
        var slope = cross / spread;
        for (var i = 0; i < y.Length; i++)
            rest += Math.Pow(y[i] - mean - (slope * (i - middle)), 2);
        return (slope, slope == 0 ? 0 : slope / Math.Sqrt(rest / (y.Length - 2) / spread));
    }

    /// <summary>Correlation of the changes from value to value with the next change: -0.5 for independent values, towards -1 for a zig-zag, above 0 for a drift. NaN with fewer than four values.</summary>
    public static double ChangeCorrelation(IEnumerable<double> values)
    {
        var y = Finite(values);
        if (y.Length < 4)
            return double.NaN;
        double[] changes = [.. y.Skip(1).Zip(y, (b, a) => b - a)];
        var mean = changes.Average();
        double own = 0, lagged = 0;
        for (var i = 0; i < changes.Length; i++)
        {
            own += (changes[i] - mean) * (changes[i] - mean);
            lagged += i > 0 ? (changes[i] - mean) * (changes[i - 1] - mean) : 0;
        }

        return own > 0 ? lagged / own : 0;
    }

    /// <summary>Means of equal parts of a series, oldest first; fewer where there are not as many values. Values that do not fill a part are left out at the front.</summary>
    public static double[] Parts(IEnumerable<double> values, int parts)
    {
        var y = Finite(values);
        var size = Math.Max(1, y.Length / parts);
        return [.. y[(y.Length % size)..].Chunk(size).TakeLast(parts).Select(c => c.Average())];
    }

    private static double[] Finite(IEnumerable<double> values) => [.. values.Where(double.IsFinite)];
}
