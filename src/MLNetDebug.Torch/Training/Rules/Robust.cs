namespace MLNetDebug.Torch.Training;

/// <summary>Statistics that single values do not upset. What is not finite is left out; of nothing they are NaN.</summary>
internal static class Robust
{
    /// <summary>Makes a median absolute deviation the standard deviation of normal values (Hampel 1974).</summary>
    private const double NormalScale = 1.4826;

    /// <summary>The median; of an even number of values the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).ToArray();
        if (sorted.Length == 0)
            return double.NaN;
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median of numbers that are overwritten: nothing is allocated.</summary>
    public static double MedianInPlace(Span<double> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
                values[count++] = value;
        }

        if (count == 0)
            return double.NaN;
        var sorted = values[..count];
        sorted.Sort();
        var middle = count / 2;
        return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median absolute deviation from the median, on the scale of a standard deviation.</summary>
    public static double Deviation(IReadOnlyCollection<double> values)
    {
        var median = Median(values);
        return NormalScale * Median(values.Select(v => Math.Abs(v - median)));
    }

    /// <summary>
    /// How many deviations a value lies above the median of others. The deviation counts as <paramref name="floor"/> at least, so that values which are nearly alike make no outlier of the next one.
    /// </summary>
    public static double Z(double value, IReadOnlyCollection<double> others, double floor) => (value - Median(others)) / Math.Max(Deviation(others), floor);
}
