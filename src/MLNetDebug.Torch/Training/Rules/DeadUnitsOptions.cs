using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD308.</summary>
public sealed record DeadUnitsOptions : RuleOptions
{
    /// <summary>Share of a layer's units that must be dead, in (0, 1]. Default 0.9.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double DeadShare { get; init; } = 0.9;

    /// <summary>Sampled steps at each of which a unit must have been without gradient, in [2, 20]; the guard looks back over 20 at most. Default 5.</summary>
    [Range(2, 20)]
    public int LeastSamples { get; init; } = 5;

    /// <summary>Rows that those steps must have had together, in [1, 1000000]. Default 150.</summary>
    [Range(1, 1_000_000)]
    public int LeastRows { get; init; } = 150;

    /// <summary>Units that a layer must have, in [2, 1000000]. Default 8.</summary>
    [Range(2, 1_000_000)]
    public int LeastUnits { get; init; } = 8;
}
