using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD304. A layer's relative gradient is the norm of its gradient over the norm of its weights.</summary>
public sealed record VanishingGradientOptions : RuleOptions
{
    /// <summary>The signal is lost where the relative gradient falls below this part of the largest behind it, in [0, 0.1]. Default 0.001.</summary>
    [Range(0, 0.1)]
    public double LostShare { get; init; } = 0.001;

    /// <summary>The layers before do not move where their updates stay below this part of their norm, in [0, 0.01]. Default 0.00001.</summary>
    [Range(0, 0.01)]
    public double UpdateRatio { get; init; } = 1e-5;

    /// <summary>Steps that must have been taken, in [10, 1000000]. Default 20.</summary>
    [Range(10, 1_000_000)]
    public long LeastSteps { get; init; } = 20;

    /// <summary>From so many steps on a loss that has not fallen is a sign, in [10, 1000000]. Default 40.</summary>
    [Range(10, 1_000_000)]
    public long StuckSteps { get; init; } = 40;
}
