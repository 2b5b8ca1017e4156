using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class FeatureScaleTests
{
    private static readonly TrainerTraits Perceptron = new("AveragedPerceptronTrainer", TrainerFamily.StochasticGradient, true);

    [TestMethod]
    public void One_column_times_a_thousand_is_named_with_its_slot_and_mended_by_its_column()
    {
        var finding = Judge(null, Units(9, [.. Enumerable.Repeat(1.0, 4), 1000, .. Enumerable.Repeat(1.0, 4)])).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(4, finding.Subject.Slot);
        Assert.Contains("Features[4] stands far above", finding.Message);
        Assert.AreEqual("Features", string.Join(",", ((NormalizeMend)finding.Mend!).Columns));
        Assert.Contains("NormalizeMeanVariance(\"Features\", fixZero: false)", finding.Advice[0].Code!);
    }

    [TestMethod]
    public void Many_columns_are_all_in_the_advice_and_not_the_first_few()
    {
        var columns = Enumerable.Range(0, 21).Select(i => Profiles.Scalar($"c{i}", Profiles.Normal(0, i < 7 ? 1e5 : 1, 300, i + 1))).ToArray();
        var finding = Judge(null, Profiles.Of(300, columns)).Findings.Single();
        Assert.HasCount(7, ((NormalizeMend)finding.Mend!).Columns);
        Assert.Contains("report.Mends.OfType<NormalizeMend>().First().ToEstimator(ml)", finding.Advice[0].Code!);
    }

    [TestMethod]
    [DataRow(false, Severity.Info)]
    [DataRow(true, Severity.Warning)]
    public void Raw_columns_of_a_trainer_nobody_named_are_not_warned_of(bool named, Severity expected)
    {
        // As adult comes out of a loader: an id-like weight beside ages. Nothing reads raw columns before a pipeline has joined them.
        var columns = Enumerable.Range(0, 9).Select(i => Profiles.Scalar($"c{i}", Profiles.Normal(0, i == 4 ? 1e5 : 1, 300, i + 1))).ToArray();
        var finding = Judge(named ? Perceptron : null, Profiles.Of(300, columns)).Findings.Single();
        Assert.AreEqual(expected, finding.Severity);
        Assert.AreEqual("c4", finding.Subject.Name);
    }

    [TestMethod]
    public void Squares_beyond_a_double_are_no_row_length_where_no_trainer_bears_one()
    {
        foreach (var (trainer, scale) in new[] { (null, 1e155), (Perceptron, 1e155), (new TrainerTraits(null!, TrainerFamily.Unknown, null), 1) })
            Assert.IsEmpty(Judge(trainer, Units(7, [.. Enumerable.Repeat(scale, 7)])).Findings);
    }

    [TestMethod]
    public void Unit_scales_give_nothing() => Assert.IsEmpty(Judge(Perceptron, Units(9, [.. Enumerable.Repeat(1.0, 9)])).Findings);

    [TestMethod]
    [DataRow(TrainerFamily.Trees, null, 1e9, Severity.None)]
    [DataRow(TrainerFamily.Other, false, 1e9, Severity.None)]
    [DataRow(TrainerFamily.StochasticGradient, true, 110, Severity.Warning)]
    [DataRow(TrainerFamily.StochasticGradient, true, 80, Severity.Info)]
    [DataRow(TrainerFamily.StochasticGradient, true, 20, Severity.None)]
    [DataRow(TrainerFamily.DualCoordinateAscent, true, 450, Severity.Info)]
    [DataRow(TrainerFamily.DualCoordinateAscent, true, 550, Severity.Warning)]
    [DataRow(TrainerFamily.QuasiNewton, true, 9000, Severity.Info)]
    [DataRow(TrainerFamily.QuasiNewton, true, 11000, Severity.Warning)]
    [DataRow(TrainerFamily.Distance, null, 35, Severity.Warning)]
    [DataRow(TrainerFamily.Unknown, true, 110, Severity.Warning)]
    [DataRow(TrainerFamily.Unknown, null, 280, Severity.Info)]
    [DataRow(TrainerFamily.Unknown, null, 330, Severity.Warning)]
    public void What_the_trainer_bears_decides(TrainerFamily family, bool? needs, double scale, Severity expected) =>
        Assert.AreEqual(expected, Judge(new TrainerTraits("Trainer", family, needs), Units(7, [1, 1, 1, scale, 1, 1, 1])).Worst);

    [TestMethod]
    public void The_same_factor_on_all_columns_is_no_ratio() =>
        Assert.IsEmpty(Judge(Perceptron, Units(5, [1e6, 1e6, 1e6, 1e6, 1e6])).Findings);

    [TestMethod]
    public void Online_gradient_descent_cannot_bear_long_rows()
    {
        var trainer = new TrainerTraits("OnlineGradientDescentTrainer", TrainerFamily.StochasticGradient, true);
        var finding = Judge(trainer, Units(5, [10, 10, 10, 10, 10]), LearningTask.Regression).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.IsNotNull(finding.Mend);
        Assert.IsEmpty(Judge(trainer, Units(5, [3, 3, 3, 3, 3]), LearningTask.Regression).Findings);
        var unit = Judge(trainer, Units(120, [.. Enumerable.Repeat(1.0, 120)]), LearningTask.Regression).Findings.Single();
        Assert.IsNull(unit.Mend, "normalising unit columns again mends nothing");
        Assert.Contains("learningRate", unit.Advice.Single().Code!);
    }

    [TestMethod]
    public void The_local_deep_svm_saturates_on_long_rows_whatever_the_task()
    {
        var trainer = new TrainerTraits("LdSvmTrainer", TrainerFamily.StochasticGradient, true);
        // Five columns of scale 10.5: a mean squared length of 550, the limit being 500.
        var finding = Judge(trainer, Units(5, [10.5, 10.5, 10.5, 10.5, 10.5]), LearningTask.BinaryClassification).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("LdSvmTrainer saturates the sigmoids", finding.Message);
        Assert.AreEqual(500, finding.Evidence.Single().Threshold);
        Assert.HasCount(1, finding.Advice, "It has no learning rate to lower.");
        Assert.IsNotNull(finding.Mend);
        Assert.IsEmpty(Judge(trainer, Units(5, [9, 9, 9, 9, 9]), LearningTask.BinaryClassification).Findings, "Below it.");
        Assert.IsEmpty(Judge(Perceptron, Units(5, [10.5, 10.5, 10.5, 10.5, 10.5]), LearningTask.BinaryClassification).Findings, "Others bear it.");
        var profile = Units(5, [9, 9, 9, 9, 9]);
        profile = profile with { Declaration = profile.Declaration with { Trainer = trainer, Task = LearningTask.BinaryClassification } };
        Assert.HasCount(1, RuleTester.Judge(new FeatureScale(new FeatureScaleOptions { LocalSvmSquaredRowLength = 300 }), profile).Findings, "The limit is the option's.");
    }

    [TestMethod]
    public void One_hot_binary_and_sparse_columns_are_not_accused()
    {
        var random = new Random(3);
        SlotProfile Sparse(double share, double value) => Profiles.Slot([.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble() < share ? value * (1 + random.Next(3)) : 0)]);
        Assert.IsEmpty(Judge(Perceptron, Profiles.OfSlots(Sparse(.001, 1), Sparse(.4, 1), Sparse(.3, 5), Sparse(.01, 1), Profiles.Normal(0, 1))).Findings, "counts");

        var rare = Profiles.Slot([.. Enumerable.Range(0, 100_000).Select(i => i == 0 ? 1.0 : 0)]);
        Assert.IsEmpty(Judge(Perceptron, Profiles.Of(1000, [
            Profiles.Vector("OneHot", rare, rare) with { CategoricalRanges = [(0, 1)] }, Profiles.Scalar("Flag", rare), Profiles.Scalar("Age", Profiles.Normal(5, 12))])).Findings);
    }

    [TestMethod]
    public void Pixels_and_normalised_columns_are_not_accused()
    {
        var random = new Random(4);
        SlotProfile[] pixels = [.. Enumerable.Range(0, 64).Select(i => Profiles.Slot([.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() < (i + 1) / 80.0 ? random.Next(256) : 0.0)]))];
        Assert.IsEmpty(Judge(Perceptron, Profiles.OfSlots(pixels)).Findings);
        Assert.IsEmpty(Judge(Perceptron, Profiles.Of(1000, [Profiles.Vector("Features", Profiles.Normal(0, 1), Profiles.Normal(0, 1e5)) with { IsNormalized = true }])).Findings);
    }

    [TestMethod]
    public void Small_and_offset_columns_are_advice()
    {
        var small = Judge(Perceptron, Units(5, [1, 1, 0.001, 1, 1])).Findings.Single();
        Assert.AreEqual(Severity.Info, small.Severity);
        Assert.AreEqual(2, small.Subject.Slot);
        var offset = Judge(null, Profiles.OfSlots(Profiles.Normal(0, 1), Profiles.Normal(2000, 10), Profiles.Normal(0, 10, seed: 2))).Findings.Single();
        Assert.AreEqual(Severity.Info, offset.Severity);
        Assert.Contains("lies far from zero: mean 2,000", offset.Message);
    }

    [TestMethod]
    public void Only_the_scalar_columns_that_need_it_are_normalised()
    {
        var finding = Judge(Perceptron, Profiles.Of(1000, [
            Profiles.Scalar("A", Profiles.Normal(0, 1)), Profiles.Scalar("B", Profiles.Normal(0, 2, seed: 2)),
            Profiles.Scalar("Salary", Profiles.Normal(0, 9000, seed: 3)), Profiles.Scalar("Loan", Profiles.Normal(0, 90000, seed: 4)), Profiles.Scalar("C", Profiles.Normal(0, 2, seed: 5))])).Findings.Single();
        Assert.AreEqual("Loan,Salary", string.Join(",", ((NormalizeMend)finding.Mend!).Columns));
        Assert.AreEqual("Loan", finding.Subject.Name);
    }

    [TestMethod]
    public void Few_rows_no_values_and_constants_are_borne()
    {
        var few = Judge(Perceptron, Profiles.OfSlots(Profiles.Slot([1, 2, 3]), Profiles.Slot([1000, 2000, 3000])));
        Assert.IsEmpty(few.Findings);
        Assert.AreEqual(20, few.NotChecked.Single().RowsNeeded);
        Assert.IsEmpty(Judge(Perceptron, Profiles.OfSlots(Profiles.Slot([double.NaN, double.NaN]), Profiles.Slot([5, 5]), Profiles.Slot([double.PositiveInfinity, 1]))).Findings);
        Assert.IsEmpty(Judge(Perceptron, Profiles.Of(0, [])).Findings);
    }

    private static DataProfile Units(int slots, double[] scales) =>
        Profiles.OfSlots([.. Enumerable.Range(0, slots).Select(i => Profiles.Normal(0, scales[i], 300, i + 1))]);

    private static DiagnosticReport Judge(TrainerTraits? trainer, DataProfile profile, LearningTask task = LearningTask.Unknown) =>
        RuleTester.Judge(new FeatureScale(), profile with { Declaration = profile.Declaration with { Trainer = trainer, Task = task } });
}
