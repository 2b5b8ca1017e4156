using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class UnshuffledRowsTests
{
    [TestMethod]
    public void Iris_as_it_comes_is_sorted_by_its_label()
    {
        var (labels, slots) = OrderedData.File("iris.csv");
        var profile = OrderedData.Of(labels, slots);
        var finding = Judge(profile).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(SubjectKind.Label, finding.Subject.Kind);
        Assert.StartsWith("The rows of the training data are sorted by 'Label'", finding.Message);
        Assert.Contains("at batch 32, 50 % of batches hold one class; shuffled: below 0.01 %", finding.Message);
        Assert.Contains("4 of 4 feature slots depend on the position too", finding.Message);
        Assert.AreEqual(0.985, profile.Label!.Order!.Batches!.H, 0.001);
        Assert.AreEqual(0.88, profile.FeatureColumns.Single().Slots.Max(s => Math.Abs(s.Sketch!.Order!.Spearman)), 0.005);
        Assert.IsInstanceOfType<ShuffleMend>(finding.Mend);
    }

    [TestMethod]
    public void Breast_cancer_as_it_comes_is_not_shuffled()
    {
        var (labels, slots) = OrderedData.File("breast_cancer.csv");
        var profile = OrderedData.Of(labels, slots, LearningTask.BinaryClassification);
        Assert.AreEqual(0.132, profile.Label!.Order!.Batches!.H, 0.001);
        Assert.IsLessThan(1e-8, profile.Label.Order.BlockP);
        Assert.AreEqual(Severity.Warning, Judge(profile).Findings.Single().Severity);
    }

    [TestMethod]
    public void Digits_written_in_turn_are_advice_only()
    {
        var (labels, slots) = OrderedData.File("digits.csv", header: false);
        var profile = OrderedData.Of(labels, slots);
        Assert.AreEqual(-0.0166, profile.Label!.Order!.Batches!.H, 0.0005);
        var finding = Judge(profile).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.Contains("Labels are well mixed", finding.Message);
        Assert.Contains(". A split by position", Judge(profile with { Label = null }).Findings.Single().Message);
    }

    [TestMethod]
    [DataRow("iris.csv", true)]
    [DataRow("wine_data.csv", true)]
    [DataRow("breast_cancer.csv", true)]
    [DataRow("digits.csv", false)]
    public void Shuffled_rows_are_never_warned_of(string file, bool header)
    {
        // Alone in its family the rule has something to say of 5 % of healthy data; a warning asks for more.
        var data = OrderedData.File(file, header);
        var told = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            var (labels, slots) = data.Reorder(OrderedData.Permutation(data.Labels.Length, seed));
            var report = Judge(OrderedData.Of(labels, slots));
            Assert.IsTrue(report.Worst < Severity.Warning, $"seed {seed}");
            told += report.Findings.Count;
        }

        Assert.IsLessThanOrEqualTo(4, told);
    }

    [TestMethod]
    public void A_pool_that_does_not_reach_is_named()
    {
        double[] sorted = [.. Enumerable.Range(0, 20_000).Select(i => (double)(i / 10_000))];
        var order = OrderedData.PoolShuffle(20_000, 1000, 1);
        double[] labels = [.. order.Select(i => sorted[i])];
        var profile = OrderedData.Of(labels, task: LearningTask.BinaryClassification) with
        {
            RowIds = new RowIdProfile { Pairs = 19_999, Rising = 10_000, MaxDisplacement = 9000, MeanDisplacement = 998 },
        };
        var finding = Judge(profile).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("shuffled within a pool only (by row id they moved 998 rows on average; a full shuffle of 20,000 moves them 6,667)", finding.Message);
    }

    [TestMethod]
    public void A_sorted_target_is_a_warning()
    {
        var random = new Random(3);
        double[] labels = [.. Enumerable.Range(0, 500).Select(_ => Math.Exp(3 * Profiles.Gauss(random))).Order()];
        var finding = Judge(OrderedData.Of(labels, task: LearningTask.Regression)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("targets of neighbouring rows correlate by", finding.Message);
        random.Shuffle(labels);
        Assert.IsTrue(Judge(OrderedData.Of(labels, task: LearningTask.Regression)).Worst < Severity.Warning);
    }

    [TestMethod]
    public void Order_that_is_meant_or_does_not_matter_is_no_fault()
    {
        double[] labels = [.. Enumerable.Range(0, 1000).Select(i => (double)(i / 500))];
        var sorted = OrderedData.Of(labels, task: LearningTask.BinaryClassification);
        Assert.IsEmpty(Judge(With(sorted, d => d with { ExpectOrdered = true })).Findings);
        var ranking = Judge(With(sorted, d => d with { Task = LearningTask.Ranking }));
        Assert.IsEmpty(ranking.Findings);
        Assert.Contains("by design", ranking.NotChecked.Single().Reason);
        var tree = Judge(With(sorted, d => d with { Trainer = new TrainerTraits("FastTreeBinaryTrainer", TrainerFamily.Trees, false) })).Findings.Single();
        Assert.AreEqual(Severity.Info, tree.Severity);
        Assert.Contains("FastTreeBinaryTrainer reads all rows before each step", tree.Message);
    }

    [TestMethod]
    public void Labels_that_stand_together_weakly_are_advice()
    {
        // A chain that repeats its class in 53 % of pairs: lag-1 dependence 0.06, below the warning's 0.1.
        var random = new Random(11);
        var labels = new double[20_000];
        for (var i = 1; i < labels.Length; i++)
            labels[i] = random.NextDouble() < 0.53 ? labels[i - 1] : 1 - labels[i - 1];
        Assert.AreEqual(Severity.Info, Judge(OrderedData.Of(labels, task: LearningTask.BinaryClassification)).Findings.Single().Severity);
    }

    [TestMethod]
    public void What_chance_may_have_brought_is_only_suspected()
    {
        // 24 labels in six runs of four: p about 0.005.
        double[] labels = [.. Enumerable.Range(0, 24).Select(i => (double)(i / 4 % 2))];
        var finding = Judge(OrderedData.Of(labels, task: LearningTask.BinaryClassification)).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual(Confidence.Suspected, finding.Confidence);
        Assert.Contains("may not be shuffled", finding.Message);
    }

    [TestMethod]
    public void Too_few_rows_are_said_to_be_too_few()
    {
        var report = Judge(OrderedData.Of([.. Enumerable.Range(0, 60).Select(i => (double)(i * 7 % 3))]));
        Assert.IsEmpty(report.Findings);
        Assert.IsGreaterThan(60, report.NotChecked.Single().RowsNeeded!.Value);
    }

    [TestMethod]
    public void No_rows_one_row_and_no_label_give_nothing()
    {
        Assert.IsEmpty(Judge(OrderedData.Of([])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([1])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([double.NaN, double.NaN, 1])).Findings);
        Assert.IsEmpty(Judge(Profiles.Of(100, [])).Findings);
    }

    private static DataProfile With(DataProfile profile, Func<DataDeclaration, DataDeclaration> change) => profile with { Declaration = change(profile.Declaration) };

    private static DiagnosticReport Judge(DataProfile profile) => RuleTester.Judge(new UnshuffledRows(), profile);
}
