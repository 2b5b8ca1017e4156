using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.AutoML;

/// <summary>When a search ends: where the first of its limits is reached. At least one is needed.</summary>
public sealed record SweepBudget
{
    /// <summary>Trials of the search, pruned and failed ones included, in [1, 100000]; null without limit. Default 30. Range tests, arms and confirmations come on top.</summary>
    [Range(1, 100_000)]
    public int? Trials { get; init; } = 30;

    /// <summary>Epochs of the search's trials together, in [1, 1e9]; null without limit. Default null.</summary>
    [Range(1L, 1_000_000_000L)]
    public long? Epochs { get; init; }

    /// <summary>
    /// Time that all workers may spend, range tests, arms and confirmations included, above 0; null without limit: what these will take is estimated from the trials so far, and the search ends in time for
    /// them. Default null. A sweep that ends by time does not repeat to the bit.
    /// </summary>
    public TimeSpan? Time { get; init; }
}
