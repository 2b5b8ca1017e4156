using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class ConfirmationsTests
{
    private static readonly SweepOptions Options = new() { Metric = SweepMetric.Accuracy, Repeats = 2 };

    private static readonly TrialRecord[] Search =
    [
        Trials.Of(0, 0.7, rate: 0.1), Trials.Of(1, 0.9, rate: 0.2), Trials.Of(2, 0.8, rate: 0.3), Trials.Of(3, 0.99, state: TrialState.Pruned, rate: 0.4), Trials.Of(4, 0.9, rate: 0.2),
    ];

    private static TrialRecord Run(int number, int of, int repeat, TrialState state = TrialState.Completed) =>
        Trials.Of(number, 0.8, TrialKind.Confirmation, state, Search[of].Plan.Parameters.LearningRate, seed: Seeds.OfRepeat(1, repeat), arm: $"trial {of}");

    private static Confirmations Of(params TrialRecord[] runs) => Confirmations.Of([.. Search, .. runs], Options);

    [TestMethod]
    public void Of_BeginsWithTheBestWholeTrial()
    {
        var plan = Of().Missing!;
        Assert.AreEqual((0.2, "trial 1", Seeds.OfRepeat(1, 0), 20, TrialKind.Confirmation), (plan.Parameters.LearningRate, plan.Arm, plan.Seed, plan.Epochs, plan.Kind));
        Assert.AreEqual(Seeds.OfRepeat(1, 1), Of(Run(5, 1, 0)).Missing!.Seed);
    }

    [TestMethod]
    public void Of_GoesOnToTheSecond_AlsoWhileOthersRun_AndNotToTheSameParameters()
    {
        Assert.AreEqual("trial 2", Of(Run(5, 1, 0), Run(6, 1, 1, TrialState.Running)).Missing!.Arm);
        var waiting = Of(Run(5, 1, 0), Run(6, 1, 1, TrialState.Running), Run(7, 2, 0), Run(8, 2, 1));
        Assert.IsNull(waiting.Missing);
        Assert.IsTrue(waiting.IsRunning);
        Assert.AreEqual(2, waiting.Confirmed.Single().Trial.Plan.Number);
    }

    [TestMethod]
    public void Of_RefusesOneThatDiesAtASeed_AndTakesTheNext()
    {
        foreach (var died in new[] { TrialState.Failed, TrialState.Pruned })
        {
            var confirmations = Of(Run(5, 1, 0, died), Run(6, 2, 0), Run(7, 2, 1));
            Assert.AreEqual(1, confirmations.Refused.Single().Plan.Number);
            Assert.AreEqual("trial 0", confirmations.Missing!.Arm);
        }
    }

    [TestMethod]
    public void Of_IsDoneWithTwo()
    {
        var done = Of(Run(5, 1, 0), Run(6, 1, 1), Run(7, 2, 0), Run(8, 2, 1));
        Assert.IsNull(done.Missing);
        Assert.IsFalse(done.IsRunning);
        CollectionAssert.AreEqual(new[] { 1, 2 }, done.Confirmed.Select(c => c.Trial.Plan.Number).ToArray());
        Assert.IsTrue(done.Confirmed.All(c => c.Runs.Count == 2));
    }

    [TestMethod]
    public void Of_WhereLowerIsBetter_BeginsWithTheLowest() =>
        Assert.AreEqual("trial 0", Confirmations.Of(Search, Options with { Metric = SweepMetric.Loss }).Missing!.Arm);

    [TestMethod]
    public void Of_NothingWhole_HasNothingToConfirm()
    {
        var none = Confirmations.Of([Trials.Of(0, 0.9, state: TrialState.Pruned), Trials.Of(1, double.NaN)], Options);
        Assert.IsNull(none.Missing);
        Assert.IsEmpty(none.Confirmed);
    }
}
