using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD309.</summary>
public sealed record NotLearningOptions : RuleOptions
{
    /// <summary>Steps that must have been taken, in [128, 1000000000]. Default 200; where nothing but the plateau speaks for it, twice as many make it a warning.</summary>
    [Range(128, 1_000_000_000)]
    public long LeastSteps { get; init; } = 200;

    /// <summary>Epochs that must have ended where the loop ends any, in [1, 1000000]. Default 5.</summary>
    [Range(1, 1_000_000)]
    public int LeastEpochs { get; init; } = 5;

    /// <summary>The loss is flat where the two halves of the last 128 steps differ by less than this part of it, in [0, 0.5]. Default 0.02.</summary>
    [Range(0.0, 0.5)]
    public double Flat { get; init; } = 0.02;

    /// <summary>The loss stands at that of a constant answer within this part of it, in [0, 0.5]. Default 0.02.</summary>
    [Range(0.0, 0.5)]
    public double Constant { get; init; } = 0.02;

    /// <summary>
    /// Held-out rows have learned nothing where their loss was at no epoch below that of a constant answer by more than this part of it, while the training loss is, in [0, 0.5]. Default 0.05.
    /// </summary>
    [Range(0.0, 0.5)]
    public double Transfer { get; init; } = 0.05;

    /// <summary>The loss stands at a floor where it lies above it by less than this part, in [0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0)]
    public double Floor { get; init; } = 0.1;
}
