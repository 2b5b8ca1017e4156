namespace MLNetDebug.Data;

/// <summary>One feature slot on both sides.</summary>
internal sealed record SlotPair(SampleColumn Train, SampleColumn Test, SlotProfile TrainSlot, SlotProfile TestSlot);

/// <summary>The feature slots of two profiles matched by column name and slot, and what could not be matched.</summary>
/// <param name="Slots">The matched ones, in schema order.</param>
/// <param name="NotCompared">The others, one entry per column, with the reason.</param>
internal sealed record SlotPairs(IReadOnlyList<SlotPair> Slots, IReadOnlyList<NotChecked> NotCompared)
{
    /// <summary>Matches the slots that were sampled on both sides.</summary>
    public static SlotPairs Match(DataProfile train, DataProfile test)
    {
        var slots = new List<SlotPair>();
        var notCompared = new List<NotChecked>();
        var trainSamples = Index(train.Sample);
        var testSamples = Index(test.Sample);
        foreach (var column in train.Columns.Where(c => c.Role == ColumnRole.Feature))
        {
            var other = test.Column(column.Name);
            if (WhyNot(column, other, train, test) is { } reason)
            {
                notCompared.Add(new NotChecked(Subject.Column(column.Name), reason));
                continue;
            }

            var sampled = 0;
            for (var i = 0; i < column.Slots.Count; i++)
            {
                if (!trainSamples.TryGetValue((column.Name, i), out var a) || !testSamples.TryGetValue((column.Name, i), out var b))
                    continue;
                slots.Add(new SlotPair(a, b, column.Slots[i], other!.Slots[i]));
                sampled++;
            }

            if (sampled < column.Slots.Count)
            {
                notCompared.Add(new NotChecked(
                    Subject.Column(column.Name),
                    $"{Words.Number(column.Slots.Count - sampled)} of its {Words.Count(column.Slots.Count, "slot")} lie beyond the first {Words.Number(DataSample.MaxSlots)} that are sampled"));
            }
        }

        foreach (var column in test.Columns.Where(c => c.Role == ColumnRole.Feature && train.Column(c.Name) is null))
            notCompared.Add(new NotChecked(Subject.Column(column.Name), $"it is in the {test.Name} and not in the {train.Name}"));
        return new SlotPairs(slots, notCompared);
    }

    private static Dictionary<(string Column, int Slot), SampleColumn> Index(DataSample sample)
    {
        var index = new Dictionary<(string, int), SampleColumn>();
        foreach (var column in sample.Columns)
            index.TryAdd((column.Column, column.Slot), column);
        return index;
    }

    private static string? WhyNot(ColumnProfile column, ColumnProfile? other, DataProfile train, DataProfile test)
    {
        if (other is null)
            return $"it is in the {train.Name} and not in the {test.Name}";
        if ((column.NotCheckedReason ?? other.NotCheckedReason) is { } reason)
            return reason;
        if (column.Kind != other.Kind)
            return $"its type is {column.TypeText} in the {train.Name} and {other.TypeText} in the {test.Name}";
        if (column.Slots.Count != other.Slots.Count)
            return $"it has {Words.Count(column.Slots.Count, "slot")} in the {train.Name} and {Words.Number(other.Slots.Count)} in the {test.Name}; use one fitted pipeline for both";
        for (var i = 0; i < column.Slots.Count; i++)
        {
            if (column.Slots[i].Name != other.Slots[i].Name)
                return $"slot {Words.Number(i)} is '{column.Slots[i].Name}' in the {train.Name} and '{other.Slots[i].Name}' in the {test.Name}; use one fitted pipeline for both";
        }

        return null;
    }
}
