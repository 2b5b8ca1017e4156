using System.ComponentModel.DataAnnotations;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch;

/// <summary>How a training run is watched. Everything has a default.</summary>
public sealed record TrainingGuardOptions
{
    /// <summary>What the guard may do. Default <see cref="TrainingPolicy.Default"/>.</summary>
    [EnumDataType(typeof(TrainingPolicy))]
    public TrainingPolicy Policy { get; init; }

    /// <summary>Parameters, updates and outputs are sampled at one of so many steps, in [1, 1000000]. Default 10. Loss, gradients and labels are read at every step.</summary>
    [Range(1, 1_000_000)]
    public int SampleEvery { get; init; } = 10;

    /// <summary>The rules judge at one of so many steps, in [1, 1000000]; besides at the end of an epoch and where a step looks wrong. Default 20.</summary>
    [Range(1, 1_000_000)]
    public int JudgeEvery { get; init; } = 20;

    /// <summary>So many steps in a row that are not finite stop the training, in [1, 1000000]. Default 3. Without effect for <see cref="TrainingPolicy.Observe"/>.</summary>
    [Range(1, 1_000_000)]
    public int StopAfterNonFinite { get; init; } = 3;

    /// <summary>A snapshot is taken at one of so many steps where training goes well, in [1, 1000000]. Default 50. None is taken for <see cref="TrainingPolicy.Observe"/>.</summary>
    [Range(1, 1_000_000)]
    public int SnapshotEvery { get; init; } = 50;

    /// <summary>A guard that mends does so at most so many times, in [0, 100]; each division of a rate by 3 counts. Default 5.</summary>
    [Range(0, 100)]
    public int MaxMends { get; init; } = 5;

    /// <summary>How a guard that mends clips gradients. Default by norm.</summary>
    [EnumDataType(typeof(GradientClip))]
    public GradientClip Clip { get; init; }

    /// <summary>Ids of rules that shall not run. Default: none.</summary>
    public IReadOnlyCollection<string> Silence { get; init; } = [];

    /// <summary>Severities by rule id that replace the rules' own. Default: none.</summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = new Dictionary<string, Severity>();

    /// <summary>Thresholds of single rules, at most one record per rule. Default: none.</summary>
    public IReadOnlyList<RuleOptions> RuleOptions { get; init; } = [];

    /// <summary>Rules of your own over <see cref="TrainingWindow"/> that run beside the built-in ones. Default: none.</summary>
    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>Where signals are written, such as a <c>JsonLinesHistory</c> or a <c>TensorBoardHistory</c>; the guard disposes them with itself. Default: nowhere.</summary>
    public IReadOnlyList<ITrainingHistory> History { get; init; } = [];

    /// <summary>Is told where training stands, at the steps at which the rules judge. Default: none.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Takes each rule's first finding at each place, on the training thread. Default: none.</summary>
    public Action<Finding>? OnFinding { get; init; }
}
