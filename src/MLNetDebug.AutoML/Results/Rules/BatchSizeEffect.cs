namespace MLNetDebug.AutoML.Results;

/// <summary>Says whether a smaller batch generalises better here: measured, each batch at its own best rate, after equal epochs and after equal updates, on rows that no trial saw.</summary>
internal sealed class BatchSizeEffect(BatchSizeEffectOptions? options = null) : Rule<TrialSet>
{
    private readonly BatchSizeEffectOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.BatchSizeEffect, nameof(RuleIds.BatchSizeEffect), "The batch size changes how well the model generalises.",
        RuleCategory.Optimizer, Severity.Info, ProofKind.Experiment)
    { Notes = [16] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrialSet measured, FindingSink sink)
    {
        var place = new Subject(SubjectKind.Trainer, TrialParameters.BatchSizeName);
        if (measured.NotMeasured is { } why)
            sink.NotChecked(place, why);
        if (measured is not { Small: { } small, AtEqualEpochs: { } epochs, LargeEqualEpochs: { } large })
            return;
        List<Comparison> all = [new(Test(sink, place, epochs, small, large), epochs, "epochs", _options.MaxPValue)];
        if (measured is { AtEqualUpdates: { } updates, LargeEqualUpdates: { } longer })
            all.Add(new(Test(sink, place, updates, small, longer), updates, "updates", _options.MaxPValue));
        sink.AfterTests(() =>
        {
            if (all.Any(c => c.IsFound))
                sink.Report(Draft(place, measured, small, large, all));
        });
    }

    private Hypothesis Test(FindingSink sink, Subject place, MetricInterval effect, BatchSizeArm small, BatchSizeArm large) =>
        sink.Test(place, effect.PValue, Math.Abs(effect.Mean), _options.MinimumEffect * Math.Max(Level(small), Level(large)));

    private static double Level(BatchSizeArm arm) => Math.Abs(arm.TestMetrics.Where(double.IsFinite).Average());

    private static FindingDraft Draft(Subject place, TrialSet measured, BatchSizeArm small, BatchSizeArm large, IReadOnlyList<Comparison> all) =>
        new(place, BatchSizeWords.Of(measured))
        {
            Evidence = [.. all.SelectMany(c => new Evidence[]
            {
                new($"advantage of the small batch at equal {c.At}", c.Effect.Mean) { Threshold = c.Test.Floor, Unit = measured.Metric.Name },
                new($"adjusted p at equal {c.At}", c.Test.AdjustedPValue) { Threshold = Math.Min(c.Test.Alpha, c.MaxPValue) },
            })],
            Advice = [AdviceOf(all, small, large)],
            Proof = new Proof(ProofKind.Experiment, FormattableString.Invariant($"{all.Min(c => c.Effect.Count)} seeds for each arm, each batch at its own best rate, on test rows that no trial saw.")),
        };

    private static Advice AdviceOf(IReadOnlyList<Comparison> all, BatchSizeArm small, BatchSizeArm large)
    {
        // At equal updates both have learnt for as long: what is left is the batch itself.
        var last = all.Last(c => c.IsFound);
        if (all.Count > 1 && !all[^1].IsFound && last.Effect.Mean > 0)
            return new Advice(FormattableString.Invariant($"What the large batch lacks is updates: train it longer, or take a batch of {small.Parameters.BatchSize} at a rate of {small.Parameters.LearningRate:G3}."));
        var better = last.Effect.Mean > 0 ? small : large;
        return new Advice(FormattableString.Invariant($"Take a batch of {better.Parameters.BatchSize} at a rate of {better.Parameters.LearningRate:G3}."));
    }

    private sealed record Comparison(Hypothesis Test, MetricInterval Effect, string At, double MaxPValue)
    {
        public bool IsFound => Test.IsFound && Test.AdjustedPValue <= MaxPValue;
    }
}
