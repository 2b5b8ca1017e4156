using MathNet.Numerics.Distributions;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>
/// By how much a model does worse on test than on validation rows. Classes: the accuracies, two proportions with pooled variance. Targets: the mean squared
/// errors, Welch's t (1947).
/// </summary>
internal sealed record ErrorGap
{
    /// <summary>True for accuracies, false for squared errors.</summary>
    public required bool IsAccuracy { get; init; }

    /// <summary>The validation rows' accuracy or mean squared error.</summary>
    public required double Validation { get; init; }

    /// <summary>The test rows' accuracy or mean squared error.</summary>
    public required double Test { get; init; }

    /// <summary>Difference in standard errors; above 0 where test is worse.</summary>
    public required double Statistic { get; init; }

    /// <summary>One-sided p-value.</summary>
    public required double PValue { get; init; }

    /// <summary>The difference's standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>Judged rows of the smaller side.</summary>
    public required long SmallerRows { get; init; }

    /// <summary>Accuracy lost, or the squared error's growth in proportion to validation's; above 0 where test is worse.</summary>
    public double Size => IsAccuracy ? Validation - Test : Scale == 0 ? 0 : (Test - Validation) / Scale;

    private double Scale => IsAccuracy ? 1 : Validation;

    /// <summary>The smallest gap that would show at a level.</summary>
    public double Resolution(double level) => Scale == 0 ? 0 : -Normal.InvCDF(0, 1, level) * StandardError / Scale;

    /// <summary>Measures; null where either side has fewer than two judged rows, or the task has no such measure.</summary>
    public static ErrorGap? Of(PredictionProfile validation, PredictionProfile test)
    {
        if (validation.Judged < 2 || test.Judged < 2)
            return null;
        return validation.Task switch
        {
            LearningTask.BinaryClassification or LearningTask.MulticlassClassification => OfAccuracies(validation, test),
            LearningTask.Regression when Squared(validation) is { } a && Squared(test) is { } b => OfErrors(a, b),
            _ => null,
        };
    }

    private static ErrorGap OfAccuracies(PredictionProfile validation, PredictionProfile test)
    {
        double n = validation.Judged, m = test.Judged;
        var pooled = (validation.Correct + test.Correct) / (n + m);
        var error = Math.Sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        var z = error == 0 ? 0 : (validation.Accuracy - test.Accuracy) / error;
        return new ErrorGap
        {
            IsAccuracy = true,
            Validation = validation.Accuracy,
            Test = test.Accuracy,
            Statistic = z,
            PValue = Normal.CDF(0, 1, -z),
            StandardError = error,
            SmallerRows = Math.Min(validation.Judged, test.Judged),
        };
    }

    private static ErrorGap OfErrors(LossValue validation, LossValue test)
    {
        double a = Square(validation.StandardDeviation) / validation.Rows, b = Square(test.StandardDeviation) / test.Rows;
        var error = Math.Sqrt(a + b);
        var t = error == 0 ? 0 : (test.Value - validation.Value) / error;
        var freedom = error == 0 ? 1 : Square(a + b) / (Square(a) / (validation.Rows - 1) + Square(b) / (test.Rows - 1));
        return new ErrorGap
        {
            IsAccuracy = false,
            Validation = validation.Value,
            Test = test.Value,
            Statistic = t,
            PValue = StudentT.CDF(0, 1, freedom, -t),
            StandardError = error,
            SmallerRows = Math.Min(validation.Rows, test.Rows),
        };
    }

    private static LossValue? Squared(PredictionProfile profile) => profile.Losses.FirstOrDefault(l => l.Name == LossTally.SquaredError && double.IsFinite(l.Value) && l.Rows > 1);

    private static double Square(double value) => value * value;
}
