using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Splits;

[TestClass]
public sealed class DomainClassifierMeasurerTests
{
    [TestMethod]
    public void The_column_that_moved_carries_the_model()
    {
        var (model, _) = Measure(Columns(1000, 1, 0), Columns(1000, 2, 1), new RunContext());
        Assert.IsGreaterThan(0.7, model.Separation!.Auc);
        Assert.IsLessThan(1e-10, model.Separation.PValue);
        Assert.AreEqual("b", model.Separation.Carriers[0].Subject.Name);
        Assert.AreEqual(1000, model.Separation.TrainRows + model.Separation.TestRows);
    }

    [TestMethod]
    public void Categories_are_seen_too()
    {
        static Sampled Split(int seed, double share)
        {
            var random = new Random(seed);
            return Sampled.Split.Texts("t", [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble() < share ? "x" : "y")]);
        }

        Assert.IsGreaterThan(0.65, Measure(Split(1, 0.2), Split(2, 0.6), new RunContext()).Model.Separation!.Auc);
    }

    [TestMethod]
    public void Random_splits_give_p_values_that_keep_to_the_level()
    {
        var small = Enumerable.Range(0, 40).Count(s => Measure(Columns(200, s, 0), Columns(150, s + 900, 0), new RunContext()).Model.Separation!.PValue <= 0.05);
        Assert.IsLessThanOrEqualTo(8, small);
    }

    [TestMethod]
    public void Few_rows_and_spent_time_are_said()
    {
        var (few, run) = Measure(Columns(200, 1, 0), Columns(90, 2, 0), new RunContext());
        Assert.IsNull(few.Separation);
        Assert.AreEqual(300, run.Unanswered.Single().RowsNeeded);

        var (late, spent) = Measure(Columns(200, 1, 0), Columns(200, 2, 0), new RunContext { TrainingBudget = TimeSpan.Zero });
        Assert.IsNull(late.Separation);
        Assert.IsNotNull(late.Correlations);
        Assert.Contains("time", spent.Unanswered.Single().Reason);
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_numbers()
    {
        double Auc(int seed) => Measure(Columns(500, 1, 0), Columns(500, 2, 0.3), new RunContext { Seed = seed }).Model.Separation!.Auc;
        Assert.AreEqual(Auc(5), Auc(5));
        Assert.AreNotEqual(Auc(5), Auc(6));
    }

    private static Sampled Columns(int rows, int seed, double shift) => Sampled.Split
        .Numbers("a", Sampled.Normal(rows, seed * 10)).Numbers("b", Sampled.Normal(rows, seed * 10 + 1, shift)).Numbers("c", Sampled.Normal(rows, seed * 10 + 2));

    private static (DomainClassifier Model, RunContext Run) Measure(Sampled train, Sampled test, RunContext run)
    {
        DataProfile a = train.ToProfile("training data"), b = test.ToProfile("hold-out data");
        var have = new Measurements().With(a).With(new HoldOutProfile(b)).With(SplitComparer.Compare(a, b, CancellationToken.None));
        return ((DomainClassifier)new DomainClassifierMeasurer().MeasureObject(have, run)!, run);
    }
}
