using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Tests.Data;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class FitDivergedTests
{
    private static readonly FitSignal First = new(TimeSpan.Zero) { Epoch = 0, Step = 0, Loss = 0.7 };
    private static readonly FitSignal Left = new(TimeSpan.Zero) { Epoch = 0, Step = 1, LearningRate = 0.9 };

    [TestMethod]
    public void LossThatIsNoNumber_NamesStepRateAndTheLossBefore()
    {
        var finding = Judge(Run(First, Left with { Loss = double.NaN })).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.AreEqual((0, 1), (finding.Subject.Epoch, (int)finding.Subject.Step!.Value));
        Assert.AreEqual("Trainer left the numbers in step 1 (epoch 0, both counted from 0): its loss is NaN. The loss of the step before was 0.7. The learning rate was 0.9. Training was ended.", finding.Message);
    }

    [TestMethod]
    public void TensorsThatAreNotFinite_AreNamedByTheFirst()
    {
        var finding = Judge(Run(Left with { NonFiniteTensors = 3, FirstNonFinite = "head.weight", ParameterNorm = double.NaN })).Findings.Single();
        Assert.Contains("3 tensors of its weights or gradients hold NaN or infinite values, first 'head.weight'", finding.Message);
        Assert.AreEqual(3, finding.Evidence.Single(e => e.Name == "tensors that are not finite").Value);
    }

    [TestMethod]
    public void NormThatExploded_IsCalledSo() =>
        Assert.Contains("the norm of its weights is 90,000, more than 100 times", Judge(Run(Left with { Loss = 3, NonFiniteTensors = 0, ParameterNorm = 90_000 })).Findings.Single().Message);

    [TestMethod]
    public void RestoredWeights_AreAWarning()
    {
        var finding = Judge(Run(Left with { Loss = double.NaN }) with { RestoredEpoch = 2 }).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("weights of epoch 2 put back", finding.Message);
    }

    [TestMethod]
    public void FiniteRun_GivesNothing() => Assert.IsEmpty(Judge(Run(First, First) with { NonFinite = null }).Findings);

    [TestMethod]
    // Balanced classes: one answer for every row has log 2 = 0.693.
    [DataRow(0.7, 3.0, true)]
    [DataRow(3.0, 0.7, false)]
    [DataRow(0.5, 1.3, false)]
    public void RisingLoss_IsSuspectedWhereItEndsFarAboveAConstantAnswer(double first, double last, bool flagged)
    {
        var run = Run(First with { Loss = first }, First with { Epoch = 1, Step = 1, Loss = last }) with
        {
            NonFinite = null,
            Data = Profiles.Of(20, [], Profiles.ClassLabel(10, 10), new DataDeclaration { Task = LearningTask.MulticlassClassification }),
        };
        var findings = Judge(run).Findings;
        Assert.AreEqual(flagged, findings.Count > 0);
        if (flagged)
            Assert.AreEqual((Severity.Warning, Confidence.Suspected), (findings[0].Severity, findings[0].Confidence));
    }

    private static FitRun Run(params FitSignal[] signals) =>
        new() { Trainer = "Trainer", Outcome = FitOutcome.Diverged, Elapsed = default, Signals = signals, NonFinite = signals[^1] };

    private static DiagnosticReport Judge(FitRun run) => RuleTester.Judge(new FitDiverged(), run);
}
