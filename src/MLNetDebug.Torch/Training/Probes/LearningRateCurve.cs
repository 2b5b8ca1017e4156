namespace MLNetDebug.Torch.Training;

/// <summary>How a run through the rates ended.</summary>
public enum LearningRateCurveEnd
{
    /// <summary>It reached the last rate.</summary>
    Completed = 0,

    /// <summary>Its smoothed loss reached <see cref="LearningRateRangeOptions.StopAt"/> times its best.</summary>
    Diverged = 1,

    /// <summary>A loss was not finite.</summary>
    NonFinite = 2,
}

/// <summary>The loss over rising rates: three lists of one length, to be drawn over a logarithmic axis of rates.</summary>
public sealed record LearningRateCurve
{
    /// <summary>The rate of each step, ascending: that of the first optimizer's first group.</summary>
    public required IReadOnlyList<double> Rates { get; init; }

    /// <summary>The loss of each step, before its update; all finite.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>The exponential mean of the losses up to each step, its start corrected.</summary>
    public required IReadOnlyList<double> Smoothed { get; init; }

    /// <summary>Why it ends where it does.</summary>
    public LearningRateCurveEnd End { get; init; }
}
