namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>Trials by hand.</summary>
internal static class Trials
{
    public static readonly DateTimeOffset Start = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static TrialParameters Parameters(double rate, int batch) =>
        new([new(TrialParameters.LearningRateName, rate), new(TrialParameters.BatchSizeName, batch)]);

    /// <summary>A trial that ended with a metric, its curve given from epoch 1 on.</summary>
    public static TrialRecord Of(
        int number, double metric, TrialKind kind = TrialKind.Search, TrialState state = TrialState.Completed, double rate = 0.01, int batch = 32, int seed = 1, int epochs = 20, string arm = "", params double[] curve) =>
        new(new TrialPlan(number, kind, Parameters(rate, batch), seed, epochs) { Arm = arm })
        {
            State = state,
            Metric = metric,
            Started = Start.AddMinutes(number),
            Ended = state == TrialState.Running ? null : Start.AddMinutes(number + 1),
            Points = [.. curve.Select((m, i) => new TrialPoint(i + 1, m, 0))],
        };

    public static TrialFinding Doom { get; } = new(RuleIds.LearningRateTooLarge, Severity.Warning, "the rate");

    public static StudySnapshot Study(DateTimeOffset now, params IReadOnlyList<TrialRecord> trials) => new(new StudyDefinition("s", "{}"), Start, now, trials);
}
