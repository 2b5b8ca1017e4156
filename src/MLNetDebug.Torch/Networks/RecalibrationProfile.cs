namespace MLNetDebug.Torch.Networks;

/// <summary>
/// What the running statistics of batch normalisation are worth in evaluation: they were gathered with dropout switched on, and meet values without it (Li et al. 2019,
/// "Understanding the Disharmony between Dropout and Batch Normalization by Variance Shift").
/// </summary>
public sealed record RecalibrationProfile
{
    /// <summary>The mean loss on the held-out batch in evaluation mode.</summary>
    public double Loss { get; init; }

    /// <summary>The same with statistics gathered anew without dropout, nothing trained.</summary>
    public double RecalibratedLoss { get; init; }

    /// <summary>Standard error of the difference over the rows of the held-out batch; NaN where the loss gives no rows.</summary>
    public double StandardError { get; init; } = double.NaN;

    /// <summary>Each batch normalisation.</summary>
    public IReadOnlyList<BatchNormRatio> Layers { get; init; } = [];
}

/// <summary>Variance that a batch normalisation meets in evaluation, over its running variance.</summary>
/// <param name="Module">Its path.</param>
/// <param name="Median">The median ratio over channels.</param>
/// <param name="ShareOutside">Share of channels whose ratio is outside [0.8, 1.25].</param>
public sealed record BatchNormRatio(string Module, double Median, double ShareOutside);
