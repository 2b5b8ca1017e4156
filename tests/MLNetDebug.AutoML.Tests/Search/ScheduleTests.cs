using CsCheck;
using MLNetDebug.AutoML.Search;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>Whatever the order in which several workers' trials end and however they end, a study comes to its end, and runs nothing twice.</summary>
[TestClass]
public sealed class ScheduleTests
{
    // Rungs are none of its business, and a model of two dozen trials is slow to fit: few trials, many orders.
    private static readonly SweepOptions Options = new()
    {
        Metric = SweepMetric.Accuracy,
        Space = new() { BatchSizes = [16, 256] },
        Budget = new() { Trials = 6 },
        Epochs = 4,
        Repeats = 2,
        Probe = new NoProbe(),
    };

    [TestMethod]
    public void Next_ForAnyOrderOfEnds_RunsEachPlanOnce_AndEnds() => Gen.Select(Gen.Int[1, 4], Gen.Int, Gen.Double[0, 0.6]).Sample((workers, seed, deaths) =>
    {
        var (random, options) = (new Random(seed), Options with { Seed = seed });
        using var store = new MemoryStudyStore();
        store.Open(new StudyDefinition("s", "{}"));
        var schedule = new Schedule(options);
        var held = new TrialClaim?[workers];
        for (var turn = 0; turn < 1000; turn++)
        {
            var worker = random.Next(workers);
            if (held[worker] is { } claim)
            {
                store.Finish(claim, EndOf(claim.Plan, random, deaths));
                held[worker] = null;
                continue;
            }

            var next = schedule.Next(store.Read("s"));
            if (next.IsDone)
            {
                Check(store.Read("s").Trials, options);
                return;
            }

            Assert.IsTrue(next.Plan is not null || held.Any(h => h is not null), "Nobody works, and nothing is to be done: it would wait for ever.");
            if (next.Plan is { } plan)
                held[worker] = store.TryAdd("s", plan, $"w{worker}");
        }

        Assert.Fail("It does not end.");
    }, iter: 60);

    [TestMethod]
    public void Next_WaitsForAConfirmationThatMayAnswerAnArm()
    {
        var options = Options with { Probe = null };
        using var store = new MemoryStudyStore();
        store.Open(new StudyDefinition("s", "{}"));
        var schedule = new Schedule(options);
        TrialClaim? late = null;
        // Of the first to be confirmed one run fails while another is still under way.
        while (schedule.Next(store.Read("s")).Plan is { } plan)
        {
            var claim = store.TryAdd("s", plan, "w")!;
            if (late is null && plan.Kind == TrialKind.Confirmation)
                late = claim;
            else
                store.Finish(claim, late is not null && plan.Arm == late.Plan.Arm && plan.Kind == TrialKind.Confirmation ? new TrialEnd(TrialState.Failed) : new TrialEnd(TrialState.Completed) { Metric = plan.Parameters.LearningRate, TestMetric = 0.5 });
        }

        Assert.IsFalse(schedule.Next(store.Read("s")).IsDone);
        store.Finish(late!, new TrialEnd(TrialState.Completed) { Metric = 0.5 });
        Assert.IsTrue(schedule.Next(store.Read("s")).IsDone);
    }

    [TestMethod]
    public void Next_WhereTheFirstFailAlike_WaitsForWhatStillRuns()
    {
        var schedule = new Schedule(Options with { Probe = null });
        TrialRecord[] failed = [.. Enumerable.Range(1, 5).Select(i => Trials.Of(i, double.NaN, state: TrialState.Failed, rate: 0.1 * i) with { Reason = "no" })];
        var running = Trials.Of(0, double.NaN, state: TrialState.Running);
        Assert.AreEqual(new NextStep("search", null), schedule.Next(Trials.Study(Trials.Start, [running, .. failed])));
        Assert.IsTrue(schedule.Next(Trials.Study(Trials.Start, [running with { State = TrialState.Failed, Reason = "no" }, .. failed])).IsDone);
        Assert.IsFalse(schedule.Next(Trials.Study(Trials.Start, [running with { State = TrialState.Completed, Metric = 0.5 }, .. failed])).IsDone);
    }

