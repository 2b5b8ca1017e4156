using Microsoft.ML;
using MLNetDebug.AutoML.Export;
using MLNetDebug.AutoML.Results;
using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML;

/// <summary>What a sweep has found.</summary>
public sealed record SweepResult
{
    internal SweepResult(SweepMetric metric, StudySnapshot study) => (Metric, Study) = (metric, study);

    /// <summary>What trials were compared by.</summary>
    public SweepMetric Metric { get; }

    /// <summary>The study with all its trials.</summary>
    public StudySnapshot Study { get; }

    /// <summary>The winner's trial of the search; null where no trial came through with every seed: then nothing is crowned, and <see cref="Summary"/> says why.</summary>
    public TrialRecord? Best => Winner?.Trial;

    /// <summary>
    /// The winner's metric on the validation rows, over seeds that the search has not used; null where there is no winner, and where all its runs are equal to the last bit, so that nothing can be said of noise. The better of two is chosen by these
    /// same seeds: where they are close, it leans upwards a little.
    /// </summary>
    public MetricInterval? Confirmed => Winner is { } winner ? MetricInterval.Of(winner.Runs.Select(r => r.Metric)) : null;

    /// <summary>The second; null where only one trial came through.</summary>
    public TrialRecord? SecondBest => RunnerUp?.Trial;

    /// <summary>By how much the winner is better than the second, paired by seed, in the metric's direction; null where there is no second, and where seeds change neither of the two. As <see cref="Confirmed"/> it leans upwards a little.</summary>
    public MetricInterval? Lead => (Winner, RunnerUp) is ({ } first, { } second)
        ? Metric.IsHigherBetter ? MetricInterval.OfPairs(Metrics(first), Metrics(second)) : MetricInterval.OfPairs(Metrics(second), Metrics(first))
        : null;

    /// <summary>True where the two best are within noise of each other.</summary>
    public bool IsWithinNoise => Lead is { IncludesZero: true };

    /// <summary>The winner's model, of its best seed; null where the trials make none. The caller disposes it where it can be disposed.</summary>
    public ITransformer? Model { get; internal init; }

    /// <summary>What was measured of batch sizes.</summary>
    public required TrialSet BatchSizes { get; init; }

    /// <summary>Does a smaller batch generalise better here? In a few sentences with their intervals.</summary>
    public string BatchSizeVerdict => BatchSizeWords.Of(BatchSizes);

    /// <summary>What the rules on sweeps say.</summary>
    public required DiagnosticReport Report { get; init; }

    /// <summary>Gradient steps of all trials, range tests included; 0 where they are not counted.</summary>
    public long Steps => Study.Trials.Sum(t => t.Steps);

    /// <summary>The map of the trials as SVG, the winner ringed, and none where no trial is crowned: the metric over rate and batch size, with what range tests showed.</summary>
    /// <returns>A complete document.</returns>
    public string HeatMap() => HeatMapFigure.Draw(FigureStudy.Of(Study, Metric, Best));

    /// <summary>The learning curves of the search's trials as SVG, the winner's in front.</summary>
    /// <returns>A complete document.</returns>
    public string LearningCurves() => LearningCurvesFigure.Draw(FigureStudy.Of(Study, Metric, Best));

    /// <summary>The result in a few sentences.</summary>
    public string Summary => SweepWords.Of(this);

    /// <summary>What a trial was trained with, in words.</summary>
    internal string At(TrialRecord trial) => ChoiceTexts.Of(Study.Definition).Words(trial.Plan.Parameters);

    internal Confirmed? Winner { get; init; }

    internal Confirmed? RunnerUp { get; init; }

    internal IReadOnlyList<TrialRecord> Refused { get; init; } = [];

    internal string? CommonFailure { get; init; }

    internal string? RefitFailure { get; init; }

    /// <summary>The summary.</summary>
    public override string ToString() => Summary;

    private static double[] Metrics(Confirmed confirmed) => [.. confirmed.Runs.OrderBy(r => r.Plan.Seed).Select(r => r.Metric)];
}
