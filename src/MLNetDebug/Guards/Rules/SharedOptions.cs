using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>One trainer object fitted for another number of classes: the earlier model shares its options with it, and scoring that model throws from then on.</summary>
internal sealed class SharedOptions : Rule<TrainerSetup>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.SharedOptions, nameof(RuleIds.SharedOptions), "Fitting the trainer again breaks its earlier model.", RuleCategory.Setup, Severity.Warning, ProofKind.Fact);

    protected override void Judge(TrainerSetup measured, FindingSink sink)
    {
        if (measured.EarlierClasses is not { } earlier || measured.Classes is not { } now || earlier == now)
            return;
        sink.Report(new FindingDraft(
            new Subject(SubjectKind.Trainer, measured.Trainer),
            $"This {measured.Trainer} object was fitted for {Words.Number((long)earlier)} classes before and is fitted for {Words.Number((long)now)} now. Its models share its options: scoring the earlier one will throw " +
            $"'Expected {Words.Number((long)now)} values in 'Count' column, but got {Words.Number((long)earlier)}' or the like.")
        {
            Evidence = [new Evidence("classes", now) { Threshold = earlier, Unit = "classes" }],
            Advice = [new Advice("Make a trainer object for each fit, also in cross-validation where a fold may lack a class.", "ml.MulticlassClassification.Trainers.TextClassification(...) // anew for each Fit")],
        });
    }
}
