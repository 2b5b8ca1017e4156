using System.Reflection;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class FailureReadingTests
{
    [TestMethod]
    public void Exceptions_HaveTheirOutcome()
    {
        Assert.AreEqual(TrialOutcome.Failed, Read(new InvalidOperationException("a\nb")).Outcome);
        Assert.AreEqual("InvalidOperationException: a b", Read(new InvalidOperationException("a\nb")).Reason);
        Assert.AreEqual(TrialOutcome.OutOfTime, Read(new TimeoutException("over")).Outcome);
        Assert.AreEqual(TrialOutcome.OutOfMemory, Read(new OutOfMemoryException()).Outcome);
        Assert.AreEqual(TrialOutcome.Cancelled, Read(new OperationCanceledException("by itself")).Outcome);
    }

    [TestMethod]
    public void Wrappers_AreTakenOff()
    {
        var cause = new ArgumentException("the cause");
        var end = Read(new AggregateException(new TargetInvocationException(cause)));
        Assert.AreSame(cause, end.Error);
        Assert.Contains("the cause", end.Reason);
    }

    [TestMethod]
    public void TheReasonATrialWasToEndFor_WinsOverWhatTheTrainerThrewBecauseOfIt()
    {
        var asked = new TrialEnd(TrialOutcome.Pruned, "worse than others");
        var end = FailureReading.Read(new InvalidOperationException("a cursor was cancelled"), asked, CancellationToken.None);
        Assert.AreEqual(TrialOutcome.Pruned, end.Outcome);
        Assert.AreEqual("worse than others", end.Reason);
    }

    [TestMethod]
    public void TheEndOfTheExperiment_IsNoFailure() =>
        Assert.AreEqual(TrialOutcome.Cancelled, FailureReading.Read(new InvalidOperationException(), null, new CancellationToken(true)).Outcome);

    [TestMethod]
    [DataRow(RuleIds.DeadModel, TrialOutcome.Dead)]
    [DataRow(RuleIds.InfiniteFeature, TrialOutcome.Failed)]
    public void Findings_AreTheReason(string rule, object outcome)
    {
        var report = new DiagnosticReport
        {
            Title = "t",
            Findings =
            [
                Finding(RuleIds.FeatureScale, Severity.Warning, "scales differ"),
                Finding(rule, Severity.Error, "this is it"),
            ],
        };
        var end = Read(new DiagnosticException("many lines", report));
        Assert.AreEqual((TrialOutcome)outcome, end.Outcome);
        Assert.AreEqual($"{rule} Name: this is it", end.Reason);
        Assert.AreSame(report, end.Report);
    }

    private static TrialEnd Read(Exception error) => FailureReading.Read(error, null, CancellationToken.None);

    private static Finding Finding(string id, Severity severity, string message) => new()
    {
        Rule = new RuleDescriptor(id, "Name", "Title.", RuleCategory.Data, severity, ProofKind.Fact),
        Severity = severity,
        Confidence = Confidence.Confirmed,
        Subject = new Subject(SubjectKind.Run, "r"),
        Message = message,
    };
}
