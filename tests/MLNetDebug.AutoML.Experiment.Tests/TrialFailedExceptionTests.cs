namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class TrialFailedExceptionTests
{
    [TestMethod]
    public void IsWhatAutoMLGoesOnAfter_AndHoldsTheTrial()
    {
        var report = new TrialReport { TrialId = 7, Outcome = TrialOutcome.Dead, Reason = "All is NaN.", Parameters = "{}", Duration = TimeSpan.Zero };
        var cause = new InvalidOperationException();
        Exception e = new TrialFailedException(report, cause);
        Assert.IsInstanceOfType<OperationCanceledException>(e);
        Assert.AreEqual("Trial 7 failed (Dead): All is NaN.", e.Message);
        Assert.AreSame(cause, e.InnerException);
        Assert.AreSame(report, ((TrialFailedException)e).Trial);
    }
}
