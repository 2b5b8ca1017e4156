namespace MLNetDebug.Tests.Data;

/// <summary>Means and variances over every permutation of a few values, the slow way.</summary>
internal static class Permutations
{
    public static (double Mean, double Variance) Moments<T>(T[] values, Func<T[], double> statistic)
    {
        double sum = 0, squares = 0;
        var count = 0L;
        Visit([.. values], 0, order =>
        {
            var s = statistic(order);
            sum += s;
            squares += s * s;
            count++;
        });
        var mean = sum / count;
        return (mean, squares / count - mean * mean);
    }

    private static void Visit<T>(T[] values, int from, Action<T[]> visit)
    {
        if (from == values.Length)
        {
            visit(values);
            return;
        }

        for (var i = from; i < values.Length; i++)
        {
            (values[from], values[i]) = (values[i], values[from]);
            Visit(values, from + 1, visit);
            (values[from], values[i]) = (values[i], values[from]);
        }
    }
}
