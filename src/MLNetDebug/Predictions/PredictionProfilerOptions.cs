using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Predictions;

/// <summary>How far a prediction profile reads. Defaults: every row, without a limit of time.</summary>
public sealed record PredictionProfilerOptions
{
    /// <summary>At most so many rows are read, at least 1; null (default) for all. A profile that stopped early says so in <see cref="PredictionProfile.IsComplete"/>.</summary>
    /// <value>1 or more, or null. Default null.</value>
    [Range(1, long.MaxValue)]
    public long? MaxRows { get; init; }

    /// <summary>Wall time the pass may take, checked every 256 rows; null (default) without limit.</summary>
    /// <value>A millisecond to a day, or null. Default null.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>False where nobody asks how far confidence can be believed, as on rows that were trained on: fitting temperatures takes longer than all else. Default true.</summary>
    internal bool MeasuresCalibration { get; init; } = true;
}
