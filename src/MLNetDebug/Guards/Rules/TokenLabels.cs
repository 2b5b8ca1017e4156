using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Sentences with fewer labels than words: the trainer looks for a label that is not there and throws in the middle of an epoch.</summary>
internal sealed class TokenLabels : Rule<TrainerInput>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.TokenLabels, nameof(RuleIds.TokenLabels), "Sentences have fewer labels than words.", RuleCategory.Data, Severity.Error, ProofKind.Fact)
    { Notes = [10] };

    protected override void Judge(TrainerInput measured, FindingSink sink)
    {
        if (measured.Words.Count == 0)
            return;
        sink.Report(new FindingDraft(
            new Subject(SubjectKind.Label, measured.Label!) { Rows = measured.Words.Rows },
            $"{Words.Number(measured.Words.Count)} of {Words.Count(measured.Rows, "sentence")} of the {measured.Name} {(measured.Words.Count == 1 ? "has" : "have")} fewer labels in '{measured.Label}' than words; " +
            $"first {Words.Rows(measured.Words.Rows)}. {measured.Trainer} throws ArgumentOutOfRangeException at such a row, in the middle of an epoch.")
        {
            Evidence = [new Evidence("sentences short of labels", measured.Words.Count) { Threshold = 0, Unit = "rows" }],
            Advice = [new Advice("Give every word a label, words that are no entity too; words are what white space parts.", "label.Length == sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length")],
            Mend = BoxCoordinates.Mend(measured.Words, "sentences short of labels"),
        });
    }
}
