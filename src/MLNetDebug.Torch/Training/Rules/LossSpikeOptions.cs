using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD312.</summary>
public sealed record LossSpikeOptions : RuleOptions
{
    /// <summary>How many robust standard deviations above the median of the steps before a loss, and the logarithm of a gradient's norm, must lie, in [3, 1000]. Default 6, as OLMo's optimizer has it.</summary>
    [Range(3, 1000)]
    public double Deviations { get; init; } = 6;

    /// <summary>How many times the median of the steps before the gradient's norm must be, in [1, 1000000]. Default 10.</summary>
    [Range(1, 1_000_000)]
    public double GradientFactor { get; init; } = 10;

    /// <summary>The loss must reach so many times what an untrained network costs, in [0, 1000]. Default 1: below it nothing that was learned is lost.</summary>
    [Range(0, 1000)]
    public double Untrained { get; init; } = 1;

    /// <summary>Steps that must lie before, in [8, 128]. Default 20.</summary>
    [Range(8, 128)]
    public int LeastBefore { get; init; } = 20;
}
