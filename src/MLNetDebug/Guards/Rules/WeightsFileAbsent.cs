namespace MLNetDebug.Guards;

/// <summary>Pretrained weights that are not there yet are downloaded when training begins: nothing on a line, half a minute and an exception without one.</summary>
internal sealed class WeightsFileAbsent : Rule<TrainerSetup>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.WeightsFileAbsent, nameof(RuleIds.WeightsFileAbsent), "The file of pretrained weights is not there yet.", RuleCategory.Setup, Severity.Info, ProofKind.Fact);

    protected override void Judge(TrainerSetup measured, FindingSink sink)
    {
        if (measured.Weights is not { Exists: false } weights)
            return;
        sink.Report(new FindingDraft(
            new Subject(SubjectKind.File, Path.GetFileName(weights.Path)),
            $"{measured.Trainer} begins with pretrained weights, and '{Path.GetFileName(weights.Path)}' is not in the folder it looks in: it will be downloaded when training begins. Without a " +
            "network that fails after five tries, which can take more than a minute.")
        {
            Evidence = [new Evidence("weights files found", 0) { Threshold = 1, Unit = "files" }],
            Advice =
            [
                new Advice(
                    "For a machine without a network, bring the file from one that trained before, and set the folder before the trainer is made.",
                    "ml.TempFilePath = folder; // the file lies in folder/mlnet"),
            ],
            Values = [weights.Path],
        });
    }
}
