using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.AutoML;

/// <summary>How a sweep runs. Everything but the metric has a default.</summary>
public sealed record SweepOptions
{
    /// <summary>What trials are compared by.</summary>
    [Required]
    public required SweepMetric Metric { get; init; }

    /// <summary>What is searched through. Default: rates from 1e-5 to 10, batches from 16 to 512.</summary>
    [Required]
    public SearchSpace Space { get; init; } = new();

    /// <summary>
    /// When the search ends. Default: after 30 trials. A study that goes on may be given more, until its first confirmation has begun: from then on its search is over, and a larger budget changes nothing. To
    /// search on, begin a study of another name.
    /// </summary>
    [Required]
    public SweepBudget Budget { get; init; } = new();

    /// <summary>Epochs of a whole trial, in [1, 1000000]. Default 20.</summary>
    [Range(1, 1_000_000)]
    public int Epochs { get; init; } = 20;

    /// <summary>Epochs after which a trial is first compared with the others, in [1, 1000000] and at most <see cref="Epochs"/>. Above half of <see cref="Epochs"/> nothing is compared: every trial runs whole. Default: a ninth of <see cref="Epochs"/>.</summary>
    [Range(1, 1_000_000)]
    public int? LeastEpochs { get; init; }

    /// <summary>Of the trials that reach a rung one in so many goes on, in [2, 10]; each rung has so many times the epochs of the one before (Li et al., MLSys 2020). Default 3.</summary>
    [Range(2, 10)]
    public int Reduction { get; init; } = 3;

    /// <summary>Seeds that the two best, and the arms of the batch size, are trained with, in [2, 100]. Default 5.</summary>
    [Range(2, 100)]
    public int Repeats { get; init; } = 5;

    /// <summary>
    /// What a constant answer scores on the validation rows: a trial that does no better at its end has failed, and is never crowned. Default null: nothing is known of it. The overloads that see the rows
    /// compute it.
    /// </summary>
    public double? Baseline { get; init; }

    /// <summary>Runs range tests before the search; null to search the whole space. Default null.</summary>
    public ILearningRateProbe? Probe { get; init; }

    /// <summary>True to train the winner again where its model is in another process, or the sweep was finished before. Default true.</summary>
    public bool Refit { get; init; } = true;

    /// <summary>True to measure the effect of the batch size where the space has a small (16 to 32) and a large (128 to 512) batch, and there are test rows. Default true.</summary>
    public bool CompareBatchSizes { get; init; } = true;

    /// <summary>The seed of the search and of all trials. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The study's name: a sweep of the same name and store goes on where it, or another process, was ended. Default: a new name.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Study { get; init; }

    /// <summary>Where the study is kept; the caller disposes it. Default: the SQLite file <c>mlnetdebug-studies.db</c> in the current folder.</summary>
    public IStudyStore? Store { get; init; }

    /// <summary>How this worker is called in the study. Default: machine and process.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Worker { get; init; }

    /// <summary>Time between a worker's signs of life, in [10 ms, 1 hour]. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A worker that was not heard of for so long is dead, and its trial is taken over; at least 3 times <see cref="Heartbeat"/>. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.03", "1.00:00:00")]
    public TimeSpan HeartbeatExpiry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A trial that so many workers began and did not survive has failed, in [1, 100]. Default 3.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Severities by rule id that replace the rules' own; <see cref="Severity.None"/> silences. Default: none.</summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = new Dictionary<string, Severity>();

    /// <summary>Thresholds of single rules on sweeps, at most one record per rule. Default: none.</summary>
    public IReadOnlyList<RuleOptions> RuleOptions { get; init; } = [];

    /// <summary>Is told where the sweep stands. Default: none.</summary>
    public IProgress<SweepProgress>? Progress { get; init; }
}
