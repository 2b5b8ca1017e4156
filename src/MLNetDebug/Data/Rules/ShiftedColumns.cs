namespace MLNetDebug.Data;

/// <summary>
/// The columns that MLD111 would warn of, for rules that explain something by them: its own tests in a family of their own, so that what is explained does not
/// weigh on the report's family twice.
/// </summary>
internal static class ShiftedColumns
{
    private const double Alpha = 0.05;

    /// <summary>The columns, the worst first.</summary>
    public static IReadOnlyList<ColumnTests> Of(SplitComparison splits)
    {
        var sink = new FindingSink(new SplitShift().Descriptor);
        ColumnTests[] tests = [.. splits.Columns.Select(c => new ColumnTests(c, new SplitShiftOptions(), sink))];
        var adjusted = MultipleTesting.Holm([.. sink.Hypotheses.Select(h => h.PValue)]);
        for (var i = 0; i < adjusted.Length; i++)
            sink.Hypotheses[i].Resolve(adjusted[i], Alpha, adjusted.Length);
        return [.. tests.Where(t => t.Severity == Severity.Warning).OrderByDescending(t => t.Weight)];
    }
}
