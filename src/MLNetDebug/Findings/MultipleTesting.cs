namespace MLNetDebug;

/// <summary>Adjusts the p-values of one family.</summary>
internal static class MultipleTesting
{
    /// <summary>Step-down adjustment that controls the family-wise error rate (Holm, Scand. J. Statist. 6, 1979).</summary>
    /// <param name="pValues">Raw p-values in [0, 1].</param>
    /// <returns>Adjusted p-values in the order given.</returns>
    public static double[] Holm(IReadOnlyList<double> pValues)
    {
        var order = Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]).ToArray();
        var adjusted = new double[pValues.Count];
        var running = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            running = Math.Max(running, Math.Min(1, (order.Length - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = running;
        }

        return adjusted;
    }
}
