namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>Percentiles of some of many numbers, evenly spread.</summary>
internal static class Percentiles
{
    private const int MaxElements = 4096;

    public static double[] Of(ReadOnlySpan<float> values)
    {
        var read = Math.Min(values.Length, MaxElements);
        var some = new List<float>(read);
        for (var i = 0L; i < read; i++)
            some.Add(values[(int)(i * values.Length / read)]);
        some.RemoveAll(x => !float.IsFinite(x));
        some.Sort();
        return some.Count == 0 ? [] : [.. Enumerable.Range(0, 101).Select(p => (double)some[p * (some.Count - 1) / 100])];
    }
}
