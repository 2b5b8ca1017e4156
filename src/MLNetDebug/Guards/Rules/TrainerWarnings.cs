using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>What a trainer warned of in <c>MLContext.Log</c>, which nobody reads: rows skipped, shuffling refused.</summary>
internal sealed class TrainerWarnings : Rule<FitRun>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.TrainerWarnings, nameof(RuleIds.TrainerWarnings), "The trainer warned of something in its log only.", RuleCategory.Setup, Severity.Info, ProofKind.Fact);

    protected override void Judge(FitRun measured, FindingSink sink)
    {
        foreach (var warning in measured.Warnings)
        {
            sink.Report(new FindingDraft(new Subject(SubjectKind.Run, measured.Trainer), $"{measured.Trainer} warned in MLContext.Log: '{warning.Trim()}'.{Meaning(warning)}")
            {
                Evidence = [new Evidence("warnings", measured.Warnings.Count) { Threshold = 0 }],
                Advice = Mend(warning),
            });
        }
    }

    private static string Meaning(string warning) =>
        warning.Contains("does not support shuffling", StringComparison.Ordinal) ? " Rows are read in the same order in every pass: harmless where they are mixed, not where they are sorted (MLD104)."
        : warning.Contains("Skipped", StringComparison.Ordinal) && warning.Contains("missing", StringComparison.Ordinal) ? " Nothing was learned from those rows (MLD123, MLD106)."
        : string.Empty;

    private static IReadOnlyList<Advice> Mend(string warning) =>
        warning.Contains("does not support shuffling", StringComparison.Ordinal) ? [new Advice("Cached rows can be shuffled.", ".AppendCacheCheckpoint(ml) // before the trainer")] : [];
}
