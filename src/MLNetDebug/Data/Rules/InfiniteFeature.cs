namespace MLNetDebug.Data;

/// <summary>Counts infinite feature values: a fact, and no trainer can use one.</summary>
internal sealed class InfiniteFeature : Rule<DataProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.InfiniteFeature, nameof(RuleIds.InfiniteFeature), "A feature holds infinite values.",
        RuleCategory.Data, Severity.Error, ProofKind.Fact)
    { Notes = [13] };

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        foreach (var column in measured.FeatureColumns)
        {
            SlotProfile[] sick = [.. column.Slots.Where(s => s.PositiveInfinities + s.NegativeInfinities > 0)];
            if (sick.Length > 0)
                sink.Report(Draft(measured, column, sick));
        }
    }

    private static FindingDraft Draft(DataProfile data, ColumnProfile column, SlotProfile[] sick)
    {
        var worst = sick.MaxBy(s => s.PositiveInfinities + s.NegativeInfinities)!;
        long positive = sick.Sum(s => s.PositiveInfinities), negative = sick.Sum(s => s.NegativeInfinities);
        var others = sick.Length > 1 ? $", and {Words.Count(sick.Length - 1, "further slot")} of '{column.Name}'" : string.Empty;
        return new FindingDraft(
            column.SubjectOf(worst) with { Rows = worst.InfiniteRows },
            $"{column.SubjectOf(worst)} of the {data.Name} holds {Words.Count(worst.PositiveInfinities + worst.NegativeInfinities, "infinite value")} " +
            $"(+Infinity {Words.Number(worst.PositiveInfinities)}, -Infinity {Words.Number(worst.NegativeInfinities)}) in {Words.Count(data.RowCount, "row")}" +
            $"{others}; first {Words.Rows(worst.InfiniteRows)}.")
        {
            Evidence =
            [
                new Evidence("+Infinity", positive) { Threshold = 0, Unit = "values" },
                new Evidence("-Infinity", negative) { Threshold = 0, Unit = "values" },
                new Evidence("slots with infinite values", sick.Length) { Threshold = 0, Unit = "slots" },
            ],
            Advice =
            [
                new Advice(
                    "Find where they arise (a division by zero, the log of zero, a number above 3.4e38 read into a Single), or drop those rows.",
                    column.IsVector
                        ? $"data = ml.Data.FilterByCustomPredicate<Row>(data, r => r.{Words.Identifier(column.Name)}.Any(float.IsInfinity)); // class Row {{ public float[] {Words.Identifier(column.Name)}; }}"
                        : $"data = ml.Data.FilterRowsByColumn(data, {Words.Literal(column.Name)}, double.MinValue, double.PositiveInfinity);"),
            ],
            Mend = worst.InfiniteRows.Count > 0 && sick.Length == 1 && positive + negative == worst.InfiniteRows.Count
                ? new DropRowsMend(worst.InfiniteRows, "rows with infinite features")
                : null,
        };
    }
}
