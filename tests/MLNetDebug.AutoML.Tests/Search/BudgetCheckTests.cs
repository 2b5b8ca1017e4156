using CsCheck;
using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class BudgetCheckTests
{
    private static SweepOptions Options(SweepBudget budget) => new() { Metric = SweepMetric.Accuracy, Budget = budget, CompareBatchSizes = false, Repeats = 2 };

    private static TrialRecord Timed(int number, int from, int? to) => Trials.Of(number, 0.5, state: to is null ? TrialState.Running : TrialState.Completed) with
    {
        Started = Trials.Start.AddSeconds(from),
        Ended = to is null ? null : Trials.Start.AddSeconds(to.Value),
    };

    [TestMethod]
    public void Worked_IsTheSecondsInWhichSomeoneWorked() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 20], Gen.Bool).Array[0, 12].Sample(spans =>
        {
            const int Now = 80, Expiry = 6;
            var trials = spans.Select((s, i) => Timed(i, s.Item1, s.Item3 ? s.Item1 + s.Item2 : null)).ToArray();
            bool IsAt(int second) => spans.Any(s => s.Item1 <= second && second < (s.Item3 ? s.Item1 + s.Item2 : Now));
            // A proposal lies between two trials, and is shorter than the time after which a worker is dead.
            bool IsProposal(int second)
            {
                var (before, after) = (second, second);
                while (before >= 0 && !IsAt(before))
                    before--;
                while (after < Now && !IsAt(after))
                    after++;
                return before >= 0 && after - before - 1 < Expiry;
            }

            var seconds = Enumerable.Range(0, Now).Count(s => IsAt(s) || IsProposal(s));
            var check = new BudgetCheck(Options(new()) with { Heartbeat = TimeSpan.FromSeconds(1), HeartbeatExpiry = TimeSpan.FromSeconds(Expiry) });
            Assert.AreEqual(seconds, check.Worked(Trials.Study(Trials.Start.AddSeconds(Now), trials)).TotalSeconds, 1e-9);
        });

    [TestMethod]
    public void IsSpent_ByTrials_CountsThoseOfTheSearch()
    {
        var check = new BudgetCheck(Options(new() { Trials = 2 }));
        TrialRecord[] trials = [Trials.Of(0, 0, TrialKind.RangeTest), Trials.Of(1, 0), Trials.Of(2, 0, TrialKind.Confirmation)];
        Assert.IsFalse(check.IsSpent(Trials.Study(Trials.Start, trials)));
        Assert.IsTrue(check.IsSpent(Trials.Study(Trials.Start, [.. trials, Trials.Of(3, 0, state: TrialState.Running)])));
    }

    [TestMethod]
    public void IsSpent_ByEpochs_CountsARunningTrialWhole_AndAPrunedOneByWhatItDid()
    {
        var check = new BudgetCheck(Options(new() { Trials = null, Epochs = 23 }));
        var pruned = Trials.Of(0, 0.1, state: TrialState.Pruned, curve: [0.1, 0.1]);
        Assert.IsFalse(check.IsSpent(Trials.Study(Trials.Start, pruned, Trials.Of(1, 0.5))));
        Assert.IsTrue(check.IsSpent(Trials.Study(Trials.Start, pruned, Trials.Of(1, 0.5), Trials.Of(2, 0.1, state: TrialState.Failed, curve: [0.1]))));
        Assert.IsTrue(check.IsSpent(Trials.Study(Trials.Start, Trials.Of(0, 0, state: TrialState.Running), Trials.Of(1, 0, state: TrialState.Running))));
    }

    [TestMethod]
    public void IsSpent_ByEpochs_AlsoWhereTrialsReportNothing()
    {
        var check = new BudgetCheck(Options(new() { Trials = null, Epochs = 21 }));
        TrialRecord[] dead = [.. Enumerable.Range(0, 20).Select(i => Trials.Of(i, double.NaN, state: TrialState.Failed))];
        Assert.IsFalse(check.IsSpent(Trials.Study(Trials.Start, dead)));
        Assert.IsTrue(check.IsSpent(Trials.Study(Trials.Start, [.. dead, Trials.Of(20, double.NaN, state: TrialState.Failed)])));
        // A trivial one came to its end of 20 epochs.
        Assert.IsTrue(check.IsSpent(Trials.Study(Trials.Start, [Trials.Of(0, 0.1, state: TrialState.Failed), dead[1]])));
    }

    [TestMethod]
    public void IsSpent_ByTime_LeavesTimeForTheConfirmations_AndTriesSomethingFirst()
    {
        // A trial took 10 s; four confirmations will take 40.
        var trial = Timed(0, 0, 10);
        bool IsSpent(int seconds, params TrialRecord[] trials) => new BudgetCheck(Options(new() { Trials = null, Time = TimeSpan.FromSeconds(seconds) })).IsSpent(Trials.Study(Trials.Start.AddSeconds(10), trials));
        Assert.IsTrue(IsSpent(50, trial));
        Assert.IsFalse(IsSpent(51, trial));
        Assert.IsFalse(IsSpent(1));
        Assert.IsFalse(IsSpent(1, Timed(0, 0, null)));
        // Two workers need half as long.
        Assert.IsFalse(IsSpent(41, trial, Timed(1, 0, null) with { Worker = "a" }, Timed(2, 0, null) with { Worker = "b" }));
        Assert.IsTrue(IsSpent(30, trial, Timed(1, 0, null) with { Worker = "a" }, Timed(2, 0, null) with { Worker = "b" }));
    }

    [TestMethod]
    public void Left_FallsToNothing()
    {
        var check = new BudgetCheck(Options(new() { Trials = 5 }));
        Assert.IsNull(check.Left(Trials.Study(Trials.Start)));
        // Four trials of the search and four confirmations of a minute each.
        Assert.AreEqual(TimeSpan.FromMinutes(8), check.Left(Trials.Study(Trials.Start.AddMinutes(1), Trials.Of(0, 0.5))));
        TrialRecord[] all = [.. Enumerable.Range(0, 5).Select(i => Trials.Of(i, 0.5)), .. Enumerable.Range(5, 4).Select(i => Trials.Of(i, 0.5, TrialKind.Confirmation))];
        Assert.AreEqual(TimeSpan.Zero, check.Left(Trials.Study(Trials.Start.AddHours(1), all)));
        Assert.AreEqual(TimeSpan.FromSeconds(20), new BudgetCheck(Options(new() { Time = TimeSpan.FromSeconds(30) })).Left(Trials.Study(Trials.Start.AddSeconds(10), Timed(0, 0, 10))));
        Assert.AreEqual(TimeSpan.Zero, new BudgetCheck(Options(new() { Time = TimeSpan.FromSeconds(3) })).Left(Trials.Study(Trials.Start.AddSeconds(10), Timed(0, 0, 10))));
    }
}
