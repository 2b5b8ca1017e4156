using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Texts of no word, and texts that are cut: both are trained on without a word.</summary>
internal sealed class TextLength : Rule<TrainerInput>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.TextLength, nameof(RuleIds.TextLength), "Texts are empty or longer than the network reads.", RuleCategory.Data, Severity.Info, ProofKind.Fact);

    protected override void Judge(TrainerInput measured, FindingSink sink)
    {
        if (measured.Texts.Count == 0 || measured.Empty.Count + measured.Cut.Count == 0)
            return;
        var parts = new List<string>();
        if (measured.Empty.Count > 0)
            parts.Add($"{Words.Number(measured.Empty.Count)} of {Words.Count(measured.Rows, "row")} {(measured.Empty.Count == 1 ? "holds" : "hold")} a text without a word, {Words.Rows(measured.Empty.Rows)}");
        if (measured.Cut.Count > 0)
            parts.Add($"{Words.Number(measured.Cut.Count)} {(measured.Cut.Count == 1 ? "has" : "have")} {ClosedRowsTap.MaxTokens} words or more and {(measured.Cut.Count == 1 ? "is" : "are")} cut after {ClosedRowsTap.MaxTokens} tokens, {Words.Rows(measured.Cut.Rows)}");
        sink.Report(new FindingDraft(
            Subject.Column(measured.Texts[0]) with { Rows = measured.Empty.Count > 0 ? measured.Empty.Rows : measured.Cut.Rows },
            $"Of the {measured.Name}, {string.Join("; ", parts)}. {measured.Trainer} trains on them as they are and says nothing.")
        {
            Evidence =
            [
                new Evidence("rows with an empty text", measured.Empty.Count) { Threshold = 0, Unit = "rows" },
                new Evidence("rows that are cut", measured.Cut.Count) { Threshold = 0, Unit = "rows" },
            ],
            Advice = [new Advice("Drop empty rows; of long texts, keep the part that carries the label, or split them into rows.")],
        });
    }
}
