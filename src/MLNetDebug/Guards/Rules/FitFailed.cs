using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Says what a trainer's exception means, where it is one of those whose cause is known.</summary>
internal sealed class FitFailed : Rule<FitRun>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.FitFailed, nameof(RuleIds.FitFailed), "The trainer threw, and the cause is known.", RuleCategory.Gradients, Severity.Error, ProofKind.Fact);

    protected override void Judge(FitRun measured, FindingSink sink)
    {
        if (measured.Failure is not { } failure)
            return;
        if (failure.Cause is null)
        {
            sink.NotChecked(failure.Subject, $"why {measured.Trainer} threw: '{failure.Message.ReplaceLineEndings(" ")}' is no exception whose cause is known");
            return;
        }

        sink.Report(new FindingDraft(failure.Subject, $"{failure.Cause} {measured.Trainer} itself says: '{failure.Message.ReplaceLineEndings(" ")}'.")
        {
            Evidence = failure.Evidence,
            Advice = failure.Advice,
            Mend = failure.Mend,
        });
    }
}
