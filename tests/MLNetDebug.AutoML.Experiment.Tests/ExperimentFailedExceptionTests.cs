namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ExperimentFailedExceptionTests
{
    [TestMethod]
    public void Message_GroupsTrialsByCause_MostFrequentFirst()
    {
        var trials = new[]
        {
            Failed(0, TrialOutcome.Failed, "InvalidOperationException: no rows"),
            Failed(1, TrialOutcome.Dead, "MLD404 DeadModel: 3 of 9 parameters are NaN."),
            Failed(2, TrialOutcome.Dead, "MLD404 DeadModel: 9 of 9 parameters are NaN."),
        };
        var e = new ExperimentFailedException(trials, "Begin elsewhere.");
        var lines = e.Message.Split(Environment.NewLine);
        Assert.AreEqual("All 3 trials failed, so there is no model.", lines[0]);
        Assert.Contains("2 trials Dead, first trial 1 with {x:1}: MLD404 DeadModel: 3 of 9", lines[1]);
        Assert.Contains("1 trial Failed, first trial 0", lines[2]);
        Assert.AreEqual("Begin elsewhere.", lines[3]);
        Assert.HasCount(3, e.Trials);
    }

    [TestMethod]
    public void Message_IsBounded()
    {
        var trials = Enumerable.Range(0, 50).Select(i => Failed(i, TrialOutcome.Failed, $"{(char)('A' + (i % 26))}: other")).ToArray();
        var message = new ExperimentFailedException(trials).Message;
        Assert.Contains("and 21 further reasons", message);
        Assert.HasCount(7, message.Split(Environment.NewLine));
    }

    [TestMethod]
    public void OneTrial_IsSaidAsOne() => Assert.StartsWith("The one trial failed", new ExperimentFailedException([Failed(0, TrialOutcome.Failed, "x")]).Message);

    private static TrialReport Failed(int id, TrialOutcome outcome, string reason) =>
        new() { TrialId = id, Outcome = outcome, Reason = reason, Parameters = $"{{x:{id}}}", Duration = TimeSpan.Zero };
}
