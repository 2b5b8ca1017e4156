namespace MLNetDebug.Data;

/// <summary>Holds the label's type and values against what the task, and the trainer where it is known, takes.</summary>
internal sealed class LabelType : Rule<DataProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LabelType, nameof(RuleIds.LabelType), "The label does not fit the task.", RuleCategory.Data, Severity.Error, ProofKind.Fact)
    { Notes = [10] };

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        if (measured.Label is not { Count: > 0 } label)
            return;
        if (label.Infinite > 0)
            sink.Report(Infinite(measured, label));
        if (measured.Declaration.Task == LearningTask.Unknown)
            return;
        if (Values(measured, label) is { } values)
            sink.Report(values);
        else if (measured.Declaration.Trainer is { NeedsKeyValues: true } trainer && label is { Kind: ColumnKind.Key, HasKeyValues: false })
            sink.Report(WithoutKeyValues(trainer, label));
        else if (!LabelTypes.Takes(measured.Declaration.Task, label))
            sink.Report(Type(measured, label));
    }

    private static FindingDraft Infinite(DataProfile data, LabelProfile label) => new(
        LabelFacts.Subject(label, label.InfiniteRows),
        $"{Words.Count(label.Infinite, "label")} of the {data.Name} in '{label.Name}' {(label.Infinite == 1 ? "is" : "are")} infinite, of {Words.Count(label.Count, "row")}; " +
        $"first {Words.Rows(label.InfiniteRows)}. One such row makes a loss, and then every weight, infinite or NaN.")
    {
        Evidence = [new Evidence("infinite labels", label.Infinite) { Threshold = 0, Unit = "rows" }],
        Advice = [new Advice("Find the division by zero, the log of zero or the number beyond Single's range that made them, or drop the rows.", $"data = ml.Data.FilterRowsByColumn(data, {Words.Literal(label.Name)}, double.MinValue, double.PositiveInfinity); // drops infinite and missing ones")],
        Mend = label.Infinite <= label.InfiniteRows.Count ? new DropRowsMend(label.InfiniteRows, label.Infinite == 1 ? "row with an infinite label" : "rows with an infinite label") : null,
    };

    /// <summary>Values no label of the task can have, whatever type they come in.</summary>
    private static FindingDraft? Values(DataProfile data, LabelProfile label)
    {
        var name = Words.Literal(label.Name);
        var task = data.Declaration.Task;
        if (task == LearningTask.BinaryClassification && label.Kind != ColumnKind.Boolean && (label.Classes.Count > 2 || label.TooManyClasses))
        {
            return Draft(
                label, Severity.Error,
                $"Binary classification was declared, but '{label.Name}' ({label.TypeText}) of the {data.Name} holds {Distinct(label)} different values{Examples(label)}.",
                new Evidence("distinct labels", DistinctCount(label)) { Threshold = 2, Unit = "values" },
                new Advice("Declare multiclass classification, or say which value is the positive class.", $"pipeline.Append(ml.Transforms.CustomMapping<Row, Positive>((r, p) => p.IsPositive = r.{Words.Identifier(label.Name)} == {Positive(label)}, null))"));
        }

        if (task == LearningTask.BinaryClassification && label.Kind == ColumnKind.Number && label.Negative > 0)
        {
            return Draft(
                label, LabelFacts.HasKnownTrainer(data) ? Severity.Error : Severity.Warning,
                $"The classes of '{label.Name}' in the {data.Name} are {Words.Names([.. label.Classes.Select(c => c.Text)])}. Binary trainers take Boolean, and ConvertType makes true of every number but 0: {Words.Count(label.Negative, "negative label")} would turn positive.",
                new Evidence("negative labels", label.Negative) { Threshold = 0, Unit = "rows" },
                new Advice("Compare with 0 instead of converting.", $"pipeline.Append(ml.Transforms.Expression(\"IsPositive\", \"x => x > 0f\", {name}))"));
        }

        if (task == LearningTask.MulticlassClassification && label.Kind == ColumnKind.Number && LooksReal(label))
        {
            return Draft(
                label, LabelFacts.HasKnownTrainer(data) ? Severity.Error : Severity.Warning,
                $"Multiclass classification was declared, but '{label.Name}' ({label.TypeText}) of the {data.Name} holds real numbers: {Distinct(label)} different values in {Words.Number(LabelFacts.Labelled(label))} labels, {Words.Number(label.NonInteger)} of them not whole.",
                new Evidence("labels that are not whole numbers", label.NonInteger) { Threshold = 0, Unit = "rows" },
                new Advice("Declare regression, or bin the numbers into classes.", $"pipeline.Append(ml.Transforms.NormalizeBinning({name}, maximumBinCount: 5)).Append(ml.Transforms.Conversion.MapValueToKey({name}))"));
        }

        return task == LearningTask.Ranking && label.Kind == ColumnKind.Number && (label.Negative > 0 || label.NonInteger > 0)
            ? Draft(
                label, Severity.Error,
                $"Ranking takes grades 0, 1, 2, ...; '{label.Name}' of the {data.Name} holds {Words.Count(label.Negative, "negative label")} and {Words.Count(label.NonInteger, "label")} that {(label.NonInteger == 1 ? "is" : "are")} not whole.",
                new Evidence("labels that are no grade", label.Negative + label.NonInteger) { Threshold = 0, Unit = "rows" },
                new Advice("Turn relevance into grades.", $"pipeline.Append(ml.Transforms.NormalizeBinning({name}, maximumBinCount: 5)).Append(ml.Transforms.Conversion.MapValueToKey({name}, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue))"))
            : null;
    }

    /// <summary>A type that needs a conversion: an error where it stands right before a trainer, else a hint.</summary>
    private static FindingDraft Type(DataProfile data, LabelProfile label)
    {
        var task = data.Declaration.Task;
        var known = LabelFacts.HasKnownTrainer(data);
        var hopeless = label.Kind is ColumnKind.Text or ColumnKind.Key or ColumnKind.Boolean or ColumnKind.Time
            && task is LearningTask.Regression or LearningTask.Ranking;
        return Draft(
            label, known ? Severity.Error : hopeless ? Severity.Warning : Severity.Info,
            known
                ? $"{data.Declaration.Trainer!.Name} takes a label of type {LabelTypes.Expected(task)} for {LabelFacts.Name(task)}; '{label.Name}' is {label.TypeText}, and Fit will throw."
                : $"ML.NET's trainers take a label of type {LabelTypes.Expected(task)} for {LabelFacts.Name(task)}; '{label.Name}' is {label.TypeText} and must be converted before the trainer.",
            new Evidence("labels of another type", label.Count) { Threshold = 0, Unit = "rows" },
            LabelTypes.Conversion(task, label));
    }

    private static FindingDraft WithoutKeyValues(TrainerTraits trainer, LabelProfile label) => Draft(
        label, Severity.Error,
        $"The keys of '{label.Name}' ({label.TypeText}) carry no values, as keys read from a file with KeyType do not. {trainer.Name} needs them to name what it predicts, and Fit will throw, of some trainers only once they have trained.",
        new Evidence("labels without a name", label.Count) { Threshold = 0, Unit = "rows" },
        new Advice("Read the label as text and map it to keys.", $"pipeline.Append(ml.Transforms.Conversion.MapValueToKey({Words.Literal(label.Name)}))"));

    private static FindingDraft Draft(LabelProfile label, Severity severity, string message, Evidence evidence, Advice advice) =>
        new(LabelFacts.Subject(label), message) { Severity = severity, Evidence = [evidence], Advice = [advice] };

    /// <summary>More values than classes would have: not whole, and hardly any of them stands twice.</summary>
    private static bool LooksReal(LabelProfile label) =>
        label.NonInteger > 0 && (label.TooManyClasses || label.Classes.Count * 2L > LabelFacts.Labelled(label));

    private static string Distinct(LabelProfile label) => label.TooManyClasses ? $"more than {Words.Number(LabelProfile.MaxClasses)}" : Words.Number(label.Classes.Count);

    private static long DistinctCount(LabelProfile label) => label.TooManyClasses ? LabelProfile.MaxClasses + 1 : label.Classes.Count;

    private static string Examples(LabelProfile label) =>
        label.Classes.Count > 0 ? $": {Words.Names([.. label.Classes.Select(c => c.Text)])}" : string.Empty;

    private static string Positive(LabelProfile label) =>
        label.Classes.Count == 0 ? "1" : label.Kind == ColumnKind.Text ? Words.Literal(label.Classes[^1].Text) : Words.Number((long)label.Classes[^1].Value);
}
