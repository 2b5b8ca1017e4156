using MLNetDebug.Data;
using MLNetDebug.Predictions;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training;

/// <summary>Makes numbers of what a loop hands over about held-out rows. Confidence is measured as the core measures a model's, on at most some thousand rows; everything else on every row.</summary>
internal static class ValidationReader
{
    /// <exception cref="ArgumentException">What was handed over does not fit together; numbers among the probabilities that are none are counted instead.</exception>
    public static ValidationRecord Read(Validation given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (!(double.IsNaN(given.Accuracy) || given.Accuracy is >= 0 and <= 1))
            throw new ArgumentException($"The validation's Accuracy is {Words.Number(given.Accuracy)}; it is a share in [0, 1].", nameof(given));
        var record = new ValidationRecord { Loss = given.Loss, Accuracy = given.Accuracy };
        if (given.Probabilities is null)
            return given.Labels is null ? record : throw new ArgumentException("The validation has Labels and no Probabilities: what was answered is missing.", nameof(given));
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        return Measure(record, given.Probabilities, given.Labels);
    }

    private static ValidationRecord Measure(ValidationRecord record, Tensor probabilities, Tensor? labels)
    {
        var matrix = ValidationTensors.Matrix(probabilities);
        var (rows, columns) = (matrix.shape[0], (int)matrix.shape[1]);
        var classes = Math.Max(2, columns);
        var truth = labels is null ? null : ValidationTensors.Classes(labels, rows, classes);
        var facts = new ProbabilityRows(columns, truth);
        foreach (var piece in ValidationTensors.Pieces(matrix))
            facts.Add(piece);
        record = facts.Complete(record with { Rows = rows, Classes = classes });
        if (truth is null)
            return record;
        record = WithLabels(record, truth, classes);
        // Of numbers that are no probabilities confidence cannot be told.
        return record.InvalidRows == 0 && CalibrationMeasure.OfAny(facts.Sample) is { } calibration ? WithConfidence(record, calibration) : record;
    }

    private static ValidationRecord WithLabels(ValidationRecord record, int[] labels, int classes)
    {
        var counts = new long[classes];
        foreach (var label in labels)
            counts[label]++;
        return record with
        {
            MajorityShare = (double)counts.Max() / labels.Length,
            LabelEntropy = counts.Where(c => c > 0).Sum(c => -(double)c / labels.Length * Math.Log((double)c / labels.Length)),
        };
    }

    private static ValidationRecord WithConfidence(ValidationRecord record, CalibrationProfile calibration) => record with
    {
        Loss = double.IsNaN(record.Loss) ? calibration.LogLoss : record.Loss,
        LogLoss = calibration.LogLoss,
        CalibrationError = calibration.ExpectedCalibrationError,
        MeanConfidence = calibration.MeanConfidence,
        MeanConfidenceOfWrong = calibration.MeanConfidenceOfWrong,
        Temperature = calibration.Temperature,
        CalibratedLogLoss = calibration.CalibratedLogLoss,
        CalibrationPValue = calibration.PValue,
    };
}
