using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions.Rules;

[TestClass]
public sealed class OverconfidenceTests
{
    [TestMethod]
    public void Confidence_that_is_not_borne_out_is_warned_of_with_its_temperature()
    {
        var (scores, labels) = Scored.Calibrated(2000, 3);
        var profile = Two([.. scores.Select(s => 3 * s)], labels);
        var finding = Judge(profile).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Confirmed), (finding.Severity, finding.Confidence));
        var calibration = profile.Calibration!;
        Assert.AreEqual(calibration.Temperature, finding.Evidence.Single(e => e.Name == "temperature").Value);
        Assert.AreEqual(calibration.Temperature, ((TemperatureMend)finding.Mend!).Temperature);
        Assert.AreEqual("Probability", ((TemperatureMend)finding.Mend!).Probability);
        Assert.StartsWith("On the hold-out data the model claims 9", finding.Message);
        Assert.Contains("it is right in", finding.Message);
        Assert.Contains("with every class as before", finding.Message);
        Assert.Contains("Calibrators.Platt(\"Label\", \"Score\")", finding.Advice[0].Code!);
        var figure = finding.Figures.Single();
        Assert.AreEqual(("reliability", 3, calibration.Bins.Count), (figure.Kind, figure.Data.Count, figure.Data[0].Count));
    }

    [TestMethod]
    public void Several_classes_are_told_of_the_mend()
    {
        var (byClass, labels) = Scored.Distributions(1500, 4, 5);
        var finding = Judge(Scored.Profile(Scored.SeveralClasses(Sharper(byClass, 3), labels), Scored.Multiclass, LearningTask.MulticlassClassification)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.StartsWith("scored = new TemperatureMend(\"Score\", ", finding.Advice[0].Code!);
    }

    [TestMethod]
    public void Right_confidence_and_modest_confidence_are_silent()
    {
        var alarms = Enumerable.Range(0, 200).Count(seed =>
        {
            var (scores, labels) = Scored.Calibrated(300, seed);
            return Judge(Two(scores, labels)).Findings.Count > 0 || Judge(Two([.. scores.Select(s => s / 4)], labels)).Findings.Count > 0;
        });
        Assert.AreEqual(0, alarms);
    }

    [TestMethod]
    public void Every_floor_must_be_reached()
    {
        var (scores, labels) = Scored.Calibrated(4000, 3);
        var profile = Two([.. scores.Select(s => 2 * s)], labels);
        Assert.HasCount(1, Judge(profile).Findings);
        Assert.IsEmpty(Judge(profile, new OverconfidenceOptions { TemperatureFloor = 2.5 }).Findings);
        Assert.IsEmpty(Judge(profile, new OverconfidenceOptions { GainFloor = 0.9 }).Findings);
        Assert.IsEmpty(Judge(profile, new OverconfidenceOptions { ErrorFloor = 0.5 }).Findings);
        var calibration = profile.Calibration!;
        Assert.HasCount(1, Judge(profile, new OverconfidenceOptions { TemperatureFloor = calibration.Temperature, ErrorFloor = calibration.ExpectedCalibrationError, GainFloor = 1 - calibration.CalibratedLogLoss / calibration.LogLoss }).Findings);
        Assert.IsEmpty(Judge(profile with { Calibration = calibration with { PValue = 0.06 } }).Findings);
        Assert.AreEqual(Severity.Info, Judge(profile with { Calibration = calibration with { PValue = 0.01 } }).Findings.Single().Severity);
    }

    [TestMethod]
    public void Where_confidence_cannot_be_judged_that_is_said()
    {
        var (scores, labels) = Scored.Calibrated(60, 3);
        var few = Judge(Two(scores, labels)).NotChecked.Single();
        Assert.AreEqual((CalibrationProfile.MinRows, "whether confidence can be believed: 60 rows with a label and a finite score are too few"), ((int)few.RowsNeeded!, few.Reason));
        (scores, labels) = Scored.Calibrated(200, 3);
        var margins = Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary with { Probability = null }, LearningTask.BinaryClassification);
        Assert.Contains("the model gives no probabilities", Judge(margins).NotChecked.Single().Reason);
        var invalid = Scored.Profile(Scored.TwoClasses(scores, labels, [.. scores.Select(s => 3 * Scored.Sigmoid(s))]), Scored.Binary, LearningTask.BinaryClassification);
        Assert.Contains("its scores are no probabilities", Judge(invalid).NotChecked.Single().Reason);
        var unlabelled = Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary with { Label = null }, LearningTask.BinaryClassification);
        Assert.Contains("the rows have no label", Judge(unlabelled).NotChecked.Single().Reason);
        Assert.IsEmpty(Judge(Scored.Profile(Scored.Targets(scores, scores), Scored.Regression, LearningTask.Regression)).NotChecked);
    }

    [TestMethod]
    public void Too_few_rows_to_tell_say_how_many_would()
    {
        var (scores, labels) = Scored.Calibrated(2000, 3);
        var profile = Two([.. scores.Select(s => 3 * s)], labels);
        var unsure = profile with { Calibration = profile.Calibration! with { Rows = 120, PValue = 0.2, StandardError = 0.2 } };
        var report = Judge(unsure);
        Assert.IsEmpty(report.Findings);
        Assert.IsGreaterThan(120, report.NotChecked.Single().RowsNeeded!.Value);
    }

    [TestMethod]
    public void Options_out_of_range_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => Judge(Two([1], [true]), new OverconfidenceOptions { TemperatureFloor = 0.9 }));
        Assert.ThrowsExactly<ArgumentException>(() => Judge(Two([1], [true]), new OverconfidenceOptions { GainFloor = 0 }));
    }

    private static PredictionProfile Two(float[] scores, bool[] labels) => Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary, LearningTask.BinaryClassification);

    private static DiagnosticReport Judge(PredictionProfile profile, OverconfidenceOptions? options = null) => RuleTester.Judge(new Overconfidence(options), profile);

    private static float[][] Sharper(float[][] byClass, double power)
    {
        double[] sums = [.. byClass[0].Select((_, i) => byClass.Sum(c => Math.Pow(c[i], power)))];
        return [.. byClass.Select(c => c.Select((p, i) => (float)(Math.Pow(p, power) / sums[i])).ToArray())];
    }
}
