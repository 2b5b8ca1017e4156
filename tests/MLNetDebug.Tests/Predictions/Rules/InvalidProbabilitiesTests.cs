using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions.Rules;

[TestClass]
public sealed class InvalidProbabilitiesTests
{
    [TestMethod]
    public void A_binary_probability_above_1_is_an_error_with_rows()
    {
        var profile = Two([1, 2, -1, 3], [true, true, false, true], [0.7f, 1.2f, 0.3f, -0.1f]);
        var finding = Judge(profile).Findings.Single();
        Assert.AreEqual((Severity.Error, "Probability"), (finding.Severity, finding.Subject.Name));
        CollectionAssert.AreEqual(new long[] { 1, 3 }, finding.Subject.Rows.ToArray());
        Assert.StartsWith("Column 'Probability' of the hold-out data is to hold probabilities, but 2 rows of 4 lie outside [0, 1] (values from -0.1 to 1.2), first rows 1, 3", finding.Message);
        Assert.Contains("Platt", finding.Advice[0].Code!);
    }

    [TestMethod]
    public void Declared_scores_that_do_not_sum_to_1_are_an_error_and_others_an_Info()
    {
        float[][] halves = [[0.5f, 0.2f, 0.1f], [0.4f, 0.2f, 0.9f]];
        var declared = Judge(Several(halves, declared: true)).Findings.Single();
        Assert.AreEqual(Severity.Error, declared.Severity);
        Assert.Contains("those of 2 rows of 3 do not sum to 1 (the worst sum is 0.4), first rows 0, 1", declared.Message);
        var merely = Judge(Several(halves, declared: false)).Findings.Single();
        Assert.AreEqual(Severity.Info, merely.Severity);
        Assert.Contains("LogLoss that ML.NET gives for this model has no meaning; its accuracy has", merely.Message);
    }

    [TestMethod]
    [DataRow(1.0f, true)]
    [DataRow(0.0f, true)]
    [DataRow(1.0000005f, true)]
    [DataRow(-5e-7f, true)]
    [DataRow(1.00001f, false)]
    [DataRow(-1e-5f, false)]
    public void Rounding_is_no_fault(float probability, bool isSilent) =>
        Assert.AreEqual(isSilent, Judge(Two([1], [true], [probability])).Findings.Count == 0);

    [TestMethod]
    [DataRow(0.0009f, true)]
    [DataRow(0.0011f, false)]
    public void Sums_may_be_off_by_a_thousandth(float off, bool isSilent) =>
        Assert.AreEqual(isSilent, Judge(Several([[0.5f + off], [0.5f]], declared: true)).Findings.Count == 0);

    [TestMethod]
    public void What_is_not_finite_because_its_score_is_not_is_another_rules_fault()
    {
        Assert.IsEmpty(Judge(Two([1, float.NaN], [true, true], [0.7f, float.NaN])).Findings);
        Assert.IsEmpty(Judge(Several([[0.5f, float.NaN], [0.5f, 1]], declared: true)).Findings);
        Assert.Contains("1 not finite", Judge(Two([1, 2], [true, true], [0.7f, float.NaN])).Findings.Single().Message);
    }

    [TestMethod]
    public void Valid_probabilities_and_other_tasks_are_silent()
    {
        var (byClass, labels) = Scored.Distributions(500, 8, 3);
        Assert.IsEmpty(Judge(Scored.Profile(Scored.SeveralClasses(byClass, labels), Scored.Multiclass with { ScoreIsProbability = true }, LearningTask.MulticlassClassification)).Findings);
        Assert.IsEmpty(Judge(Scored.Profile(Scored.Targets([5, 6], [5, 6]), Scored.Regression, LearningTask.Regression)).Findings);
        Assert.IsEmpty(Judge(Two([], [], [])).Findings);
    }

    private static PredictionProfile Two(float[] scores, bool[] labels, float[] probabilities) =>
        Scored.Profile(Scored.TwoClasses(scores, labels, probabilities), Scored.Binary, LearningTask.BinaryClassification);

    private static PredictionProfile Several(float[][] byClass, bool declared) => Scored.Profile(
        Scored.SeveralClasses(byClass, [.. byClass[0].Select(_ => 1u)]), Scored.Multiclass with { ScoreIsProbability = declared }, LearningTask.MulticlassClassification);

    private static DiagnosticReport Judge(PredictionProfile profile) => RuleTester.Judge(new InvalidProbabilities(), profile);
}
