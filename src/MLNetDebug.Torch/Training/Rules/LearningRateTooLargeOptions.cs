using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD302. An update's ratio is its norm over the norm of the weight, the median over all weights; 0.001 is usual.</summary>
public sealed record LearningRateTooLargeOptions : RuleOptions
{
    /// <summary>Updates are too large from this ratio on, at two sampled steps in a row, in [0.001, 10]. Default 0.05.</summary>
    [Range(0.001, 10)]
    public double UpdateRatio { get; init; } = 0.05;

    /// <summary>Or where they have made the weights so many times larger than they were before the first step, in [1.1, 1000]. Default 2.</summary>
    [Range(1.1, 1000)]
    public double Growth { get; init; } = 2;

    /// <summary>Growth counts up to this step only, in [0, 1000000000]: with time healthy weights grow too. Default 200.</summary>
    [Range(0, 1_000_000_000)]
    public long GrowthSteps { get; init; } = 200;

    /// <summary>The loss has blown up from so many times the start's, or a constant answer's where that is more, in [1.1, 1000]. Default 2.</summary>
    [Range(1.1, 1000)]
    public double Blown { get; init; } = 2;

    /// <summary>The smoothed loss climbs away from its best from so many times that on, in [1.1, 1000]; below half of what an untrained network costs it never does. Default 2.</summary>
    [Range(1.1, 1000)]
    public double Climb { get; init; } = 2;

    /// <summary>The loss has not fallen where so many steps have left it above 95 % of an untrained network's, or twice as many above half of it, in [10, 1000000]. Default 20.</summary>
    [Range(10, 1_000_000)]
    public long StuckSteps { get; init; } = 20;

    /// <summary>Changes of the loss zig-zag below this correlation with the next change, in [-1, -0.5]; changes of independent values have -0.5. Default -0.8.</summary>
    [Range(-1, -0.5)]
    public double ZigZag { get; init; } = -0.8;
}
