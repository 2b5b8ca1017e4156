namespace MLNetDebug.Data;

/// <summary>Counts rows without a label: NaN, key 0, empty text.</summary>
internal sealed class MissingLabel : Rule<DataProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.MissingLabel, nameof(RuleIds.MissingLabel), "Labels are missing.", RuleCategory.Data, Severity.Error, ProofKind.Fact)
    { Notes = [10] };

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        if (measured.Label is not { Missing: > 0 } label)
            return;
        var name = Words.Literal(label.Name);
        sink.Report(new FindingDraft(
            LabelFacts.Subject(label, label.MissingRows),
            $"{Words.Number(label.Missing)} of {Words.Count(label.Count, "row")} of the {measured.Name} {(label.Missing == 1 ? "has" : "have")} no label ('{label.Name}' is {What(label.Kind)}); " +
            $"first {Words.Rows(label.MissingRows)}. Trainers drop such rows, most of them without a word; in a network they make the loss NaN or its class index invalid.")
        {
            Evidence =
            [
                new Evidence("rows without a label", label.Missing) { Threshold = 0, Unit = "rows" },
                new Evidence("share of rows without a label", label.Count == 0 ? 0 : (double)label.Missing / label.Count) { Threshold = 0, Unit = "share" },
            ],
            Advice =
            [
                label.Kind == ColumnKind.Number
                    ? new Advice("Find where they were lost, or drop these rows.", $"data = ml.Data.FilterRowsByMissingValues(data, {name});")
                    : new Advice(
                        label.Kind == ColumnKind.Key
                            ? "Key 0 means that the value was missing or not in the key map: map labels with a MapValueToKey fitted on all of them, or drop these rows."
                            : "Find where they were lost, or drop these rows.",
                        $"data = ml.Data.FilterByCustomPredicate<Row>(data, r => {Predicate(label)}); // true drops the row"),
            ],
            Mend = new DropMissingMend(label.Name),
        });
    }

    private static string What(ColumnKind kind) => kind switch
    {
        ColumnKind.Key => "key 0",
        ColumnKind.Text => "empty",
        _ => "NaN",
    };

    private static string Predicate(LabelProfile label)
    {
        var member = Words.Identifier(label.Name);
        return label.Kind == ColumnKind.Key ? $"r.{member} == 0" : $"string.IsNullOrEmpty(r.{member})";
    }
}
