using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Guards;
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
    [DataRow("L1Regularization", 3.0, 0.0, true)]
    [DataRow("L1Regularization", 3.0, 0.0001, false)]
    [DataRow("L2Regularization", 1e6, 0.0001, true)]
    [DataRow("L2Regularization", 1.0, 0.0001, false)]
    [DataRow("L2Regularization", 1e6, 0.1, false)]
    public void PenaltyThatForbidsEveryWeight_IsNamed(string penalty, double value, double weight, bool named)
    {
        var finding = Judge(Model with
        {
            Penalties = [new NamedValue(penalty, value)],
            Parameters = new("public weights", [new("weights", 4, 0, weight), new("bias", 1, 0, 2)]),
            Predictions = Regression([.. Enumerable.Repeat(2f, 30)], [.. Enumerable.Range(0, 30).Select(i => (float)i)]),
        }).Findings.Single();
        Assert.AreEqual(named, finding.Message.Contains($"its {penalty} of ", StringComparison.Ordinal), finding.Message);
        Assert.AreEqual(named ? $"{penalty} = 0.01f" : ".Append(", finding.Advice[0].Code![..(named ? penalty.Length + 8 : 8)]);
    }

    [TestMethod]
    public void TrainingThatWasEndedTooEarly_IsNamed()
    {
        var ended = Model with { EndedEarly = "after 1 s, in pass 2", Predictions = Regression([.. Enumerable.Repeat(2f, 30)], [.. Enumerable.Range(0, 30).Select(i => (float)i)]) };
        var finding = Judge(ended).Findings.Single();
        Assert.EndsWith("it has learned nothing: its training was ended early, after 1 s, in pass 2.", finding.Message);
        Assert.Contains("more time", finding.Advice.Single().Text);
    }

    [TestMethod]
    public void PenaltiesOfATrainer_AreRead()
    {
        var ml = new MLContext(1);
        NamedValue[] expected = [new("L1Regularization", 3), new("L2Regularization", 1)];
        CollectionAssert.AreEqual(expected, HyperParameters.Penalties(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 3)).ToArray());
        CollectionAssert.AreEqual(expected, HyperParameters.Penalties(ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 3))).ToArray());
        Assert.AreEqual(new NamedValue("Lambda", 0.5f), HyperParameters.Penalties(ml.BinaryClassification.Trainers.LinearSvm(new() { Lambda = 0.5f })).Single());
        Assert.IsEmpty(HyperParameters.Penalties(ml.BinaryClassification.Trainers.FastTree()));
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
