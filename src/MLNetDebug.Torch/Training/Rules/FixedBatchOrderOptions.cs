using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD306.</summary>
public sealed record FixedBatchOrderOptions : RuleOptions
{
    /// <summary>Share of the compared epochs whose batches must be those of the epoch before, in (0, 1]. Default 0.5.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double RepeatedShare { get; init; } = 0.5;

    /// <summary>Largest chance that fixed batches in shuffled order repeat so often, in (0, 1]. Default 0.001: one repetition of seven batches, ten of two.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Chance { get; init; } = 0.001;

    /// <summary>How far below 0 the runs test on the labels must lie for them to be called sorted, in standard deviations, in [2, 1000]. Default 5.</summary>
    [Range(2.0, 1000.0)]
    public double SortedZ { get; init; } = 5;

    /// <summary>Labels that the runs test must stand on, in [20, 10000]. Default 200.</summary>
    [Range(20, 10_000)]
    public int SortedRows { get; init; } = 200;

    /// <summary>Share of the label's changes in shuffled rows that must be missing for the labels to be called sorted, in (0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double SortedShare { get; init; } = 0.1;
}
