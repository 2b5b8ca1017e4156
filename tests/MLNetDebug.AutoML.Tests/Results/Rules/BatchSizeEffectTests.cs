using MLNetDebug.AutoML.Results;
using MLNetDebug.AutoML.Tests.Search;

namespace MLNetDebug.AutoML.Tests.Results.Rules;

[TestClass]
public sealed class BatchSizeEffectTests
{
    private static readonly double[] Noise = [0.002, -0.001, 0.001, -0.002, 0.0005];

    private static BatchSizeArm Arm(int batch, double level, int shift = 0, int epochs = 10) =>
        new(Trials.Parameters(batch == 16 ? 0.05 : 0.4, batch), epochs, [.. Noise.Select((_, i) => level + Noise[(i + shift) % Noise.Length])]);

    private static TrialSet Set(double small, double epochs, double? updates = null) => new()
    {
        Metric = SweepMetric.Accuracy,
        Small = Arm(16, small),
        LargeEqualEpochs = Arm(256, epochs, 2),
        LargeEqualUpdates = updates is { } u ? Arm(256, u, 3, 160) : null,
    };

    private static DiagnosticReport Judge(TrialSet set, BatchSizeEffectOptions? options = null) => new RuleEngine([new BatchSizeEffect(options)]).Judge("s", new Measurements().With(set));

    [TestMethod]
    public void PlantedEffect_IsFound_WithItsIntervals()
    {
        var finding = Judge(Set(0.95, 0.90, 0.92)).Findings.Single();
        Assert.AreEqual((RuleIds.BatchSizeEffect, Severity.Info, "BatchSize", ProofKind.Experiment), (finding.Rule.Id, finding.Severity, finding.Subject.Name, finding.Proof!.Kind));
        StringAssert.Contains(finding.Message, "the small one is better after 10 epochs each, accuracy by +0.05 [");
        StringAssert.Contains(finding.Message, "after as many updates (160 epochs of the large batch), accuracy by +0.03 [");
        Assert.AreEqual(0.05, finding.Evidence.Single(e => e.Name == "advantage of the small batch at equal epochs").Value, 1e-9);
        Assert.AreEqual("Take a batch of 16 at a rate of 0.05.", finding.Advice.Single().Text);
    }

    [TestMethod]
    public void PlantedEffect_OfTheLargeBatch_IsFoundToo()
    {
        var finding = Judge(Set(0.90, 0.95, 0.95)).Findings.Single();
        StringAssert.Contains(finding.Message, "the large one is better after 10 epochs each, accuracy by +0.05 [");
        Assert.AreEqual("Take a batch of 256 at a rate of 0.4.", finding.Advice.Single().Text);
    }

    [TestMethod]
    public void EffectThatMoreUpdatesMend_IsSaidToBeOne()
    {
        var finding = Judge(Set(0.95, 0.90, 0.95)).Findings.Single();
        StringAssert.Contains(finding.Message, "no difference beyond noise after as many updates");
        Assert.AreEqual("What the large batch lacks is updates: train it longer, or take a batch of 16 at a rate of 0.05.", finding.Advice.Single().Text);
        Assert.AreEqual("Take a batch of 256 at a rate of 0.4.", Judge(Set(0.90, 0.95, 0.90)).Findings.Single().Advice.Single().Text);
    }

    [TestMethod]
    public void CleanTwin_IsSilent()
    {
        var report = Judge(Set(0.95, 0.95, 0.95));
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual(2, report.FamilySize);
        Assert.IsEmpty(report.NotChecked);
    }

    [TestMethod]
    public void Boundary_IsTheSmallestEffectThatMatters()
    {
        // Significant to the last digit, and of no worth: 0.4 % of the metric.
        var set = Set(0.95, 0.9462) with { LargeEqualEpochs = Arm(256, 0.9462) };
        Assert.IsEmpty(Judge(set).Findings);
        Assert.IsNotEmpty(Judge(set, new() { MinimumEffect = 0.0039 }).Findings);
        Assert.IsNotEmpty(Judge(set with { LargeEqualEpochs = Arm(256, 0.945) }).Findings);
    }

