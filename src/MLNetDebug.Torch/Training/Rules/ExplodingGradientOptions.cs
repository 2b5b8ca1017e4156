using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD303.</summary>
public sealed record ExplodingGradientOptions : RuleOptions
{
    /// <summary>How many robust standard deviations above its median before the logarithm of a layer's gradient must lie, in [3, 1000]. Default 6.</summary>
    [Range(3, 1000)]
    public double Deviations { get; init; } = 6;

    /// <summary>How many times that median the gradient must be, in [1, 1000000]. Default 10.</summary>
    [Range(1, 1_000_000)]
    public double Factor { get; init; } = 10;

    /// <summary>At so many of the last 20 steps, in [1, 20]. Default 3: a single one is a spike.</summary>
    [Range(1, 20)]
    public int LeastJumps { get; init; } = 3;

    /// <summary>Steps that must lie before the last 20, in [8, 108]. Default 44: the first steps of a training are not yet what is usual.</summary>
    [Range(8, 108)]
    public int LeastBefore { get; init; } = 44;

    /// <summary>
    /// Or where a change of the layer's weights by one percent can change the loss by so many percent of what knowing nothing costs, in [1, 1000000000]. Default 20. It is the norm of the gradient times the norm
    /// of the weights over that loss.
    /// </summary>
    [Range(1, 1e9)]
    public double Sensitivity { get; init; } = 20;

    /// <summary>The loss suffers from it where it is above so many times its best, in [1, 1000], or no lower than an untrained network's. Default 2.</summary>
    [Range(1, 1000)]
    public double Climb { get; init; } = 2;
}
