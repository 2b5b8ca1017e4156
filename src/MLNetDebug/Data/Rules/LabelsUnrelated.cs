using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace MLNetDebug.Data;

/// <summary>Options of MLD107.</summary>
public sealed record LabelsUnrelatedOptions : RuleOptions
{
    /// <summary>
    /// Agreement of neighbours' labels beyond chance (kappa; for real targets a correlation) that must be ruled out, in (0, 1). Default 0.08.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double NeighbourFloor { get; init; } = 0.08;

    /// <summary>
    /// Share of a two-class or real-valued label's variance, explained by a linear model, that must be ruled out, in (0, 1). Default 0.008: an AUC of
    /// 0.55. With K classes it is multiplied by (K - 1)^0.85.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double LinearFloor { get; init; } = 0.008;

    /// <summary>At a permutation p-value up to this, either sign clears the labels. In (0, 0.05]. Default 0.0001.</summary>
    [Range(0.0, 0.05, MinimumIsExclusive = true)]
    public double ClearedAt { get; init; } = 0.0001;
}

/// <summary>
/// Says that labels have nothing to do with the features only where both signs, neighbours and a linear model, are no better than permuted labels
/// and even a weak relation can be ruled out; where it cannot, says how many rows would tell.
/// </summary>
internal sealed class LabelsUnrelated(LabelsUnrelatedOptions? options = null) : Rule<LabelModel>
{
    /// <summary>Without significance at this level, data that cannot be ruled out is called undecided.</summary>
    private const double Related = 0.01;

    /// <summary>A relation must be ruled out at this level even where the report makes few tests: an accusation of healthy data is worse than silence.</summary>
    private const double RuledOut = 0.001;

    private readonly LabelsUnrelatedOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LabelsUnrelated, nameof(RuleIds.LabelsUnrelated), "Labels have nothing to do with the features.",
        RuleCategory.Data, Severity.Warning, ProofKind.Experiment)
    { Notes = [10], SymptomOf = [RuleIds.LabelsShifted] };

    public override RuleOptions Options => _options;

    protected override void Judge(LabelModel measured, FindingSink sink)
    {
        var subject = new Subject(SubjectKind.Label, measured.Label);
        var (near, linear) = (measured.Agreement.Neighbours, measured.Agreement.Linear);
        var nearFloor = _options.NeighbourFloor * (measured.ClassCount > 0 ? 1 - near.Expected : 1);
        var linearFloor = Math.Min(0.5, _options.LinearFloor * Math.Pow(Math.Max(1, measured.ClassCount - 1), 0.85));

        // Both must be ruled out, so the larger p-value counts (intersection-union test).
        var p = Math.Max(near.BelowPValue(nearFloor), linear.BelowPValue(linearFloor));
        var chance = Math.Min(near.UpperPValue, linear.UpperPValue);
        var test = sink.Test(subject, p, effect: chance, floor: _options.ClearedAt);
        sink.AfterTests(() =>
        {
            if (test.IsFound && p <= RuledOut)
                sink.Report(Draft(measured, subject, nearFloor, linearFloor, chance));
            else if (chance > Related)
                sink.NotChecked(subject, "whether labels have to do with the features at all: these rows show no relation, but too few to rule out a weak one", RowsNeeded(measured, nearFloor, linearFloor));
        });
    }

    private static FindingDraft Draft(LabelModel model, Subject subject, double nearFloor, double linearFloor, double chance)
    {
        var (near, linear) = (model.Agreement.Neighbours, model.Agreement.Linear);
        var neighbours = model.ClassCount > 0
            ? $"a row's {LabelModeler.Neighbours} nearest neighbours carry its label in {Words.Percent(near.Value)} of cases, permuted labels give {Words.Percent(near.Expected)}"
            : $"the rank correlation of a row's target with its {LabelModeler.Neighbours} nearest neighbours' is {Words.Number(near.Value)}, permuted targets give {Words.Number(near.Expected)}";
        return new FindingDraft(
            subject,
            $"The labels in '{model.Label}' have nothing to do with the {Words.Count(model.FeatureCount, "feature column")} on {Words.Count(model.Rows, "row")}: {neighbours}; " +
            $"a linear model explains {Words.Percent(Math.Max(0, linear.Excess))} of the label beyond chance (permutations reach what was seen with p = {Words.Number(chance)}). " +
            "A network would still drive its training loss to 0 on them, and know nothing.")
        {
            Evidence =
            [
                new Evidence("neighbour agreement beyond chance", near.Excess) { Threshold = nearFloor, Unit = model.ClassCount > 0 ? "share" : "correlation" },
                new Evidence("explained variance beyond chance", linear.Excess) { Threshold = linearFloor, Unit = "share" },
                new Evidence("p against permuted labels", chance),
                new Evidence("rows", model.Rows) { Unit = "rows" },
            ],
            Advice =
            [
                new Advice(
                    "Check how features and labels were paired: a join on the wrong key, two files shuffled apart, or a label column that is not the one meant. Join by a key again, never by row number.",
                    string.Create(CultureInfo.InvariantCulture, $"var paired = features.Join(labels, f => f.Id, l => l.Id, (f, l) => new {{ f.Features, l.{Words.Identifier(model.Label)} }});")),
            ],
            Proof = new Proof(
                ProofKind.Experiment,
                $"Agreement of neighbours and of a ridge regression with the labels, against the exact mean and variance over all permutations of the labels, on {Words.Count(model.Rows, "row")}; even {Words.Number(nearFloor)} and {Words.Number(linearFloor)} beyond chance are ruled out."),
        };
    }

    /// <summary>Rows at which labels that mean nothing would be told from a relation at the floors.</summary>
    private static long RowsNeeded(LabelModel model, double nearFloor, double linearFloor)
    {
        const double level = 2e-4;
        var (near, linear) = (model.Agreement.Neighbours, model.Agreement.Linear);
        double times = 1.1;
        for (; times < 1e6; times *= 1.1)
        {
            // The spread of the first shrinks with the root of the rows, that of the second with the rows.
            var nearThen = near with { Value = near.Expected, Deviation = near.Deviation / Math.Sqrt(times) };
            var linearThen = linear with { Value = linear.Expected, Deviation = linear.Deviation / times };
            if (Math.Max(nearThen.BelowPValue(nearFloor), linearThen.BelowPValue(linearFloor)) <= level)
                break;
        }

        return (long)Math.Ceiling(model.Rows * times / 100) * 100;
    }
}
