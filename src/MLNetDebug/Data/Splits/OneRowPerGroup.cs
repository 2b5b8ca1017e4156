namespace MLNetDebug.Data;

/// <summary>
/// Rows of one group (a patient's visits) resemble one another, and no test of two splits may count them as independent: splits of
/// grouped data are compared by the first sampled row of each group.
/// </summary>
internal static class OneRowPerGroup
{
    /// <summary>The profile as those rows alone would give it; the same profile where no group has a second sampled row.</summary>
    public static DataProfile Of(DataProfile profile)
    {
        var sample = profile.Sample;
        if (sample.Columns.FirstOrDefault(c => c.Role == ColumnRole.Group && c.Slot == 0) is not { } groups)
            return profile;
        var seen = new HashSet<ulong>();
        // A row without a group is a group of its own.
        int[] rows = [.. Enumerable.Range(0, sample.Count).Where(i => groups.Code(i) is 0 || seen.Add(groups.Code(i)))];
        if (rows.Length == sample.Count)
            return profile;

        var labels = sample.Labels is null ? null : Pick(sample.Labels, rows);
        var thinned = new DataSample(sample.Level, Pick(sample.Positions, rows), [.. sample.Columns.Select(c => Pick(c, rows))], labels);
        var bySlot = thinned.Columns.ToLookup(c => (c.Column, c.Slot));
        return profile with
        {
            Sample = thinned,
            Label = profile.Label is null || labels is null ? profile.Label : OfLabels(profile.Label, labels),
            Columns = [.. profile.Columns.Select(c => c with { Slots = [.. c.Slots.Select((s, i) => bySlot[(c.Name, i)].FirstOrDefault() is { } values ? OfValues(s, values) : s)] })],
        };
    }

    /// <summary>Counts and range of the chosen rows; the moments, which are only shown, stay those of all rows.</summary>
    private static SlotProfile OfValues(SlotProfile slot, SampleColumn values)
    {
        double[] numbers = values.Codes is not null ? [] : [.. Enumerable.Range(0, values.Count).Select(values.Number)];
        double[] finite = [.. numbers.Where(double.IsFinite)];
        return slot with
        {
            Count = values.Count,
            Missing = values.Codes?.Count(c => c == 0) ?? numbers.Count(double.IsNaN),
            PositiveInfinities = numbers.Count(double.IsPositiveInfinity),
            NegativeInfinities = numbers.Count(double.IsNegativeInfinity),
            Min = finite.Length == 0 ? slot.Min : finite.Min(),
            Max = finite.Length == 0 ? slot.Max : finite.Max(),
        };
    }

    private static LabelProfile OfLabels(LabelProfile label, float[] labels)
    {
        var counts = labels.Where(l => !float.IsNaN(l)).GroupBy(l => l).ToDictionary(g => (double)g.Key, g => g.LongCount());
        float[] finite = [.. labels.Where(float.IsFinite)];
        return label with
        {
            Classes = [.. label.Classes.Select(c => c with { Count = counts.GetValueOrDefault(c.Value) })],
            Moments = label.Moments is null || finite.Length == 0 ? label.Moments : label.Moments with
            {
                Count = labels.Length,
                Missing = labels.Count(float.IsNaN),
                Min = finite.Min(),
                Max = finite.Max(),
            },
        };
    }

    private static SampleColumn Pick(SampleColumn column, int[] rows) => new()
    {
        Column = column.Column,
        Slot = column.Slot,
        Kind = column.Kind,
        Role = column.Role,
        Subject = column.Subject,
        Texts = column.Texts,
        Singles = column.Singles is null ? null : Pick(column.Singles, rows),
        Doubles = column.Doubles is null ? null : Pick(column.Doubles, rows),
        Codes = column.Codes is null ? null : Pick(column.Codes, rows),
    };

    private static T[] Pick<T>(T[] values, int[] rows) => [.. rows.Select(r => values[r])];
}
