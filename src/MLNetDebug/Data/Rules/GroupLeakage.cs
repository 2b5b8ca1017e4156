using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD122.</summary>
public sealed record GroupLeakageOptions : RuleOptions
{
    /// <summary>Share of hold-out rows whose group was trained on from which it is warned of, in [0, 1]; below it Info. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double ShareFloor { get; init; }
}

/// <summary>Counts hold-out rows whose declared group (user, patient, query) was trained on.</summary>
internal sealed class GroupLeakage(GroupLeakageOptions? options = null) : Rule<SplitComparison>
{
    private readonly GroupLeakageOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.GroupLeakage, nameof(RuleIds.GroupLeakage), "Groups stand on both sides of a split.",
        RuleCategory.Data, Severity.Warning, ProofKind.Fact)
    { Notes = [19] };

    public override RuleOptions Options => _options;

    protected override void Judge(SplitComparison measured, FindingSink sink)
    {
        if (measured.Groups is not { } groups)
        {
            if (measured.Declaration.Group is { } declared)
                sink.NotChecked(Subject.Column(declared), "the group column was not read on both sides, or its type differs");
            return;
        }

        if (!groups.IsExact && groups.SharedGroups == 0)
            sink.NotChecked(Subject.Column(groups.Name), "only sampled rows were compared: groups of few rows may still stand on both sides");
        if (groups.SharedGroups == 0)
            return;
        var least = groups.IsExact ? string.Empty : "At least ";
        sink.Report(new FindingDraft(
            Subject.Column(groups.Name),
            $"{least}{Words.Number(groups.SharedGroups)} of {Words.Count(groups.TestGroups, "group")} of the {measured.TestName} stand in the {measured.TrainName} too, by '{groups.Name}': " +
            $"{Words.Percent(groups.Share)} of its rows belong to a group the model was trained on.")
        {
            Severity = groups.Share > _options.ShareFloor ? Severity.Warning : Severity.Info,
            Evidence =
            [
                new Evidence("hold-out rows of a trained group", groups.Share) { Threshold = _options.ShareFloor },
                new Evidence("shared groups", groups.SharedGroups) { Threshold = 0, Unit = "groups" },
            ],
            Advice =
            [
                new Advice(
                    "Split by group, so that each group stands on one side.",
                    $"var split = ml.Data.TrainTestSplit(allRows, testFraction: 0.2, samplingKeyColumnName: {Words.Literal(groups.Name)});"),
            ],
            Mend = new SplitMend(SplitKind.Group, groups.Name, (double)measured.TestRows / (measured.TrainRows + measured.TestRows)) { Features = measured.Declaration.Features },
        });
    }
}