    [TestMethod]
    public void Next_TestsABatchSizeBeforeItsFirstTrial_AndOnlyThen()
    {
        var options = new SweepOptions { Metric = SweepMetric.Accuracy, Probe = new NoProbe() };
        List<TrialRecord> trials = [];
        for (var i = 0; i < 20; i++)
        {
            var plan = new Schedule(options).Next(Trials.Study(Trials.Start, [.. trials])).Plan!;
            var isTested = trials.Any(t => t.Plan.Kind == TrialKind.RangeTest && t.Plan.Parameters.BatchSize == plan.Parameters.BatchSize);
            Assert.AreEqual(plan.Kind == TrialKind.RangeTest, !isTested);
            trials.Add(new TrialRecord(plan) { State = plan.Kind == TrialKind.RangeTest ? TrialState.Failed : TrialState.Completed, Metric = 0.5 });
        }

        CollectionAssert.AreEqual(new[] { 128, 128, 512, 512, 32, 32 }, trials.Take(6).Select(t => t.Plan.Parameters.BatchSize).ToArray());
    }

    [TestMethod]
    public void Next_WhileAnotherWorkerTests_TestsWhatWillBeNeeded_ThenWaits()
    {
        var options = new SweepOptions { Metric = SweepMetric.Accuracy, Probe = new NoProbe() };
        List<TrialRecord> trials = [];
        foreach (var expected in new[] { 128, 512, 32 })
        {
            var plan = new Schedule(options).Next(Trials.Study(Trials.Start, [.. trials])).Plan!;
            Assert.AreEqual((TrialKind.RangeTest, expected), (plan.Kind, plan.Parameters.BatchSize));
            trials.Add(new TrialRecord(plan));
        }

        var next = new Schedule(options).Next(Trials.Study(Trials.Start, [.. trials]));
        Assert.IsTrue(next is { Plan: null, IsDone: false, Stage: Schedule.RangeTests });
    }

    [TestMethod]
    public void CommonFailure_IsTheReasonOfTheFirstFive()
    {
        TrialRecord[] failed = [.. Enumerable.Range(0, 5).Select(i => Trials.Of(i, double.NaN, state: TrialState.Failed) with { Reason = "no" })];
        Assert.AreEqual("no", Schedule.CommonFailure(failed));
        Assert.IsNull(Schedule.CommonFailure(failed[..4]));
        Assert.IsNull(Schedule.CommonFailure([.. failed[..4], failed[4] with { Reason = "other" }]));
        Assert.IsNull(Schedule.CommonFailure([.. failed[..4], failed[4] with { State = TrialState.Pruned }]));
    }

    private static TrialEnd EndOf(TrialPlan plan, Random random, double deaths) =>
        plan.Kind == TrialKind.RangeTest
            ? random.NextDouble() < deaths ? new TrialEnd(TrialState.Failed) { Reason = "no" } : new TrialEnd(TrialState.Completed) { Bracket = new() { Moves = 1e-4, DivergesLow = 1, DivergesHigh = 2, Suggested = 0.1 } }
            : random.NextDouble() < deaths ? new TrialEnd(random.Next(2) == 0 ? TrialState.Failed : TrialState.Pruned) { Reason = $"{random.Next(3)}" }
            : new TrialEnd(TrialState.Completed) { Metric = random.NextDouble(), TestMetric = random.NextDouble() };

    private static void Check(IReadOnlyList<TrialRecord> trials, SweepOptions options)
    {
        Assert.IsTrue(trials.All(t => t.State != TrialState.Running), "It is done while a trial runs.");
        Assert.IsLessThanOrEqualTo(options.Budget.Trials!.Value, trials.Count(t => t.Plan.Kind == TrialKind.Search));
        var again = trials.Where(t => t.Plan.Kind != TrialKind.Search).GroupBy(t => (t.Plan.Kind, t.Plan.Arm, t.Plan.Parameters, t.Plan.Seed, t.Plan.Epochs)).FirstOrDefault(g => g.Count() > 1);
        Assert.IsNull(again, $"{again?.Key} was run {again?.Count()} times.");
        if (Schedule.CommonFailure(trials) is not null)
            return;
        Assert.AreEqual(options.Budget.Trials!.Value, trials.Count(t => t.Plan.Kind == TrialKind.Search));
        Assert.HasCount(2, trials.Where(t => t.Plan.Kind == TrialKind.RangeTest).ToArray());
        var whole = trials.Where(t => t is { Plan.Kind: TrialKind.Search, State: TrialState.Completed }).Select(t => t.Plan.Parameters).Distinct().Count();
        var confirmations = Confirmations.Of(trials, options);
        Assert.AreEqual(Math.Min(2, whole - confirmations.Refused.Count), confirmations.Confirmed.Count);
        Assert.IsTrue(BatchSizeArms.Of(trials, options).Plans.All(p => BatchSizeArms.RunOf(trials, p) is not null), "An arm was not run.");
    }

    private sealed class NoProbe : ILearningRateProbe
    {
        public LearningRateBracket Probe(LearningRateProbeRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
