using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class NonFiniteTests
{
    private static readonly NonFiniteIncident Log = new()
    {
        Step = 1200,
        Seen = "loss",
        Direction = NonFiniteDirection.Forward,
        Module = "block.head",
        ModuleType = "Head",
        Operation = "log of 0",
        Value = 0,
        Count = 3,
        IsReplayed = true,
        IsReproduced = true,
        Mend = "Keep the log's argument away from 0.",
        MendCode = "x.clamp(min: 1e-12).log()",
    };

    [TestMethod]
    public void A_step_that_is_finite_is_silent()
    {
        var report = Judge(null);
        Assert.IsEmpty(report.Findings);
        Assert.IsEmpty(report.NotChecked);
    }

    [TestMethod]
    public void A_gradient_that_comes_and_goes_may_be_a_convolutions_own()
    {
        var backward = Log with { Direction = NonFiniteDirection.Backward, Operation = "", Mend = "", MendCode = null };
        Assert.IsTrue(Judge(backward with { IsReproduced = false }).Findings.Single().Advice.Any(a => a.Text.Contains("multiple of 16", StringComparison.Ordinal)));
        Assert.IsFalse(Judge(backward).Findings.Single().Advice.Any(a => a.Text.Contains("multiple of 16", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void The_module_the_operation_and_the_mend_are_told()
    {
        var finding = Judge(Log).Findings.Single();
        Assert.AreEqual(new Subject(SubjectKind.Layer, "block.head") { Step = 1200, Epoch = 2 }, finding.Subject);
        Assert.AreEqual((Severity.Error, Confidence.Confirmed), (finding.Severity, finding.Confidence));
        Assert.AreEqual("The forward pass of step 1,200 made the first number that is not finite in `block.head` (Head), by log of 0.", finding.Message);
        Assert.AreEqual(new Advice("Keep the log's argument away from 0.", "x.clamp(min: 1e-12).log()"), finding.Advice[0]);
        CollectionAssert.AreEqual(new[] { 3.0, 0 }, finding.Evidence.Select(e => e.Value).ToArray());
        Assert.IsNotNull(finding.Proof);
    }

    [TestMethod]
    public void The_code_between_two_modules_is_told()
    {
        Assert.Contains("in the code of the network (Net) between `fc1` and `fc2`, by", Message(Log with { Module = "", ModuleType = "Net", After = "fc1", Before = "fc2" }));
        Assert.Contains("in the code of `block.head` (Head) behind `fc`", Message(Log with { After = "fc" }));
        Assert.Contains("in the code of `block.head` (Head) in front of `fc`", Message(Log with { Before = "fc" }));
        Assert.AreEqual("Net", Judge(Log with { Module = "", ModuleType = "Net" }).Findings.Single().Subject.Name);
    }

    [TestMethod]
    public void The_loss_is_a_place()
    {
        var finding = Judge(Log with { Module = null, IsInLoss = true }).Findings.Single();
        Assert.AreEqual("loss", finding.Subject.Name);
        Assert.Contains("in the loss, by log of 0", finding.Message);
        Assert.Contains("behind `out`, in the network's last code or the loss", Message(Log with { Module = null, IsInLoss = true, After = "out" }));
    }

    [TestMethod]
    public void The_batch_is_told_with_its_row()
    {
        var finding = Judge(Log with { Direction = NonFiniteDirection.Input, Module = null, Operation = "", Value = double.NaN, Tensor = "target", Row = 17, Count = 1 }).Findings.Single();
        Assert.AreEqual((SubjectKind.DataSet, "batch", 17L), (finding.Subject.Kind, finding.Subject.Name, finding.Subject.Rows.Single()));
        Assert.StartsWith("The batch of step 1,200 holds a number that is not finite in `target`, first in row 17 (counted from 0)", finding.Message);
        Assert.HasCount(1, finding.Evidence);
    }

    [TestMethod]
    [DataRow(NonFiniteDirection.Parameter, "`fc.weight` held 3 numbers that are not finite before step 1,200 began")]
    [DataRow(NonFiniteDirection.Update, "The update of step 1,200 made 3 numbers that are not finite of `fc.weight`; loss and gradients were finite")]
    public void A_parameter_is_told_by_its_name(NonFiniteDirection direction, string says)
    {
        var report = Judge(Log with { Direction = direction, Tensor = "fc.weight", Operation = "", IsReplayed = false, IsReproduced = false });
        var finding = report.Findings.Single();
        Assert.AreEqual(("fc.weight", Confidence.Confirmed), (finding.Subject.Name, finding.Confidence));
        Assert.StartsWith(says, finding.Message);
        // After an update there is nothing to run again.
        Assert.HasCount(direction == NonFiniteDirection.Update ? 0 : 1, report.NotChecked);
    }

    [TestMethod]
    public void The_gradient_is_told_with_autograds_word()
    {
        var incident = Log with { Direction = NonFiniteDirection.Backward, Operation = "the gradient of log at 0", AutogradFunction = "LogBackward0" };
        Assert.AreEqual(
            "The loss of step 1,200 is finite, a gradient is not. The backward pass made the first such number in `block.head` (Head), by the gradient of log at 0 (autograd names LogBackward0).", Message(incident));
        Assert.Contains("(autograd names FooBackward0)", Message(incident with { Operation = "", AutogradFunction = "FooBackward0" }));
    }

    [TestMethod]
    public void What_was_not_replayed_is_suspected_and_said()
    {
        var report = Judge(Log with { Module = null, Operation = "", Mend = "", MendCode = null, IsReplayed = false, IsReproduced = false });
        Assert.AreEqual(Confidence.Suspected, report.Findings.Single().Confidence);
        Assert.AreEqual("Net", report.Findings.Single().Subject.Name);
        Assert.Contains("guard.Step(", report.NotChecked.Single().Reason);
        Assert.IsNull(report.Findings.Single().Proof);
    }

    [TestMethod]
    public void What_did_not_come_again_is_suspected_and_said()
    {
        var finding = Judge(Log with { Direction = NonFiniteDirection.Unknown, Module = null, Operation = "", IsReproduced = false }).Findings.Single();
        Assert.AreEqual(Confidence.Suspected, finding.Confidence);
        Assert.Contains("Run again, the step did not do the same", finding.Message);
        Assert.IsTrue(finding.Advice.All(a => a.Text.Length > 0));
    }

    [TestMethod]
    public void No_value_is_no_evidence()
    {
        Assert.IsEmpty(Judge(Log with { Value = double.NegativeInfinity, Count = 0 }).Findings.Single().Evidence);
        Assert.Contains("in row 4 alone", Message(Log with { Row = 4 }));
    }

    private static string Message(NonFiniteIncident incident) => Judge(incident).Findings.Single().Message;

    private static DiagnosticReport Judge(NonFiniteIncident? incident) => new RuleEngine([new Torch.Training.NonFinite()])
        .Judge("training", new Measurements().With(new TrainingWindow { Network = "Net", Step = 1200, Epoch = 2, Loss = new LossTrack(), NonFinite = incident }));
}
