namespace MLNetDebug.Data;

/// <summary>How well the sorted values of one feature alone tell all classes apart.</summary>
internal static class LabelPurity
{
    /// <summary>
    /// Share of sampled rows that a cut of the feature's range into one interval per class gets wrong, estimated from the sorted rows: minorities among
    /// equal values, plus half the changes of class between neighbouring values beyond the K - 1 that K intervals need. 0 for a feature that is the label.
    /// </summary>
    /// <param name="values">Sampled values; NaN is missing.</param>
    /// <param name="labels">Labels of the same rows; NaN is missing.</param>
    /// <returns>The share, in [0, 1]; NaN where fewer than two classes have a value.</returns>
    public static double ErrorShare(SampleColumn values, ReadOnlySpan<float> labels)
    {
        var pairs = new List<(double Value, float Label)>(labels.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            var value = values.Number(i);
            if (!double.IsNaN(value) && !float.IsNaN(labels[i]))
                pairs.Add((value, labels[i]));
        }

        pairs.Sort();
        var classes = pairs.Select(p => p.Label).Distinct().Count();
        if (classes < 2)
            return double.NaN;
        long minorities = 0, changes = 0;
        float? previous = null;
        for (var start = 0; start < pairs.Count;)
        {
            var (end, majority, most) = Tie(pairs, start);
            minorities += end - start - most;
            if (previous is { } p && p != majority)
                changes++;
            previous = majority;
            start = end;
        }

        return Math.Min(1, (minorities + (Math.Max(0, changes - (classes - 1)) / 2.0)) / pairs.Count);
    }

    /// <summary>The run of equal values from <paramref name="start"/>; its pairs are sorted by label too.</summary>
    private static (int End, float Majority, int Most) Tie(List<(double Value, float Label)> pairs, int start)
    {
        var (end, majority, most, run) = (start, pairs[start].Label, 0, 0);
        for (; end < pairs.Count && pairs[end].Value.Equals(pairs[start].Value); end++)
        {
            run = end > start && pairs[end].Label == pairs[end - 1].Label ? run + 1 : 1;
            if (run > most)
                (most, majority) = (run, pairs[end].Label);
        }

        return (end, majority, most);
    }
}
