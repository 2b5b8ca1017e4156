using MathNet.Numerics.Distributions;

namespace MLNetDebug.Data;

/// <summary>
/// Tests whether the order of rows carries the label or the features: two tests of the label, six of each sampled slot, all in the
/// report's family. Label order is a warning, drifting features alone are advice.
/// </summary>
internal sealed class UnshuffledRows(UnshuffledRowsOptions? options = null) : Rule<DataProfile>
{
    private readonly UnshuffledRowsOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.UnshuffledRows, nameof(RuleIds.UnshuffledRows), "Rows are not shuffled.", RuleCategory.Data, Severity.Warning, ProofKind.Statistical)
    { Notes = [6], SymptomOf = [RuleIds.OneClass] };

    public override RuleOptions Options => _options;

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        if (measured.Declaration.ExpectOrdered || measured.RowCount < 2)
            return;
        if (measured.Declaration.Task == LearningTask.Ranking)
        {
            sink.NotChecked(new Subject(SubjectKind.DataSet, measured.Name), "rows of one query stand together by design, so the order of rows is no fault");
            return;
        }

        var label = LabelTests(measured, sink);
        var slots = SlotTests(measured, sink);
        sink.AfterTests(() => Conclude(measured, label, slots, sink));
    }

    private List<Hypothesis> LabelTests(DataProfile data, FindingSink sink)
    {
        if (data.Label is not { Order: { } order } label)
            return [];
        var subject = LabelFacts.Subject(label);
        if (order.IsClassification && label.TooManyClasses)
        {
            sink.NotChecked(subject, $"the order of more than {Words.Number(LabelProfile.MaxClasses)} classes is not followed");
            return [];
        }

        return
        [
            sink.Test(subject, order.Lag1P, order.Lag1, _options.Floor, alpha => Resolution(order, alpha)),
            sink.Test(subject, order.BlockP, order.BlockEffect, _options.Floor),
        ];
    }

    private List<(Subject Subject, Hypothesis[] Tests)> SlotTests(DataProfile data, FindingSink sink)
    {
        var slots = new List<(Subject, Hypothesis[])>();
        foreach (var column in data.FeatureColumns)
        {
            foreach (var slot in column.Slots)
            {
                if (slot.Sketch?.Order is not { } order)
                    continue;
                var subject = column.SubjectOf(slot);
                Hypothesis Test(double p, double effect) => sink.Test(subject, p, double.IsNaN(effect) ? 0 : Math.Abs(effect), _options.Floor);
                slots.Add((subject,
                [
                    Test(order.RankLag1P, order.RankLag1), Test(order.SpearmanP, order.Spearman), Test(order.BlockP, Math.Sqrt(order.BlockEffect)),
                    Test(order.SpreadLag1P, order.SpreadLag1), Test(order.SpreadSpearmanP, order.SpreadSpearman), Test(order.SpreadBlockP, Math.Sqrt(order.SpreadBlockEffect)),
                ]));
            }
        }

        return slots;
    }

    private void Conclude(DataProfile data, List<Hypothesis> label, List<(Subject Subject, Hypothesis[] Tests)> slots, FindingSink sink)
    {
        (Subject Subject, double Effect)[] drifting =
        [
            .. slots.Where(s => s.Tests.Any(t => t.IsFound))
                .Select(s => (s.Subject, Effect: s.Tests.Where(t => t.IsFound).Max(t => t.Effect)))
                .OrderByDescending(s => s.Effect),
        ];
        if (label.Any(t => t.IsFound))
        {
            var p = label.Min(t => t.AdjustedPValue);
            sink.Report(OrderWords.OfLabel(data, SeverityOf(data, p), p, drifting, slots.Count, _options));
            return;
        }

        if (drifting.Length > 0)
        {
            var p = slots.SelectMany(s => s.Tests).Where(t => t.IsFound).Min(t => t.AdjustedPValue);
            sink.Report(OrderWords.OfFeatures(data, p, drifting, slots.Count, label.Count > 0, _options));
        }

        if (label.Count > 0 && label[0].Resolution > _options.WarnLag)
        {
            var needed = data.Label!.Order!.Rows * Math.Pow(label[0].Resolution / _options.WarnLag, 2);
            sink.NotChecked(
                label[0].Subject,
                $"whether neighbouring labels depend on each other by less than {Words.Number(label[0].Resolution)}: so few rows show a greater dependence only",
                (long)Math.Ceiling(needed));
        }
    }

    /// <summary>Trees and L-BFGS read all rows before each step, and some trainers shuffle them: their order changes nothing.</summary>
    private Severity SeverityOf(DataProfile data, double adjusted)
    {
        if (data.Declaration.Trainer is { Family: TrainerFamily.Trees or TrainerFamily.QuasiNewton } or { ShufflesRows: true } || adjusted > _options.WarnPValue)
            return Severity.Info;
        var order = data.Label!.Order!;
        var strong = order.Lag1 >= _options.WarnLag || order.BlockEffect >= _options.WarnBlocks || order.Batches?.H >= _options.WarnHomogeneity;
        return strong ? Severity.Warning : Severity.Info;
    }

    /// <summary>The smallest lag-1 dependence these rows could show at a level.</summary>
    private static double Resolution(LabelOrder order, double alpha)
    {
        var deviation = order.IsClassification && order.JoinZ != 0 ? order.Lag1 / order.JoinZ : 1 / Math.Sqrt(order.Rows);
        return Normal.InvCDF(0, 1, 1 - (order.IsClassification ? alpha : alpha / 2)) * deviation;
    }
}
