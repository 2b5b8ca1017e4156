using MLNetDebug.Torch.AutoML.Trials;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class DoomedTrialTests
{
    [TestMethod]
    [DataRow(RuleIds.LearningRateTooLarge, true)]
    [DataRow(RuleIds.NonFinite, true)]
    [DataRow(RuleIds.NotLearning, true)]
    [DataRow(RuleIds.DeadModel, true)]
    [DataRow(RuleIds.LearningRateTooSmall, true)]
    [DataRow(RuleIds.LossSpike, false)]
    [DataRow(RuleIds.Overconfidence, false)]
    public void Rules_ThatDoom(string id, bool isDoomed)
    {
        Assert.AreEqual(isDoomed, DoomedTrial.Is(Of(id), 100));
        Assert.IsFalse(DoomedTrial.Is(Of(id) with { Severity = Severity.Info }, 100));
    }

    [TestMethod]
    public void Drift_IsOnlySuspected() => Assert.IsFalse(DoomedTrial.Is(Of(RuleIds.LearningRateTooLarge) with { Confidence = Confidence.Suspected }, 100));

    [TestMethod]
    public void Slowness_IsNoFaultWithTimeEnough()
    {
        var slow = Of(RuleIds.LearningRateTooSmall) with { Evidence = [new Evidence("steps until the loss is halved", 5000)] };
        Assert.IsTrue(DoomedTrial.Is(slow, 4999));
        Assert.IsFalse(DoomedTrial.Is(slow, 5000));
    }

    internal static Finding Of(string id) => new()
    {
        Rule = new RuleDescriptor(id, id, id, RuleCategory.Optimizer, Severity.Warning, ProofKind.Statistical),
        Severity = Severity.Warning,
        Confidence = Confidence.Confirmed,
        Subject = new Subject(SubjectKind.Run, "run"),
        Message = "found",
    };
}
