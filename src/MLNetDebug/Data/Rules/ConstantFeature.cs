namespace MLNetDebug.Data;

/// <summary>Names features that hold one value only: they tell a trainer nothing.</summary>
internal sealed class ConstantFeature : Rule<DataProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.ConstantFeature, nameof(RuleIds.ConstantFeature), "A feature has one value only.",
        RuleCategory.Data, Severity.Info, ProofKind.Fact)
    { Notes = [5] };

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        if (measured.RowCount < 2)
        {
            sink.NotChecked(new Subject(SubjectKind.DataSet, measured.Name), "one row cannot show whether a feature varies", 2);
            return;
        }

        foreach (var column in measured.FeatureColumns)
        {
            SlotProfile[] constant = [.. column.Slots.Where(s => IsConstant(column, s))];
            if (constant.Length > 0)
                sink.Report(Draft(measured, column, constant));
        }
    }

    private static bool IsConstant(ColumnProfile column, SlotProfile slot)
    {
        if (column.Kind == ColumnKind.Text)
            return slot.Missing == 0 && slot.Sketch is { IsExact: true, Distinct: 1 };

        // A category that these rows never hold is an ordinary one-hot slot, not a fault.
        return slot.Finite > 0 && slot.Finite == slot.Count && slot.Min == slot.Max && !(slot.Max == 0 && column.IsCategoricalSlot(slot.Index));
    }

    private static FindingDraft Draft(DataProfile data, ColumnProfile column, SlotProfile[] constant)
    {
        var first = constant[0];
        var what = constant.Length == 1
            ? $"{column.SubjectOf(first)} of the {data.Name} has one value only{Value(column, first)}"
            : $"{Words.Number(constant.Length)} of {Words.Count(column.Slots.Count, "slot")} of '{column.Name}' in the {data.Name} have one value only: " +
              Words.Names([.. constant.Select(s => column.SubjectOf(s).Display)]);
        Mend mend = column.IsVector ? new DropSlotsMend(column.Name, [.. constant.Select(s => s.Index)]) : new DropColumnsMend([column.Name]);
        return new FindingDraft(column.SubjectOf(first), $"{what} in {Words.Count(data.RowCount, "row")}; it tells a trainer nothing.")
        {
            Evidence = [new Evidence("constant slots", constant.Length) { Threshold = 0, Unit = "slots" }],
            Advice = [new Advice($"Drop the {(column.IsVector ? "slots" : "column")}, or find out why {(constant.Length == 1 ? "it never varies" : "they never vary")}.", mend.Code)],
            Mend = mend,
        };
    }

    private static string Value(ColumnProfile column, SlotProfile slot) =>
        column.Kind == ColumnKind.Text ? string.Empty : $", {Words.Number(slot.Min)},";
}
