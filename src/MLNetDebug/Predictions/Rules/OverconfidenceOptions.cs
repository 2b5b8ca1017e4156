using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Predictions;

/// <summary>Options of MLD401.</summary>
public sealed record OverconfidenceOptions : RuleOptions
{
    /// <summary>Temperature from which confidence is called too high, in [1, 64]. Default 1.5.</summary>
    [Range(1.0, 64.0)]
    public double TemperatureFloor { get; init; } = 1.5;

    /// <summary>Share of the log-loss that dividing by the temperature saves, from which it is warned of, in (0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double GainFloor { get; init; } = 0.1;

    /// <summary>Expected calibration error from which it is warned of, in (0, 1]. Default 0.05.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ErrorFloor { get; init; } = 0.05;
}
