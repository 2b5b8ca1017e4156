namespace MLNetDebug.Data;

/// <summary>Compares the groups of two splits.</summary>
internal static class GroupComparer
{
    /// <summary>Counts groups on both sides; null without a group column on both.</summary>
    public static GroupOverlap? Compare(DataProfile train, DataProfile test)
    {
        if (Column(train) is not { } a || Column(test) is not { } b || a.Kind != b.Kind)
            return null;
        var inTrain = Distinct(a);
        var inTest = Distinct(b);
        long shared = 0, rows = 0;
        for (var row = 0; row < b.Count; row++)
        {
            var code = b.Code(row);
            if (code == 0)
                continue;
            rows++;
            if (inTrain.Contains(code))
                shared++;
        }

        return new GroupOverlap(
            a.Column, inTrain.Count, inTest.Count, inTest.Count(inTrain.Contains), shared, rows, train.Sample.IsComplete && test.Sample.IsComplete);
    }

    private static SampleColumn? Column(DataProfile profile) => profile.Sample.Columns.FirstOrDefault(c => c.Role == ColumnRole.Group && c.Slot == 0);

    private static HashSet<ulong> Distinct(SampleColumn column)
    {
        var codes = new HashSet<ulong>();
        for (var row = 0; row < column.Count; row++)
        {
            if (column.Code(row) is var code and not 0)
                codes.Add(code);
        }

        return codes;
    }
}
