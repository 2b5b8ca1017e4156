namespace MLNetDebug.Predictions;

/// <summary>How far a classifier's confidence can be believed, on rows it was not trained on.</summary>
public sealed record CalibrationProfile
{
    /// <summary>With fewer judged rows nothing is said of confidence.</summary>
    public const int MinRows = 100;

    /// <summary>Rows it stands on.</summary>
    public required long Rows { get; init; }

    /// <summary>Share of rows whose most probable class is right. A decision threshold other than one half is left out of account.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Mean probability of the most probable class.</summary>
    public required double MeanConfidence { get; init; }

    /// <summary>Mean probability of the most probable class where it is wrong; NaN where none is.</summary>
    public double MeanConfidenceOfWrong { get; init; } = double.NaN;

    /// <summary>Mean negative log-probability of the true class, in nats; a probability below e^-30 counts as that.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Expected calibration error over 15 bins of equal width (Naeini et al. 2015; Guo et al. 2017), in [0, 1].</summary>
    public required double ExpectedCalibrationError { get; init; }

    /// <summary>
    /// The temperature that makes the labels most likely (Guo et al. 2017), each half's fitted on the other half and the two averaged (geometric mean),
    /// in [0.2, 64]; above 1 the model is too sure of itself, below 1 too modest.
    /// </summary>
    public required double Temperature { get; init; }

    /// <summary>Log-loss at those temperatures, each on the half it was not fitted on.</summary>
    public required double CalibratedLogLoss { get; init; }

    /// <summary>One-sided p-value that the calibrated log-loss is no lower (paired t over rows).</summary>
    public required double PValue { get; init; }

    /// <summary>Standard error of the difference between the two log-losses, in nats; NaN where not known.</summary>
    public double StandardError { get; init; } = double.NaN;

    /// <summary>Mean confidence and accuracy by bin of confidence, empty bins left out.</summary>
    public IReadOnlyList<ReliabilityBin> Bins { get; init; } = [];
}

/// <summary>One bin of a reliability diagram.</summary>
/// <param name="Confidence">Mean confidence of its rows.</param>
/// <param name="Accuracy">Share of them predicted right.</param>
/// <param name="Rows">Rows.</param>
public sealed record ReliabilityBin(double Confidence, double Accuracy, long Rows);
