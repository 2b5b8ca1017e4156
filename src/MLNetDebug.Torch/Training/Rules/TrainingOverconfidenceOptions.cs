using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD401 while training.</summary>
public sealed record TrainingOverconfidenceOptions : RuleOptions
{
    /// <summary>Validations behind the one with the lowest held-out loss that the trend must stand on, in [3, 100]. Default 4.</summary>
    [Range(3, 100)]
    public int Validations { get; init; } = 4;

    /// <summary>Largest one-sided p-value of the trend (Mann-Kendall), in (0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double PValue { get; init; } = 0.1;

    /// <summary>Smallest rise of the held-out loss over its minimum, as a share of it, in (0, 10]. Default 0.1.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public double LeastRise { get; init; } = 0.1;

    /// <summary>Smallest rise of the expected calibration error since then, in (0, 1]. Default 0.02.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ErrorRise { get; init; } = 0.02;

    /// <summary>Temperature from which confidence is called too high, in [1, 64]. Default 1.5.</summary>
    [Range(1.0, 64.0)]
    public double TemperatureFloor { get; init; } = 1.5;

    /// <summary>Share of the rise that dividing by the temperature must take back, in (0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Recovered { get; init; } = 0.1;
}
