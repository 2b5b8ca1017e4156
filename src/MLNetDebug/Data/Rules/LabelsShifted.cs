using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MathNet.Numerics;

namespace MLNetDebug.Data;

/// <summary>Options of MLD121.</summary>
public sealed record LabelsShiftedOptions : RuleOptions
{
    /// <summary>Neighbour agreement beyond chance that the other row's label must reach (kappa; for real targets a correlation), in (0, 1). Default 0.05.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double NeighbourFloor { get; init; } = 0.05;

    /// <summary>Share of the label's variance that a linear model of the other row's label must explain beyond chance, in (0, 1). Default 0.01.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double LinearFloor { get; init; } = 0.01;

    /// <summary>
    /// Lag-1 dependence of the labels in row order from which the question is not answered, in (0, 1]: where neighbouring rows carry like labels,
    /// every offset fits. Default 0.1.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double MaxLag1 { get; init; } = 0.1;
}

/// <summary>Finds labels that fit the features of another row, k rows off, better than those of their own.</summary>
internal sealed class LabelsShifted(LabelsShiftedOptions? options = null) : Rule<LabelModel>
{
    /// <summary>Dependence in row order counts only where it is no accident.</summary>
    private const double OrderLevel = 0.001;

    private readonly LabelsShiftedOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LabelsShifted, nameof(RuleIds.LabelsShifted), "Labels are aligned with the features of another row.",
        RuleCategory.Data, Severity.Warning, ProofKind.Experiment)
    { Notes = [10] };

    public override RuleOptions Options => _options;

    protected override void Judge(LabelModel measured, FindingSink sink)
    {
        var subject = new Subject(SubjectKind.Label, measured.Label);
        if (Unanswerable(measured) is { } reason)
        {
            sink.NotChecked(subject, $"whether labels are shifted against their rows: {reason}");
            return;
        }

        (OffsetAgreement Offset, Hypothesis Test)[] tests =
        [
            .. measured.Offsets.Select(o =>
            {
                var best = Best(measured, o.Agreement);
                return (o, sink.Test(subject, Math.Min(1, 2 * best.P), best.Effect, best.Floor));
            }),
        ];
        sink.AfterTests(() =>
        {
            var found = tests.Where(t => t.Test.IsFound).OrderByDescending(t => t.Offset.Agreement.Neighbours.Z + t.Offset.Agreement.Linear.Z).ToArray();
            if (found.Length > 0)
                sink.Report(Draft(measured, subject, found[0].Offset, found[0].Test));
        });
    }

    private string? Unanswerable(LabelModel model) =>
        model.OffsetsNotMeasured is { } reason ? reason
        : model.ExpectOrdered ? "the order of the rows is declared as meant"
        : model.Order is { } order && order.Lag1P < OrderLevel && Math.Abs(order.Lag1) > _options.MaxLag1 ? "the order of the rows carries the label"
        : null;

    /// <summary>The clearer of the two signs: beyond chance at this offset, and beyond the agreement of the labels where they stand.</summary>
    private (double P, double Effect, double Floor) Best(LabelModel model, LabelAgreement there)
    {
        var (near, linear) = (there.Neighbours, there.Linear);
        var nearP = Math.Max(near.UpperPValue, Better(near, model.Agreement.Neighbours));
        var linearP = Math.Max(linear.UpperPValue, Better(linear, model.Agreement.Linear));
        var kappa = model.ClassCount > 0 ? near.Excess / Math.Max(1e-9, 1 - near.Expected) : near.Excess;
        return nearP <= linearP ? (nearP, kappa, _options.NeighbourFloor) : (linearP, linear.Excess, _options.LinearFloor);
    }

    private static double Better(PermutationStatistic there, PermutationStatistic here)
    {
        var deviation = Math.Sqrt(there.Deviation * there.Deviation + here.Deviation * here.Deviation);
        return deviation <= 0 ? 1 : SpecialFunctions.Erfc((there.Excess - here.Excess) / deviation / Math.Sqrt(2)) / 2;
    }

    private static FindingDraft Draft(LabelModel model, Subject subject, OffsetAgreement there, Hypothesis test)
    {
        var k = there.Offset;
        var here = model.Agreement;
        var rows = Words.Count(Math.Abs(k), "row");
        var share = model.ClassCount > 0
            ? $"a row's {LabelModeler.Neighbours} nearest neighbours agree on the label {Signed(k)} in {Words.Percent(there.Agreement.Neighbours.Value)} of cases, on the row's own in {Words.Percent(here.Neighbours.Value)} (chance {Words.Percent(here.Neighbours.Expected)})"
            : $"neighbours' targets {Signed(k)} correlate at {Words.Number(there.Agreement.Neighbours.Value)}, the rows' own at {Words.Number(here.Neighbours.Value)}";
        var mend = new RealignLabelsMend(model.Label, k);
        var all = model.Offsets.Append(new OffsetAgreement(0, here)).OrderBy(o => o.Offset).ToArray();
        return new FindingDraft(
            subject,
            $"The labels in '{model.Label}' stand {rows} too {(k > 0 ? "late" : "early")}: the features of a row fit the label {Signed(k)}, not its own. On {Words.Count(model.Rows, "row")}, {share}; " +
            $"a linear model explains {Words.Percent(Math.Max(0, there.Agreement.Linear.Excess))} there and {Words.Percent(Math.Max(0, here.Linear.Excess))} here beyond chance.")
        {
            Evidence =
            [
                new Evidence("offset of the labels", k) { Unit = "rows" },
                new Evidence("neighbour agreement at that offset", there.Agreement.Neighbours.Value) { Unit = model.ClassCount > 0 ? "share" : "correlation" },
                new Evidence("neighbour agreement where they stand", here.Neighbours.Value) { Unit = model.ClassCount > 0 ? "share" : "correlation" },
                new Evidence("explained variance at that offset", there.Agreement.Linear.Excess) { Unit = "share" },
                new Evidence("explained variance where they stand", here.Linear.Excess) { Unit = "share" },
                new Evidence("effect", test.Effect) { Threshold = test.Floor },
                new Evidence("adjusted p", test.AdjustedPValue) { Threshold = test.Alpha },
            ],
            Advice =
            [
                new Advice(
                    $"Pair each row with the label {Signed(k)}, and mend the join that lost a row; a header read as data or a skipped line on one side only is the usual cause.",
                    k > 0
                        ? string.Create(CultureInfo.InvariantCulture, $"var paired = features.Zip(labels.Skip({k}), (f, l) => new {{ f.Features, l.{Words.Identifier(model.Label)} }});")
                        : string.Create(CultureInfo.InvariantCulture, $"var paired = features.Skip({-k}).Zip(labels, (f, l) => new {{ f.Features, l.{Words.Identifier(model.Label)} }});")),
            ],
            Proof = new Proof(
                ProofKind.Experiment,
                $"Neighbours and linear model fixed, labels read at offsets -{LabelModeler.MaxOffset} to {LabelModeler.MaxOffset}; offset {k} beats offset 0 and permuted labels, adjusted p {Words.PValue(test.AdjustedPValue)}."),
            Figures = [new Figure("line", ["offset in rows", "neighbour agreement"], [[.. all.Select(o => (double)o.Offset)], [.. all.Select(o => o.Agreement.Neighbours.Value)]])],
            Mend = mend,
        };
    }

    private static string Signed(int k) => $"{Words.Count(Math.Abs(k), "row")} {(k > 0 ? "further on" : "before")}";
}
