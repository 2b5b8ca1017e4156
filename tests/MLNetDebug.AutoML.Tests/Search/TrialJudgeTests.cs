using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class TrialJudgeTests
{
    private static readonly SweepOptions Options = new() { Metric = SweepMetric.Accuracy, Epochs = 20, Baseline = 0.2 };

    private static readonly IReadOnlyList<TrialRecord> Better = [.. Enumerable.Range(1, 6).Select(i => Trials.Of(i, 0.9, curve: [0.8, 0.8, 0.9]))];

    [TestMethod]
    public void Pruned_AndThenNotFinite_IsDead()
    {
        var judge = Judge();
        judge.Add(new TrialPoint(2, 0.1, 10));
        Assert.IsTrue(judge.IsOver(() => Better));
        Assert.AreEqual(TrialState.Pruned, judge.Decided!.State);
        judge.Add(new TrialPoint(3, double.NaN, 15));
        Assert.IsTrue(judge.IsOver(() => Better));
        Assert.AreEqual((TrialState.Failed, double.NaN, RuleIds.DeadModel), (judge.Decided!.State, judge.Decided.Metric, judge.Decided.Findings.Single().RuleId));
    }

    [TestMethod]
    public void NotFinite_StaysSo_WhateverComesAfter()
    {
        var judge = Judge();
        judge.Add(new TrialPoint(1, double.PositiveInfinity, 5));
        Assert.IsTrue(judge.IsOver(() => Better));
        judge.Add(new TrialPoint(2, 0.1, 10));
        Assert.IsTrue(judge.IsOver(() => Better));
        Assert.AreEqual(TrialState.Failed, judge.Decided!.State);
        Assert.AreSame(judge.Decided, judge.Of(new TrialPrunedException("later")));
        Assert.AreSame(judge.Decided, judge.Of(new InvalidOperationException("later")));
        Assert.AreEqual(TrialState.Failed, judge.Of(new TrialOutcome(0.99)).State);
    }

    [TestMethod]
    public void Trials_AreReadAtRungsAlone()
    {
        var judge = Judge();
        foreach (var epoch in (ReadOnlySpan<int>)[1, 3, 4, 20])
        {
            var wasAsked = false;
            judge.Add(new TrialPoint(epoch, 0.99, epoch));
            Assert.IsFalse(judge.IsOver(() =>
            {
                wasAsked = true;
                return Better;
            }));
            // Rungs are 2 and 6: a body need not report each epoch, and at its end nothing is spared.
            Assert.AreEqual(epoch == 3, wasAsked, $"epoch {epoch}");
        }
    }

    [TestMethod]
    public void Confirmation_IsHeldAgainstNoOther()
    {
        var judge = Judge(TrialKind.Confirmation);
        judge.Add(new TrialPoint(2, 0.1, 10));
        Assert.IsFalse(judge.IsOver(() => throw new InvalidOperationException("not asked")));
    }

    [TestMethod]
    [DataRow(0.9, TrialState.Completed)]
    [DataRow(0.2, TrialState.Failed)]
    [DataRow(double.NaN, TrialState.Failed)]
    public void Outcome_CompletesWhereItIsFiniteAndNotTrivial(double metric, TrialState expected)
    {
        var judge = Judge();
        judge.Add(new TrialPoint(5, 0.5, 50));
        Assert.IsFalse(judge.IsOver(() => []));
        var end = judge.Of(new TrialOutcome(metric) { TestMetric = 0.8 });
        Assert.AreEqual((expected, metric, 50L), (end.State, end.Metric, end.Steps));
        Assert.AreEqual(expected == TrialState.Completed ? 0.8 : double.NaN, end.TestMetric);
        Assert.AreEqual(70, judge.Of(new TrialOutcome(metric) { Steps = 70 }).Steps);
    }

    [TestMethod]
    public void Exception_FailsTheTrial_WithNoMetric_AndPruningKeepsTheBest()
    {
        var judge = Judge();
        judge.Add(new TrialPoint(1, 0.5, 5));
        judge.Add(new TrialPoint(2, 0.4, 10));
        var failed = judge.Of(new InvalidOperationException("no"));
        Assert.AreEqual((TrialState.Failed, double.NaN, "InvalidOperationException: no"), (failed.State, failed.Metric, failed.Reason));
        var pruned = judge.Of(new TrialPrunedException("enough") { Steps = 12 });
        Assert.AreEqual((TrialState.Pruned, 0.5, 12L, "enough"), (pruned.State, pruned.Metric, pruned.Steps, pruned.Reason));
        Assert.AreEqual(10, judge.Of(new TrialPrunedException("enough")).Steps);
    }

    [TestMethod]
    public void Epochs_Ascend()
    {
        var judge = Judge();
        judge.Add(new TrialPoint(2, 0.5, 5));
        foreach (var epoch in new[] { 1, 2 })
            Assert.ThrowsExactly<ArgumentException>(() => judge.Add(new TrialPoint(epoch, 0.5, 5)));
        Assert.AreEqual(2, judge.LastEpoch);
    }

    private static TrialJudge Judge(TrialKind kind = TrialKind.Search) =>
        new(new TrialPlan(0, kind, new TrialParameters([new(TrialParameters.LearningRateName, 0.1), new(TrialParameters.BatchSizeName, 32)]), 1, 20), Options, new Rungs(Options));
}
