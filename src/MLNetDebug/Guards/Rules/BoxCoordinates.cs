using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Images whose boxes do not have four coordinates per label: the trainer's own check is not in the released package, and it reads past the end.</summary>
internal sealed class BoxCoordinates : Rule<TrainerInput>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.BoxCoordinates, nameof(RuleIds.BoxCoordinates), "Images have other than four box coordinates per label.", RuleCategory.Data, Severity.Error, ProofKind.Fact)
    { Notes = [10] };

    protected override void Judge(TrainerInput measured, FindingSink sink)
    {
        if (measured.Boxes.Count == 0)
            return;
        sink.Report(new FindingDraft(
            Subject.Column(measured.Partner!) with { Rows = measured.Boxes.Rows },
            $"{Words.Number(measured.Boxes.Count)} of {Words.Count(measured.Rows, "image")} of the {measured.Name} {(measured.Boxes.Count == 1 ? "has" : "have")} other than four coordinates in " +
            $"'{measured.Partner}' per label in '{measured.Label}' (x0, y0, x1, y1); first {Words.Rows(measured.Boxes.Rows)}. {measured.Trainer} reads past the end there and throws IndexOutOfRangeException, or pairs boxes with the labels of others.")
        {
            Evidence = [new Evidence("images with unpaired boxes", measured.Boxes.Count) { Threshold = 0, Unit = "rows" }],
            Advice = [new Advice("Look at the rows named: a label was dropped without its box, or a box without its label.")],
            Mend = Mend(measured.Boxes, "images whose boxes and labels do not pair"),
        });
    }

    /// <summary>Dropping the rows, where all of them are known.</summary>
    internal static Mend? Mend(FaultyRows faulty, string what) => faulty.Count == faulty.Rows.Count ? new DropRowsMend(faulty.Rows, what) : null;
}
