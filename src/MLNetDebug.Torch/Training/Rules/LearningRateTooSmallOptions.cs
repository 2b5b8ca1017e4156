using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD311. An update's ratio is its norm over the norm of the weight.</summary>
public sealed record LearningRateTooSmallOptions : RuleOptions
{
    /// <summary>Updates are too small where the ratio of the weight that moves most stays below, in [0, 0.1]. Default 0.0005; 0.001 is usual.</summary>
    [Range(0, 0.1)]
    public double UpdateRatio { get; init; } = 5e-4;

    /// <summary>At the pace seen the loss must need more than so many steps to halve, in [10, 1000000000]. Default 1,000.</summary>
    [Range(10, 1_000_000_000)]
    public double Steps { get; init; } = 1000;

    /// <summary>And more than so many epochs, in [1, 1000000]. Default 50.</summary>
    [Range(1, 1_000_000)]
    public double Epochs { get; init; } = 50;

    /// <summary>A loss below this part of what an untrained network costs has come down, in [0, 1]. Default 0.7.</summary>
    [Range(0.0, 1.0)]
    public double Learned { get; init; } = 0.7;

    /// <summary>Steps that must have been taken, in [20, 1000000]. Default 60.</summary>
    [Range(20, 1_000_000)]
    public long LeastSteps { get; init; } = 60;

    /// <summary>Steps that must have been taken where fewer than three epochs have ended, in [20, 1000000000]: a long epoch has time. Default 1,000.</summary>
    [Range(20, 1_000_000_000)]
    public long LeastStepsWithoutEpoch { get; init; } = 1000;
}
