using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions.Rules;

[TestClass]
public sealed class DeadModelTests
{
    private static readonly ModelProfile Model = new() { Name = "Trainer" };

    [TestMethod]
    public void ParametersThatAreNotFinite_AreAnError_WithTheTensorsNamed()
    {
        var model = Model with { Parameters = new("saved weights", [new("a", 4, 0, 1), new("b", 10, 3, 0), new("c", 1, 1, 0)]) };
        var finding = Judge(model).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.StartsWith("4 of 15 parameters of Trainer are NaN or infinite, in 2 of 3 tensors (read from its saved weights); first 'b', 'c'", finding.Message);
    }

    [TestMethod]
    public void ScoresThatAreNotFinite_NameTheirRows_AndExcuseRowsWithSuchFeatures()
    {
        var scored = Regression([1, float.NaN, 3, float.PositiveInfinity], [1, 2, 3, 4]);
        var finding = Judge(Model with { Predictions = scored }).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        CollectionAssert.AreEqual(new long[] { 1, 3 }, finding.Subject.Rows.ToArray());
        // The rows' own features were not finite: the model is not to blame.
        var excused = scored with { Scores = scored.Scores with { NonFiniteFeatures = 2 } };
        Assert.IsEmpty(Judge(Model with { Predictions = excused }).Findings);
    }

    [TestMethod]
    [DataRow(0f, true)]
    [DataRow(1e-7f, true)]
    [DataRow(1e-4f, false)]
    public void OneAnswerForEveryRow_IsAnError_WhereLabelsDiffer(float spread, bool dead)
    {
        float[] scores = [.. Enumerable.Range(0, 40).Select(i => 1 + (i % 2 * spread))];
        var report = Judge(Model with { Predictions = Regression(scores, [.. Enumerable.Range(0, 40).Select(i => 1 + (i % 2 * 0.0001f))]) });
        Assert.AreEqual(dead, report.Findings.Any(f => f.Severity == Severity.Error && f.Message.Contains("the same answer", StringComparison.Ordinal)));
        Assert.IsEmpty(Judge(Model with { Predictions = Regression(scores, [.. scores.Select(_ => 1f)]) }).Findings.Where(f => f.Severity == Severity.Error));
    }

    [TestMethod]
    public void TrainerMeantToAnswerAlike_IsAnInfo() =>
        Assert.AreEqual(Severity.Info, Judge(Model with { IsConstantByDesign = true, Predictions = Regression([.. Enumerable.Repeat(2f, 30)], [.. Enumerable.Range(0, 30).Select(i => (float)i)]) }).Findings.Single().Severity);

    [TestMethod]
    public void FewRows_CannotTell()
    {
        var report = Judge(Model with { Predictions = Regression([1, 1, 1], [1, 2, 3]) });
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual(20, report.NotChecked.Single().RowsNeeded);
    }

    [TestMethod]
    public void WorseThanAConstant_IsAWarning_NoBetterAnInfo_AndBetterNothing()
    {
        var random = new Random(4);
        float[] targets = [.. Enumerable.Range(0, 3_000).Select(_ => (float)random.NextDouble())];
        Severity Said(Func<float, float> score) => Judge(Model with { Predictions = Regression([.. targets.Select(score)], targets) }).Findings.Select(f => f.Severity).DefaultIfEmpty(Severity.None).Single();
        Assert.AreEqual(Severity.Warning, Said(t => 5 - t));
        Assert.AreEqual(Severity.Info, Said(_ => 0.5f + ((float)random.NextDouble() * 0.0001f)));
        Assert.AreEqual(Severity.None, Said(t => (0.8f * t) + 0.1f));
    }

    [TestMethod]
    public void NothingToLookAt_IsSaid() => Assert.HasCount(1, Judge(Model).NotChecked);

    [TestMethod]
    public void Options_HoldTheirRanges() => Assert.Throws<ArgumentException>(() => OptionsValidation.ThrowIfInvalid(new DeadModelOptions { ConstantSpread = 0.1, MinimumRows = 1 }));

    private static PredictionProfile Regression(float[] scores, float[] targets) => Scored.Profile(Scored.Targets(scores, targets), Scored.Regression, LearningTask.Regression);

    private static DiagnosticReport Judge(ModelProfile model) => RuleTester.Judge(new DeadModel(), model);
}
