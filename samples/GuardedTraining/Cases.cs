using Microsoft.ML;
using MLNetDebug;

namespace GuardedTraining;

/// <summary>Three ways in which ML.NET's own trainers come to little or nothing. Only the first says anything, and not where.</summary>
internal static class Cases
{
    public static IEnumerable<Case> All(MLContext ml)
    {
        var wines = Data.Wines(ml);
        var tumours = Data.Tumours(ml);
        (string, Func<IDataView, double>) fit = ("R2", scored => ml.Regression.Evaluate(scored).RSquared);
        (string, Func<IDataView, double>) rank = ("AUC", scored => ml.BinaryClassification.EvaluateNonCalibrated(scored).AreaUnderRocCurve);
        var linear = ml.BinaryClassification.Trainers;

        yield return new Case(
            "raw units: weights overflow, and the exception names no column", wines,
            ml.Regression.Trainers.OnlineGradientDescent(learningRate: 0.05f, numberOfIterations: 100), fit, RuleIds.FitFailed, "magnesium");
        yield return new Case(
            "an export lost a decimal point: one column drowns the others, and nothing is said", Data.Tumours(ml, withoutPoint: "error fractal dimension"),
            linear.LinearSvm(), rank, RuleIds.FeatureScale, "error fractal dimension")
        { EndsAtWarnings = true };
        yield return new Case(
            "a penalty from another project: every weight is 0, and accuracy looks fair", tumours,
            ml.Transforms.NormalizeMeanVariance("Features").Append(linear.LbfgsLogisticRegression(l1Regularization: 1_000)), rank, RuleIds.DeadModel, "LbfgsLogisticRegressionBinaryTrainer")
        { Mended = ml.Transforms.NormalizeMeanVariance("Features").Append(linear.LbfgsLogisticRegression(l1Regularization: 1)) };
    }
}
