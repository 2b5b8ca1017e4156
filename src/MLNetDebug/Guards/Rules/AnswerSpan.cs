using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Answers that do not stand in their context where the index says: the trainer learns another span, or skips the row without a word.</summary>
internal sealed class AnswerSpan : Rule<TrainerInput>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.AnswerSpan, nameof(RuleIds.AnswerSpan), "Answers do not stand where their index says.", RuleCategory.Data, Severity.Warning, ProofKind.Fact)
    { Notes = [10] };

    protected override void Judge(TrainerInput measured, FindingSink sink)
    {
        if (measured.Spans.Count == 0)
            return;
        var all = measured.Spans.Count == measured.Rows;
        sink.Report(new FindingDraft(
            Subject.Column(measured.Partner!) with { Rows = measured.Spans.Rows },
            $"{(all ? "All" : $"{Words.Number(measured.Spans.Count)} of")} {Words.Count(measured.Rows, "row")} of the {measured.Name} {(measured.Spans.Count == 1 ? "has" : "have")} an answer in '{measured.Partner}' that does not stand in the context at " +
            $"the index in '{measured.Label}'; first {Words.Rows(measured.Spans.Rows)}. {measured.Trainer} learns whatever stands there, and skips without a word a row whose index lies outside" +
            $"{(all ? ": nothing right can be learned" : string.Empty)}.")
        {
            Severity = all ? Severity.Error : null,
            Evidence = [new Evidence("answers out of place", measured.Spans.Count) { Threshold = 0, Unit = "rows" }],
            Advice = [new Advice("Find the answer again: the index counts UTF-16 characters of the context from 0.", $"answerIndex = context.IndexOf(answer, StringComparison.Ordinal);")],
            Mend = all ? null : BoxCoordinates.Mend(measured.Spans, "rows whose answer is not where its index says"),
        });
    }
}
