using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD307.</summary>
public sealed record OneLabelBatchOptions : RuleOptions
{
    /// <summary>Batches that must have been seen where no epoch has ended yet, in [2, 1000000]. Default 20.</summary>
    [Range(2, 1_000_000)]
    public int LeastBatches { get; init; } = 20;

    /// <summary>Largest p-value, in (0, 1]. Default 0.000001.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double PValue { get; init; } = 1e-6;

    /// <summary>Of the batches that shuffled rows would mix, the share that must hold one class, in (0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Floor { get; init; } = 0.1;
}
