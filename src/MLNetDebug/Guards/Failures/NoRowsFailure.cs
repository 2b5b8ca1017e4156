using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>A trainer that found no row it can use: none there, or each lacks a feature or its label.</summary>
internal static class NoRowsFailure
{
    public static FitFailure? Read(FailureContext context)
    {
        if (!context.Says("No valid training instances", "All instances skipped", "has 0 instances", "Empty training data", "Cannot use empty dataset", "too few examples") && !IsEmptyLightGbm(context))
            return null;
        var (subject, why) = Blame(context);
        return new FitFailure(context.Error.Message)
        {
            Cause = $"No row can be trained on: {why}.",
            Subject = subject,
            Evidence = context.Data is { } data ? [new Evidence("rows", data.RowCount) { Unit = "rows" }] : [],
            Advice =
            [
                subject.Kind == SubjectKind.Column
                    ? new Advice("Fill the missing values, or leave the column out.", $".Append(ml.Transforms.ReplaceMissingValues({Words.Literal(subject.Name)}, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))")
                    : new Advice("Check the path, the filters and the column that the label is read from.", "Console.WriteLine(data.Preview(5).RowView.Length);"),
            ],
        };
    }

    /// <summary>LightGbm's own check of its rows is a null argument.</summary>
    private static bool IsEmptyLightGbm(FailureContext context) =>
        context.Run.Trainer.StartsWith("LightGbm", StringComparison.Ordinal) && context.Error is ArgumentNullException { ParamName: "items" };

    private static (Subject Subject, string Why) Blame(FailureContext context)
    {
        if (context.Data is not { } data)
            return (context.Subject, "there is none, or each lacks a feature or its label; the data was not profiled");
        if (data.RowCount == 0)
            return (new Subject(SubjectKind.DataSet, data.Name), $"the {data.Name} holds none");
        foreach (var column in data.FeatureColumns.Where(c => c.Kind == ColumnKind.Number))
        {
            if (column.Slots.FirstOrDefault(s => s.Finite == 0) is { } slot)
                return (column.SubjectOf(slot), $"{column.SubjectOf(slot)} holds no finite value in {Words.Count(data.RowCount, "row")}, and a row that lacks one feature is skipped");
        }

        if (data.Label is { } label && LabelFacts.Labelled(label) == 0)
            return (LabelFacts.Subject(label, label.MissingRows), $"none of {Words.Count(data.RowCount, "row")} has a label in '{label.Name}'");
        var missing = data.FeatureColumns.SelectMany(c => c.Slots.Select(s => (Column: c, Slot: s))).OrderByDescending(s => s.Slot.Missing).FirstOrDefault();
        return missing.Slot is { Missing: > 0 }
            ? (missing.Column.SubjectOf(missing.Slot), $"{missing.Column.SubjectOf(missing.Slot)} is missing in {Words.Number(missing.Slot.Missing)} of {Words.Count(data.RowCount, "row")}, and other columns in the rest")
            : (new Subject(SubjectKind.DataSet, data.Name), $"{Words.Count(data.RowCount, "row")} are too few, or too much alike, for this trainer");
    }
}
