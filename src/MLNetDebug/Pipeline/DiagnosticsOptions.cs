using System.ComponentModel.DataAnnotations;
using Microsoft.ML;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>
/// What to check and what to do about it. Everything has a default; what the options leave open is taken from ML.NET's conventions,
/// and the report says what was assumed (<see cref="DiagnosticReport.Assumptions"/>).
/// </summary>
public sealed record DiagnosticsOptions
{
    /// <summary>The label column. Default: the trainer's, else <c>Label</c>.</summary>
    public string? Label { get; init; }

    /// <summary>The feature columns. Default: the trainer's, else <c>Features</c>, else every column that is nothing else.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The column whose values must not stand on both sides of a split (user, patient, query). Default: <c>GroupId</c> where there is one.</summary>
    public string? Group { get; init; }

    /// <summary>The example weight column. Default: the trainer's, else <c>Weight</c> or <c>ExampleWeight</c> beside a column <c>Features</c>.</summary>
    public string? Weight { get; init; }

    /// <summary>The column that gives each row's time. Default: none.</summary>
    public string? Time { get; init; }

    /// <summary>What is to be learned. Default: the trainer's task, else what the label's type says.</summary>
    public LearningTask Task { get; init; }

    /// <summary>Rows per batch that the order of rows is judged at, 1 to 1,000,000. Default: the trainer's where it says so, else 32.</summary>
    [Range(1, 1_000_000)]
    public int BatchSize
    {
        get => BatchSizeOrNull ?? DataDeclaration.DefaultBatchSize;
        init => BatchSizeOrNull = value;
    }

    /// <summary>True where the order of rows is meant (time series): order is then no fault. Default false.</summary>
    public bool ExpectOrdered { get; init; }

    /// <summary>The trainer that will see the data, where it does not stand in the pipeline. Default: the pipeline's.</summary>
    public IEstimator<ITransformer>? Trainer { get; init; }

    /// <summary>What is known of a trainer that is no ML.NET estimator; wins over <see cref="Trainer"/>. Default: none.</summary>
    public TrainerTraits? Traits { get; init; }

    /// <summary>
    /// Hold-out data to compare the training data with: rows as they go into the pipeline that <c>AppendDiagnostics</c> is called on;
    /// the fitted stages before the check are applied to it. Default: none.
    /// </summary>
    public IDataView? HoldOut { get; init; }

    /// <summary>
    /// The severity from which findings throw <see cref="DiagnosticException"/> before training; <see cref="Severity.None"/> never
    /// throws. Default <see cref="Severity.Error"/>: facts only. <c>Validate</c> throws only where this is set.
    /// </summary>
    public Severity FailOn
    {
        get => FailOnOrNull ?? Severity.Error;
        init => FailOnOrNull = value;
    }

    /// <summary>Ids of rules that shall not run, such as <see cref="RuleIds.FeatureScale"/>. Default: none.</summary>
    public IReadOnlyCollection<string> Silence { get; init; } = [];

    /// <summary>Severities by rule id that replace the rules' own. Default: none.</summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = new Dictionary<string, Severity>();

    /// <summary>Thresholds of single rules, at most one record per rule. Default: none.</summary>
    public IReadOnlyList<RuleOptions> RuleOptions { get; init; } = [];

    /// <summary>Rules of your own that run beside the built-in ones. Default: none.</summary>
    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>The family-wise error rate of all statistical tests of one report, 0.000001 to 0.5. Default 0.05.</summary>
    [Range(1e-6, 0.5)]
    public double Alpha { get; init; } = 0.05;

    /// <summary>At most so many rows are read, at least 1; null for all. Default null.</summary>
    [Range(1L, long.MaxValue)]
    public long? MaxRows { get; init; }

    /// <summary>Wall time each pass over the rows may take, a millisecond to a day; null without limit. Default null.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan? PassBudget { get; init; }

    /// <summary>Wall time that the measurers which train models may take together; zero runs none of them. Default 5 seconds.</summary>
    public TimeSpan TrainingBudget { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>At most so many sampled rows go to a measurer that trains models, 100 to 1,000,000. Default 20,000.</summary>
    [Range(100, 1_000_000)]
    public int MaxTrainingRows { get; init; } = 20_000;

    /// <summary>The seed of everything random. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Where a fitted stage sends its report. Default (null): <see cref="DiagnosticsSink.Default"/>. An empty list sends it nowhere;
    /// <c>model.DiagnosticReports()</c> has it all the same.
    /// </summary>
    public IReadOnlyList<DiagnosticsSink>? Sinks { get; init; }

    /// <summary>Told how far the work is. Default: none.</summary>
    public IProgress<DiagnosticsProgress>? Progress { get; init; }

    /// <summary>Ends the check early with <see cref="OperationCanceledException"/>. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal Severity? FailOnOrNull { get; init; }

    internal int? BatchSizeOrNull { get; init; }
}
