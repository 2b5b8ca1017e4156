using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class OneLabelBatchesTests
{
    [TestMethod]
    public void Sorted_rows_fill_batches_with_one_class()
    {
        var finding = Judge(OrderedData.Of([.. Enumerable.Range(0, 3200).Select(i => (double)(i / 320))])).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.StartsWith("At batch 32, 100 % of batches hold one class; shuffled: below 0.01 %.", finding.Message);
        Assert.AreEqual("MLD105", finding.Rule.Id);
    }

    [TestMethod]
    public void A_symptom_of_unshuffled_rows_is_folded()
    {
        var profile = OrderedData.Of([.. Enumerable.Range(0, 3200).Select(i => (double)(i / 320))]);
        var report = new RuleEngine([new UnshuffledRows(), new OneLabelBatches()]).Judge("test", new Measurements().With(profile));
        Assert.AreEqual("MLD104", report.Unfolded.Single().Rule.Id);
        Assert.AreEqual("MLD104", report.Of(RuleIds.OneLabelBatches).Single().FoldedUnder);
    }

    [TestMethod]
    public void A_pool_shuffle_of_sorted_rows_is_found_at_the_users_batch_size()
    {
        var order = OrderedData.PoolShuffle(6400, 1000, 1);
        var profile = OrderedData.Of([.. order.Select(i => (double)(i / 640))]);
        Assert.IsInRange(0.15, 0.30, profile.Label!.Order!.Batches!.H);
        var finding = Judge(profile).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("two rows of a batch have the same label in", finding.Message);
    }

    [TestMethod]
    public void Imbalance_alone_is_never_warned_of()
    {
        // 99 : 1 shuffled: 72 % of batches of 32 hold one class, as they must.
        var random = new Random(4);
        for (var run = 0; run < 50; run++)
        {
            double[] labels = [.. Enumerable.Range(0, 3200).Select(i => i < 32 ? 1.0 : 0)];
            random.Shuffle(labels);
            Assert.IsTrue(Judge(OrderedData.Of(labels, task: LearningTask.BinaryClassification)).Worst < Severity.Warning, $"run {run}");
        }
    }

    [TestMethod]
    public void Stratified_batches_are_fine() =>
        Assert.IsEmpty(Judge(OrderedData.Of([.. Enumerable.Range(0, 3200).Select(i => (double)(i % 10))])).Findings);

    [TestMethod]
    public void Blocks_of_the_batch_size_are_seen_at_that_size_only()
    {
        var random = new Random(9);
        double[] labels = [.. Enumerable.Range(0, 100).SelectMany(_ => Enumerable.Repeat((double)random.Next(2), 16))];
        Assert.IsGreaterThan(0.9, OrderedData.Of(labels, batchSize: 16).Label!.Order!.Batches!.H);
        Assert.IsLessThan(0.2, OrderedData.Of(labels, batchSize: 400).Label!.Order!.Batches!.H);
    }

    [TestMethod]
    [DataRow(TrainerFamily.Trees)]
    [DataRow(TrainerFamily.QuasiNewton)]
    public void Trainers_without_batches_do_not_mind(TrainerFamily family)
    {
        var profile = OrderedData.Of([.. Enumerable.Range(0, 3200).Select(i => (double)(i / 320))]);
        profile = profile with { Declaration = profile.Declaration with { Trainer = new TrainerTraits("Some", family, null) } };
        Assert.IsEmpty(Judge(profile).Findings);
    }

    [TestMethod]
    public void An_order_that_is_meant_is_advice()
    {
        var profile = OrderedData.Of([.. Enumerable.Range(0, 3200).Select(i => (double)(i / 320))]);
        profile = profile with { Declaration = profile.Declaration with { ExpectOrdered = true } };
        Assert.AreEqual(Severity.Info, Judge(profile).Findings.Single().Severity);
    }

    [TestMethod]
    public void Fewer_than_two_batches_are_not_checked()
    {
        var report = Judge(OrderedData.Of([.. Enumerable.Range(0, 63).Select(i => (double)(i / 30))]));
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual(64, report.NotChecked.Single().RowsNeeded);
    }

    [TestMethod]
    public void Targets_single_rows_and_empty_data_give_nothing()
    {
        Assert.IsEmpty(Judge(OrderedData.Of([.. Enumerable.Range(0, 500).Select(i => (double)i)], task: LearningTask.Regression)).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([.. Enumerable.Range(0, 500).Select(i => (double)(i / 250))], batchSize: 1)).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([])).Findings);
        Assert.IsEmpty(Judge(Profiles.Of(100, [])).Findings);
    }

    private static DiagnosticReport Judge(DataProfile profile) => RuleTester.Judge(new OneLabelBatches(), profile);
}
