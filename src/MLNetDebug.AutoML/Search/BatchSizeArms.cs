namespace MLNetDebug.AutoML.Search;

/// <summary>
/// A small and a large batch, each at its own best rate, over several seeds: after equal epochs, and the large one after equal updates too, since of equal epochs it makes fewer.
/// </summary>
/// <param name="Small">The best trial of a small batch; null where there is none.</param>
/// <param name="Large">The best trial of a large batch; null where there is none.</param>
/// <param name="Plans">The trials, without their numbers.</param>
internal sealed record BatchSizeArms(TrialRecord? Small, TrialRecord? Large, IReadOnlyList<TrialPlan> Plans)
{
    public const string SmallArm = "small batch";
    public const string LargeEqualEpochs = "large batch, equal epochs";
    public const string LargeEqualUpdates = "large batch, equal updates";

    public const int SmallFrom = 16;
    public const int SmallTo = 32;
    public const int LargeFrom = 128;
    public const int LargeTo = 512;

    /// <summary>True where a sweep measures the effect of the batch size.</summary>
    public static bool AreMeant(SweepOptions options) => options.CompareBatchSizes && options.Space.BatchSizes.Any(IsSmall) && options.Space.BatchSizes.Any(IsLarge);

    public static BatchSizeArms Of(IReadOnlyList<TrialRecord> trials, SweepOptions options)
    {
        if (!AreMeant(options))
            return new(null, null, []);
        var (small, large) = (Best(trials, options.Metric, IsSmall), Best(trials, options.Metric, IsLarge));
        if (small is null || large is null)
            return new(small, large, []);
        List<TrialPlan> plans = [];
        var epochs = EpochsOfEqualUpdates(small, large, options.Epochs);
        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            var seed = Seeds.OfRepeat(options.Seed, repeat);
            plans.Add(new TrialPlan(0, TrialKind.Arm, small.Plan.Parameters, seed, options.Epochs) { Arm = SmallArm });
            plans.Add(new TrialPlan(0, TrialKind.Arm, large.Plan.Parameters, seed, options.Epochs) { Arm = LargeEqualEpochs });
            plans.Add(new TrialPlan(0, TrialKind.Arm, large.Plan.Parameters, seed, epochs) { Arm = LargeEqualUpdates });
        }

        // What is read of arms is their metric on test rows: where the first has none, the others are not trained for nothing.
        TrialRecord[] whole = [.. plans.Select(p => RunOf(trials, p)).OfType<TrialRecord>().Where(r => r.State == TrialState.Completed)];
        if (whole.Length > 0 && whole.All(r => double.IsNaN(r.TestMetric)))
            plans.RemoveAll(p => RunOf(trials, p) is null);
        return new(small, large, plans);
    }

    /// <summary>The trial that answers a plan: a confirmation of the same parameters, seed and epochs is as good; null where none was begun.</summary>
    public static TrialRecord? RunOf(IReadOnlyList<TrialRecord> trials, TrialPlan plan) => trials.FirstOrDefault(t =>
        t.Plan.Kind is TrialKind.Arm or TrialKind.Confirmation && t.Plan.Seed == plan.Seed && t.Plan.Epochs == plan.Epochs && t.Plan.Parameters.Equals(plan.Parameters));

    /// <summary>True for a small batch.</summary>
    public static bool IsSmall(int size) => size is >= SmallFrom and <= SmallTo;

    /// <summary>True for a large batch.</summary>
    public static bool IsLarge(int size) => size is >= LargeFrom and <= LargeTo;

    /// <summary>The best whole trial; only where there is none, the best that others stood better than.</summary>
    private static TrialRecord? Best(IReadOnlyList<TrialRecord> trials, SweepMetric metric, Func<int, bool> isOf) => trials
        .Where(t => t.Plan.Kind == TrialKind.Search && isOf(t.Plan.Parameters.BatchSize) && !Observations.IsDoomed(t) && t.State is (TrialState.Completed or TrialState.Pruned) && double.IsFinite(t.Metric))
        .OrderBy(t => t.State == TrialState.Completed ? 0 : 1).ThenBy(t => metric.IsHigherBetter ? -t.Metric : t.Metric).ThenBy(t => t.Plan.Number).FirstOrDefault();

    private static int EpochsOfEqualUpdates(TrialRecord small, TrialRecord large, int epochs)
    {
        var ratio = (StepsPerEpoch(small, epochs), StepsPerEpoch(large, epochs)) is ( > 0, > 0) and var (a, b) ? a / b : (double)large.Plan.Parameters.BatchSize / small.Plan.Parameters.BatchSize;
        return (int)Math.Clamp(Math.Round(epochs * ratio), epochs, 1_000_000);
    }

    private static double StepsPerEpoch(TrialRecord trial, int epochs) =>
        // A whole trial may have stopped early: what it reported says which epoch its steps belong to.
        trial.Points.Count > 0 && trial.Points[^1].Steps > 0 ? (double)trial.Points[^1].Steps / trial.Points[^1].Epoch
        : trial.State == TrialState.Completed && trial.Steps > 0 ? (double)trial.Steps / epochs : 0;
}
