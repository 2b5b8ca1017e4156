namespace MLNetDebug.Torch.Training;

/// <summary>One finished epoch.</summary>
public sealed record EpochRecord
{
    /// <summary>Zero-based.</summary>
    public required int Epoch { get; init; }

    /// <summary>Its first step.</summary>
    public long FirstStep { get; init; }

    /// <summary>Its steps.</summary>
    public long Steps { get; init; }

    /// <summary>Mean training loss over its steps whose loss was finite; NaN where none was.</summary>
    public double MeanLoss { get; init; } = double.NaN;

    /// <summary>Mean accuracy of the training batches at its sampled steps; NaN without class indices.</summary>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>The first optimizer's learning rate at its end, as the optimizer holds it.</summary>
    public double LearningRate { get; init; } = double.NaN;

    /// <summary>What was measured on held-out rows at its end; null where nothing was.</summary>
    public ValidationRecord? Validation { get; init; }
}

/// <summary>Held-out rows at the end of an epoch, as numbers.</summary>
public sealed record ValidationRecord
{
    /// <summary>The held-out loss; NaN where it was not given and could not be computed.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Share of rows answered right; NaN where it is not known.</summary>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>Rows; 0 where they are not known.</summary>
    public long Rows { get; init; }

    /// <summary>Classes; 0 where they are not known.</summary>
    public long Classes { get; init; }

    /// <summary>Share of the most frequent class among the labels; NaN where they are not known.</summary>
    public double MajorityShare { get; init; } = double.NaN;

    /// <summary>The entropy of the labels, in nats: the log-loss of the best constant answer; NaN where they are not known.</summary>
    public double LabelEntropy { get; init; } = double.NaN;

    /// <summary>Mean negative log-probability of the true class; NaN without probabilities and labels.</summary>
    public double LogLoss { get; init; } = double.NaN;

    /// <summary>Expected calibration error over 15 bins of equal width; NaN without probabilities and labels.</summary>
    public double CalibrationError { get; init; } = double.NaN;

    /// <summary>Mean probability of the most probable class; NaN without probabilities.</summary>
    public double MeanConfidence { get; init; } = double.NaN;

    /// <summary>Mean probability of the most probable class where it is wrong; NaN where none is.</summary>
    public double MeanConfidenceOfWrong { get; init; } = double.NaN;

    /// <summary>The log-loss where it is known, that of the answers whatever the loop's loss weighs or smooths; else the loss.</summary>
    internal double JudgedLoss => double.IsFinite(LogLoss) ? LogLoss : Loss;

    /// <summary>The temperature that makes the labels most likely, fitted crosswise on two halves; NaN with fewer than 100 rows.</summary>
    public double Temperature { get; init; } = double.NaN;

    /// <summary>Log-loss at that temperature, each row's on the half it was not fitted on; NaN with fewer than 100 rows.</summary>
    public double CalibratedLogLoss { get; init; } = double.NaN;

    /// <summary>One-sided p-value that the calibrated log-loss is no lower (paired t over rows); NaN with fewer than 100 rows.</summary>
    public double CalibrationPValue { get; init; } = double.NaN;

    /// <summary>Rows of the probabilities that are no distribution: a number that is not finite, below 0 or above 1 (beyond 0.000001, for rounding), or a sum off 1 by more than 0.001; -1 without probabilities.</summary>
    public long InvalidRows { get; init; } = -1;

    /// <summary>The first of them, counted from 0; -1 where there is none.</summary>
    public long FirstInvalidRow { get; init; } = -1;

    /// <summary>Rows of the probabilities with a number that is not finite; -1 without probabilities.</summary>
    public long NonFiniteRows { get; init; } = -1;

    /// <summary>The largest distance of a row's sum from 1; NaN without probabilities.</summary>
    public double MaxSumError { get; init; } = double.NaN;

    /// <summary>The smallest number among the probabilities; NaN without.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>The largest number among the probabilities; NaN without.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>The largest standard deviation of one class's probability over the rows: 0 where every row got the same answer; NaN without probabilities.</summary>
    public double RowSpread { get; init; } = double.NaN;

    /// <summary>The accuracy up to which answers are no better than the most frequent class: so many standard errors above its share.</summary>
    internal double GuessBar(double errors) => MajorityShare + (errors * Math.Sqrt(MajorityShare * (1 - MajorityShare) / Rows));
}
