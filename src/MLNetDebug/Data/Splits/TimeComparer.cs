namespace MLNetDebug.Data;

/// <summary>Compares the times of two splits.</summary>
internal static class TimeComparer
{
    /// <summary>Counts hold-out rows that are no later than the latest training row; null without a time column on both sides.</summary>
    public static TimeOverlap? Compare(DataProfile train, DataProfile test)
    {
        var a = train.Columns.FirstOrDefault(c => c.Role == ColumnRole.Time && c.Slots.Count == 1);
        var times = test.Sample.Columns.FirstOrDefault(c => c.Role == ColumnRole.Time && c.Slot == 0);
        if (a is null || times is null || times.Codes is not null || !double.IsFinite(a.Slots[0].Max))
            return null;
        long within = 0, rows = 0;
        for (var row = 0; row < times.Count; row++)
        {
            var time = times.Number(row);
            if (!double.IsFinite(time))
                continue;
            rows++;
            if (time <= a.Slots[0].Max)
                within++;
        }

        return new TimeOverlap(a.Name, within, rows);
    }
}
