using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.AutoML.Results;

/// <summary>Says whether a smaller batch generalises better here: measured, each batch at its own best rate, after equal epochs and after equal updates, on rows that no trial saw.</summary>
internal sealed class BatchSizeEffect(BatchSizeEffectOptions? options = null) : Rule<TrialSet>
{
    private readonly BatchSizeEffectOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.BatchSizeEffect, nameof(RuleIds.BatchSizeEffect), "The batch size changes how well the model generalises.",
        RuleCategory.Optimizer, Severity.Info, ProofKind.Experiment) { Notes = [16] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrialSet measured, FindingSink sink)
    {
        var place = new Subject(SubjectKind.Trainer, TrialParameters.BatchSizeName);
        if (measured.NotMeasured is { } why)
            sink.NotChecked(place, why);
        if (measured is not { Small: { } small, AtEqualEpochs: { } epochs, LargeEqualEpochs: { } large })
            return;
        List<(Hypothesis Test, MetricInterval Effect, string At)> tests = [(Test(sink, place, epochs, small, large), epochs, "epochs")];
        if (measured is { AtEqualUpdates: { } updates, LargeEqualUpdates: { } longer })
            tests.Add((Test(sink, place, updates, small, longer), updates, "updates"));
        sink.AfterTests(() =>
        {
            if (tests.Any(t => t.Test.IsFound))
                sink.Report(Draft(place, measured, small, large, tests));
        });
    }

    private Hypothesis Test(FindingSink sink, Subject place, MetricInterval effect, BatchSizeArm small, BatchSizeArm large) =>
        sink.Test(place, effect.PValue, Math.Abs(effect.Mean), _options.MinimumEffect * Math.Max(Level(small), Level(large)));

    private static double Level(BatchSizeArm arm) => Math.Abs(arm.TestMetrics.Where(double.IsFinite).Average());

    private static FindingDraft Draft(Subject place, TrialSet measured, BatchSizeArm small, BatchSizeArm large, IReadOnlyList<(Hypothesis Test, MetricInterval Effect, string At)> tests) =>
        new(place, BatchSizeWords.Of(measured))
        {
            Evidence = [.. tests.SelectMany(t => new Evidence[]
            {
                new($"advantage of the small batch at equal {t.At}", t.Effect.Mean) { Threshold = t.Test.Floor, Unit = measured.Metric.Name },
                new($"adjusted p at equal {t.At}", t.Test.AdjustedPValue) { Threshold = t.Test.Alpha },
            })],
            Advice = [AdviceOf(tests, small, large)],
            Proof = new Proof(ProofKind.Experiment, FormattableString.Invariant($"{small.TestMetrics.Count} seeds for each arm, each batch at its own best rate, on test rows that no trial saw.")),
        };

    private static Advice AdviceOf(IReadOnlyList<(Hypothesis Test, MetricInterval Effect, string At)> tests, BatchSizeArm small, BatchSizeArm large)
    {
        // At equal updates both have learnt for as long: what is left is the batch itself.
        var (test, effect, at) = tests.LastOrDefault(t => t.Test.IsFound);
        var better = effect.Mean > 0 ? small : large;
        return at == "epochs" && tests.Count > 1 && !tests[^1].Test.IsFound
            ? new Advice(effect.Mean > 0
                ? FormattableString.Invariant($"What the large batch lacks is updates: train it longer, or take a batch of {small.Parameters.BatchSize} at a rate of {small.Parameters.LearningRate:G3}.")
                : FormattableString.Invariant($"Take the batch of {large.Parameters.BatchSize} at a rate of {large.Parameters.LearningRate:G3}."))
            : new Advice(FormattableString.Invariant($"Take a batch of {better.Parameters.BatchSize} at a rate of {better.Parameters.LearningRate:G3}."));
    }
}

/// <summary>Options of MLD501.</summary>
public sealed record BatchSizeEffectOptions : RuleOptions
{
    /// <summary>The smallest difference that matters, as a share of the metric, in [0, 1]. Default 0.005.</summary>
    [Range(0.0, 1.0)]
    public double MinimumEffect { get; init; } = 0.005;
}
