using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>How far a profile reads. Defaults: every row, without a limit of time.</summary>
public sealed record DataProfilerOptions
{
    /// <summary>At most so many rows are read, at least 1; null (default) for all. A profile that stopped early says so in <see cref="DataProfile.IsComplete"/>.</summary>
    /// <value>1 or more, or null. Default null.</value>
    [Range(1, long.MaxValue)]
    public long? MaxRows { get; init; }

    /// <summary>Wall time the pass may take, checked once per block of rows; null (default) without limit.</summary>
    /// <value>More than zero, at most a day, or null. Default null.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Position of the first row in the whole data set, for profiles of parts that will be merged. Default 0.</summary>
    /// <value>0 or more. Default 0.</value>
    [Range(0, long.MaxValue)]
    public long FirstRow { get; init; }
}
