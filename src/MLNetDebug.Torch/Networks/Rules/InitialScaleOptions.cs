using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD202. A layer's gain is the root mean square of its weights times the square root of its inputs: 0.58 by TorchSharp's default, 1 by Xavier, 1.41 by Kaiming.</summary>
public sealed record InitialScaleOptions : RuleOptions
{
    /// <summary>From this gain on, weights are called too large where it shows, in [1.5, 1000]. Default 3, twice Kaiming's.</summary>
    [Range(1.5, 1000)]
    public double LargeGain { get; init; } = 3;

    /// <summary>The same for a network that was trained before, in [1.5, 1000]. Default 10.</summary>
    [Range(1.5, 1000)]
    public double TrainedGain { get; init; } = 10;

    /// <summary>Below this gain, weights may be called too small, in [0, 0.5]. Default 0.2, a third of TorchSharp's own.</summary>
    [Range(0, 0.5)]
    public double SmallGain { get; init; } = 0.2;

    /// <summary>The signal is lost where the gains of such layers multiply to less, in [0, 0.1]. Default 0.001.</summary>
    [Range(0, 0.1)]
    public double LostSignal { get; init; } = 0.001;

    /// <summary>Logits spread too far from this standard deviation on, in [1, 1000]. Default 10.</summary>
    [Range(1, 1000)]
    public double LogitSpread { get; init; } = 10;

    /// <summary>A tanh or a sigmoid stands at its edges from this root mean square of its output on (mapped to [-1, 1]), in [0.5, 1]. Default 0.9.</summary>
    [Range(0.5, 1)]
    public double Saturation { get; init; } = 0.9;

    /// <summary>A branch drowns what it is added to from this ratio of their root mean squares on, in [2, 100000]. Default 100.</summary>
    [Range(2, 100000)]
    public double Drowned { get; init; } = 100;
}
