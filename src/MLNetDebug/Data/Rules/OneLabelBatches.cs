using System.ComponentModel.DataAnnotations;

using MathNet.Numerics.Distributions;

namespace MLNetDebug.Data;

/// <summary>Options of MLD105.</summary>
public sealed record OneLabelBatchesOptions : RuleOptions
{
    /// <summary>Smallest label homogeneity h of batches that is told of, in (0, 1]. Default 0.01.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Floor { get; init; } = 0.01;

    /// <summary>Homogeneity that is warned of, in (0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Warn { get; init; } = 0.1;

    /// <summary>
    /// Largest adjusted p-value that is warned of; above it, up to the report's level, it is advice. In (0, 1]. Default 0.001: order that
    /// harms is far beyond it, and what chance brings in a healthy report seldom is.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double WarnPValue { get; init; } = 0.001;
}

/// <summary>
/// Compares the classes within batches of the declared size with what shuffled rows of the same class counts give, so that imbalance
/// alone is never a finding.
/// </summary>
internal sealed class OneLabelBatches(OneLabelBatchesOptions? options = null) : Rule<DataProfile>
{
    private readonly OneLabelBatchesOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.OneLabelBatches, nameof(RuleIds.OneLabelBatches), "Batches hold far fewer classes than shuffled rows would give.",
        RuleCategory.Data, Severity.Warning, ProofKind.Statistical)
    { Notes = [7], SymptomOf = [RuleIds.UnshuffledRows, RuleIds.OneClass] };

    public override RuleOptions Options => _options;

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        // Without batches (trees, L-BFGS, a batch of one row, a target) there is nothing to hold one class.
        if (measured.Declaration is { BatchSize: < 2 } or { Task: LearningTask.Ranking or LearningTask.Regression } or { Trainer.Family: TrainerFamily.Trees or TrainerFamily.QuasiNewton } or { Trainer.ShufflesRows: true })
            return;
        if (measured.Label is not { Order: { IsClassification: true } order } label)
            return;
        var subject = LabelFacts.Subject(label);
        if (order.Batches is not { } batches)
        {
            sink.NotChecked(
                subject,
                label.TooManyClasses ? $"more than {Words.Number(LabelProfile.MaxClasses)} classes are not followed batch by batch" : $"there are fewer than two full batches of {Words.Number(measured.Declaration.BatchSize)} rows",
                label.TooManyClasses ? null : 2L * measured.Declaration.BatchSize);
            return;
        }

        if (label.Classes.Count < 2)
            return;
        var degrees = (batches.Batches - 1.0) * (label.Classes.Count - 1);
        var test = sink.Test(
            subject, batches.PValue, batches.H, _options.Floor,
            alpha => Normal.InvCDF(0, 1, 1 - alpha) * Math.Sqrt(2 / degrees) / (batches.BatchSize - 1));
        sink.AfterTests(() => Conclude(measured, label, order, batches, test, sink));
    }

    private void Conclude(DataProfile data, LabelProfile label, LabelOrder order, BatchHomogeneity batches, Hypothesis test, FindingSink sink)
    {
        if (test.IsFound)
        {
            var strong = batches.H >= _options.Warn && test.AdjustedPValue <= _options.WarnPValue && !data.Declaration.ExpectOrdered;
            var text = OrderWords.Batches(order, batches);
            sink.Report(new FindingDraft(test.Subject, $"{char.ToUpperInvariant(text[0])}{text[1..]}. Steps taken on such batches of '{label.Name}' pull the model to and fro between classes.")
            {
                Severity = strong ? null : Severity.Info,
                Confidence = test.AdjustedPValue <= _options.WarnPValue ? Confidence.Confirmed : Confidence.Suspected,
                Evidence = [.. OrderWords.Of(batches, _options.Warn), new Evidence("adjusted p-value", test.AdjustedPValue) { Threshold = _options.WarnPValue }],
                Advice = OrderWords.Shuffle(data),
                Mend = new ShuffleMend(),
            });
            return;
        }

        if (test.Resolution > _options.Warn)
        {
            var needed = (batches.Batches - 1) * Math.Pow(test.Resolution / _options.Warn, 2) * batches.BatchSize;
            sink.NotChecked(test.Subject, $"whether batches of {Words.Number(batches.BatchSize)} rows are alike by less than h = {Words.Number(test.Resolution)}", (long)Math.Ceiling(needed));
        }
    }
}
