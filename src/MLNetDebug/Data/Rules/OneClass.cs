namespace MLNetDebug.Data;

/// <summary>Finds data with nothing to learn from: no rows, no labelled rows, or one label only.</summary>
internal sealed class OneClass : Rule<DataProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.OneClass, nameof(RuleIds.OneClass), "All labels are the same, or there are none.",
        RuleCategory.Data, Severity.Error, ProofKind.Fact)
    { Notes = [10] };

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        var (subject, message, evidence, advice) = Look(measured);
        if (message is null)
            return;
        if (!measured.IsComplete)
        {
            sink.NotChecked(subject, $"the pass ended early, after {Words.Count(measured.RowCount, "row")}; of these: {message}");
            return;
        }

        sink.Report(new FindingDraft(subject, message) { Evidence = [evidence!], Advice = [advice!] });
    }

    private static (Subject Subject, string? Message, Evidence? Evidence, Advice? Advice) Look(DataProfile data)
    {
        if (data.RowCount == 0)
        {
            return (
                new Subject(SubjectKind.DataSet, data.Name), $"The {data.Name} holds no rows: there is nothing to train on.",
                new Evidence("rows", 0) { Threshold = 1, Unit = "rows" },
                new Advice("Check the path, the filters and the split in front of the trainer.", "Console.WriteLine(data.Preview(5).RowView.Length);"));
        }

        if (data.Label is not { } label)
            return (new Subject(SubjectKind.DataSet, data.Name), null, null, null);
        var subject = LabelFacts.Subject(label);
        var labelled = LabelFacts.Labelled(label);
        if (labelled < 2)
        {
            return (
                subject,
                $"{(labelled == 0 ? "No row" : "One row only")} of {Words.Count(data.RowCount, "row")} of the {data.Name} has a usable label in '{label.Name}' " +
                $"({Words.Number(label.Missing)} missing, {Words.Number(label.Infinite)} infinite): there is nothing to learn.",
                new Evidence("labelled rows", labelled) { Threshold = 2, Unit = "rows" },
                new Advice("Check that the label column is read from the right place and that its key map or parser knows the values.", $"var labels = data.Preview(10).ColumnView.Single(c => c.Column.Name == {Words.Literal(label.Name)}).Values;"));
        }

        return Constant(label) is { } only
            ? (subject,
                $"All {Words.Number(labelled)} labels of the {data.Name} in '{label.Name}' are the same ({only}): there is nothing to learn" +
                (LabelFacts.IsClassification(data) ? ", and metrics such as AUC are not defined." : ", and R-squared is not defined."),
                new Evidence("distinct labels", 1) { Threshold = 2, Unit = "values" },
                new Advice("Check the filter or split that made this data; a sorted file cut in the middle gives one class.", "data = ml.Data.ShuffleRows(ml.Data.Cache(data), shufflePoolSize: rowCount); // before TrainTestSplit"))
            : (subject, null, null, null);
    }

    private static string? Constant(LabelProfile label) =>
        label.Classes.Count == 1 ? label.Classes[0].Text : null;
}
