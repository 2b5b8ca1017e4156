using CsCheck;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions;

[TestClass]
public sealed class CalibrationMeasureTests
{
    [TestMethod]
    public void ECE_bins_and_confidences_equal_their_definitions() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[100, 400], Gen.Int[0, 10_000]).Sample((classes, rows, seed) =>
        {
            var (byClass, labels) = Scored.Distributions(rows, classes, seed);
            var calibration = Scored.Profile(Scored.SeveralClasses(byClass, labels), Scored.Multiclass, LearningTask.MulticlassClassification).Calibration!;

            var answers = Enumerable.Range(0, rows).Select(i =>
            {
                var best = Enumerable.Range(0, classes).MaxBy(k => byClass[k][i]);
                return (Confidence: (double)byClass[best][i], Right: best == labels[i] - 1);
            }).ToArray();
            var ece = 0.0;
            for (var b = 0; b < 15; b++)
            {
                var inside = answers.Where(a => a.Confidence > b / 15.0 && a.Confidence <= (b + 1) / 15.0).ToArray();
                if (inside.Length > 0)
                    ece += (double)inside.Length / rows * Math.Abs(inside.Average(a => a.Right ? 1.0 : 0) - inside.Average(a => a.Confidence));
            }

            Assert.IsTrue(Math.Abs(ece - calibration.ExpectedCalibrationError) < 1e-6, $"{ece} and {calibration.ExpectedCalibrationError}");
            Assert.AreEqual(answers.Average(a => a.Right ? 1.0 : 0), calibration.Accuracy, 1e-9);
            Assert.AreEqual(answers.Average(a => a.Confidence), calibration.MeanConfidence, 1e-6);
            Assert.AreEqual(answers.Where(a => !a.Right).Select(a => a.Confidence).DefaultIfEmpty(double.NaN).Average(), calibration.MeanConfidenceOfWrong, 1e-6);
            Assert.AreEqual(answers.Length, calibration.Bins.Sum(b => b.Rows));
            Assert.AreEqual(Enumerable.Range(0, rows).Average(i => -Math.Log(byClass[labels[i] - 1][i])), calibration.LogLoss, 1e-5);
        }, iter: 40, threads: 1);

    [TestMethod]
    public void The_temperature_is_that_of_a_grid_search() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[100, 600], Gen.Int[0, 10_000], Gen.Double[0.5, 12]).Sample((classes, rows, seed, sharpness) =>
        {
            var (byClass, labels) = Scored.Distributions(rows, classes, seed);
            var logs = new float[rows * classes];
            for (var i = 0; i < rows; i++)
            {
                double[] raised = [.. Enumerable.Range(0, classes).Select(k => Math.Pow(byClass[k][i], sharpness))];
                for (var k = 0; k < classes; k++)
                    logs[i * classes + k] = (float)(raised[k] / raised.Sum());
            }

            Calibration.ToLogs(logs);
            int[] given = [.. labels.Select(l => (int)l - 1)];
            var fitted = Calibration.Fit(logs, given, classes, new TemperatureRange(0.2, 64, 15));
            double[] losses = new double[rows];
            var best = Enumerable.Range(0, 4000).Select(i => 0.2 * Math.Pow(320, i / 3999.0)).MinBy(Loss);
            Assert.AreEqual(1, fitted / best, 0.02, $"{fitted} and {best}");
            Assert.AreEqual(Loss(best), Loss(fitted), 1e-4 * Math.Max(1, Loss(best)));

            double Loss(double temperature)
            {
                Calibration.Losses(logs, given, classes, temperature, losses);
                return losses.Average();
            }
        }, iter: 12, threads: 1);

    [TestMethod]
    public void Probabilities_made_sharper_are_found_out_and_right_ones_are_not()
    {
        var (scores, labels) = Scored.Calibrated(2000, 3);
        var right = Of(scores, labels);
        Assert.AreEqual(1, right.Temperature, 0.15);
        Assert.IsGreaterThan(0.01, right.PValue);
        Assert.IsLessThan(0.04, right.ExpectedCalibrationError);

        var sharp = Of([.. scores.Select(s => 3 * s)], labels);
        Assert.AreEqual(3, sharp.Temperature, 0.4);
        Assert.IsLessThan(1e-6, sharp.PValue);
        Assert.IsLessThan(sharp.LogLoss, sharp.CalibratedLogLoss);
        Assert.IsGreaterThan(right.MeanConfidenceOfWrong, sharp.MeanConfidenceOfWrong);
        Assert.AreEqual(right.Accuracy, sharp.Accuracy);
    }

    [TestMethod]
    public void A_right_model_is_seldom_said_to_gain_by_another_temperature()
    {
        var low = Enumerable.Range(0, 400).Count(seed =>
        {
            var (scores, labels) = Scored.Calibrated(300, seed);
            return Of(scores, labels).PValue < 0.01;
        });
        Assert.IsLessThanOrEqualTo(8, low);
    }

    [TestMethod]
    public void Too_few_rows_one_class_only_and_no_probabilities_give_nothing()
    {
        var (scores, labels) = Scored.Calibrated(CalibrationProfile.MinRows, 1);
        Assert.IsNotNull(Of(scores, labels));
        Assert.IsNull(Scored.Profile(Scored.TwoClasses(scores[1..], labels[1..]), Scored.Binary, LearningTask.BinaryClassification).Calibration);
        Assert.IsNull(Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary with { Probability = null }, LearningTask.BinaryClassification).Calibration);
        Assert.IsNull(Scored.Profile(Scored.SeveralClasses([scores], [.. labels.Select(_ => 1u)]), Scored.Multiclass, LearningTask.MulticlassClassification).Calibration);
    }

    [TestMethod]
    public void Probabilities_of_nothing_and_of_certainty_stay_finite()
    {
        var random = new Random(4);
        bool[] labels = [.. Enumerable.Range(0, 300).Select(_ => random.Next(2) == 0)];
        float[] certain = [.. labels.Select(l => (random.NextDouble() < 0.9) == l ? 1f : 0f)];
        var calibration = Scored.Profile(Scored.TwoClasses([.. certain.Select(p => p * 80 - 40)], labels, certain), Scored.Binary, LearningTask.BinaryClassification).Calibration!;
        Assert.IsTrue(double.IsFinite(calibration.LogLoss) && double.IsFinite(calibration.CalibratedLogLoss));
        Assert.IsGreaterThan(5, calibration.Temperature);
        Assert.AreEqual(1, calibration.MeanConfidence);
    }

    private static CalibrationProfile Of(float[] scores, bool[] labels) =>
        Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary, LearningTask.BinaryClassification).Calibration!;
}