    [TestMethod]
    public void Boundary_IsTheLargestPValueThatCounts()
    {
        // Five differences with t = 4: p 0.016, and 0.032 where two are tested.
        double[] differences = [0.01, 0.02, 0.03, 0.03, 0.04];
        var small = Arm(16, 0.9);
        TrialSet Of(double stretch) => Set(0.9, 0.9, 0.9) with
        {
            Small = small,
            LargeEqualEpochs = Arm(256, 0.9) with { TestMetrics = [.. small.TestMetrics.Select((m, i) => m - 0.026 - (stretch * (differences[i] - 0.026)))] },
            LargeEqualUpdates = Arm(256, 0.9) with { TestMetrics = [.. small.TestMetrics.Reverse()] },
        };
        var adjusted = Judge(Of(1), new() { MaxPValue = 1 }).Findings.Single().Evidence.Single(e => e.Name == "adjusted p at equal epochs").Value;
        Assert.IsTrue(adjusted is > 0.01 and < 0.05, $"{adjusted}");
        Assert.IsEmpty(Judge(Of(1)).Findings);
        Assert.IsEmpty(Judge(Of(1), new() { MaxPValue = adjusted - 1e-9 }).Findings);
        Assert.IsNotEmpty(Judge(Of(1), new() { MaxPValue = adjusted }).Findings);
        Assert.IsNotEmpty(Judge(Of(0.5)).Findings, "half the spread");
    }

    [TestMethod]
    public void LossIsBetterWhereItIsLower()
    {
        var finding = Judge(Set(0.2, 0.3) with { Metric = SweepMetric.Loss }).Findings.Single();
        StringAssert.Contains(finding.Message, "the small one is better after 10 epochs each, loss by +0.1");
        Assert.AreEqual("Take a batch of 16 at a rate of 0.05.", finding.Advice.Single().Text);
    }

    [TestMethod]
    public void BadInput_IsNotChecked_AndNeverHealthy()
    {
        var unmeasured = Judge(new TrialSet { Metric = SweepMetric.Accuracy, NotMeasured = "No test rows." });
        Assert.IsEmpty(unmeasured.Findings);
        Assert.AreEqual("No test rows.", unmeasured.NotChecked.Single().Reason);
        var nan = new BatchSizeArm(Trials.Parameters(0.4, 256), 10, [.. Enumerable.Repeat(double.NaN, 5)]);
        Assert.IsEmpty(Judge(Set(0.9, 0.9) with { LargeEqualEpochs = nan, NotMeasured = "All died." }).Findings);
        Assert.IsEmpty(Judge(Set(0.9, 0.9) with { Small = nan, LargeEqualUpdates = nan }).Findings);
        // One arm may have died while the other can be judged.
        Assert.HasCount(1, Judge(Set(0.95, 0.9) with { LargeEqualUpdates = nan, NotMeasured = "It died." }).Findings);
    }

    /// <summary>A whole sweep whose small batch does better.</summary>
    internal static SweepResult Planted(SweepOptions asked)
    {
        var options = asked with { Repeats = 5, Epochs = 10 };
        List<TrialRecord> trials = [Trials.Of(0, 0.9, batch: 16, epochs: 10), Trials.Of(1, 0.8, batch: 256, epochs: 10)];
        foreach (var (i, plan) in AutoML.Search.BatchSizeArms.Of(trials, options).Plans.Index())
            trials.Add(new TrialRecord(plan with { Number = i + 2 }) { State = TrialState.Completed, Metric = 0.9, TestMetric = (plan.Parameters.BatchSize == 16 ? 0.95 : 0.9) + Noise[(i * 2) % 5] });
        return SweepJudge.Judge(Trials.Study(Trials.Start.AddHours(1), trials), options);
    }
}
