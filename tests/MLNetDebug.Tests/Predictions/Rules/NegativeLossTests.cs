using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions.Rules;

[TestClass]
public sealed class NegativeLossTests
{
    [TestMethod]
    public void A_log_loss_of_values_above_1_is_an_error()
    {
        float[][] tripled = [[2.7f, 0.3f, 2.4f], [0.3f, 2.7f, 0.6f]];
        var profile = Scored.Profile(Scored.SeveralClasses(tripled, [1, 2, 1]), Scored.Multiclass with { ScoreIsProbability = true }, LearningTask.MulticlassClassification);
        var finding = Judge(profile).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.AreEqual(-(2 * Math.Log(2.7) + Math.Log(2.4)) / 3, finding.Evidence.Single().Value, 1e-6);
        Assert.StartsWith("The log-loss over 3 rows of the hold-out data is -0.954, which is no possible value", finding.Message);
        Assert.Contains("'Score' holds values above 1 (up to 2.7)", finding.Message);
    }

    [TestMethod]
    public void A_divergence_is_told_what_it_takes()
    {
        var finding = Judge(With(new LossValue("KL divergence", -0.2, 40))).Findings.Single();
        Assert.Contains("logits where log-probabilities are expected", finding.Message);
        Assert.Contains("log_softmax(logits, 1)", finding.Advice[0].Code!);
        Assert.Contains("what went in are none", Judge(With(new LossValue("cross-entropy", -0.2, 40))).Findings.Single().Message);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(-1e-6)]
    [DataRow(3.0)]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void Possible_values_and_rounding_are_silent(double value) => Assert.IsEmpty(Judge(With(new LossValue("log-loss", value, 40))).Findings);

    [TestMethod]
    public void The_boundary_is_the_tolerance()
    {
        Assert.HasCount(1, Judge(With(new LossValue("log-loss", -1.1e-6, 40))).Findings);
        Assert.IsEmpty(Judge(With(new LossValue("log-loss", -0.009, 40)), new NegativeLossOptions { Tolerance = 0.01 }).Findings);
        Assert.ThrowsExactly<ArgumentException>(() => Judge(With(), new NegativeLossOptions { Tolerance = -1 }));
    }

    [TestMethod]
    public void A_loss_that_may_be_negative_is_silent() =>
        Assert.IsEmpty(Judge(With(new LossValue("negative log-likelihood of a density", -4, 40, CanBeNegative: true))).Findings);

    [TestMethod]
    public void Healthy_probabilities_are_silent()
    {
        var (scores, labels) = Scored.Calibrated(300, 1);
        Assert.IsEmpty(Judge(Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary, LearningTask.BinaryClassification)).Findings);
        float[] certain = [.. labels.Select(l => l ? 1f : 0)];
        Assert.IsEmpty(Judge(Scored.Profile(Scored.TwoClasses(scores, labels, certain), Scored.Binary, LearningTask.BinaryClassification)).Findings);
    }

    private static PredictionProfile With(params LossValue[] losses) => Scored.Profile(Scored.Targets([1], [1]), Scored.Regression, LearningTask.Regression) with { Losses = losses };

    private static DiagnosticReport Judge(PredictionProfile profile, NegativeLossOptions? options = null) => RuleTester.Judge(new NegativeLoss(options), profile);
}
