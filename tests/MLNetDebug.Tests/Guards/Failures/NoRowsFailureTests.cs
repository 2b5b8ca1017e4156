using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Failures;

[TestClass]
public sealed class NoRowsFailureTests
{
    private static readonly StockRows Rows = StockRows.Draw(60, 5);

    private readonly MLContext _ml = new(1);

    // Every trainer that refuses to learn of nothing: the others give a model, or an exception that says nothing.
    public static IEnumerable<object[]> Refusing => StockTrainers.All.Select(t => t.Name)
        .Except(["SgdCalibrated", "SgdNonCalibrated", "FieldAwareFactorizationMachine", "NaiveBayes", "Prior", "LdSvm"]).Select(n => new object[] { n });

    [TestMethod]
    public void Rows_whose_features_are_of_no_known_kind_are_too_few()
    {
        var rows = new MemoryView(40, MemoryColumns.Of("Features", TextDataViewType.Instance, [.. Enumerable.Repeat("a".AsMemory(), 40)]), MemoryColumns.Of(StockRows.Target, NumberDataViewType.Single, new float[40]));
        var failure = Thrown.Read(new InvalidOperationException("No valid training instances found"), StockTrainers.Named("SdcaRegression").Create(_ml), rows);
        Assert.Contains("40 rows are too few, or too much alike", failure.Cause!);
    }

    [TestMethod]
    [DynamicData(nameof(Refusing))]
    public void No_rows_at_all(string name)
    {
        var failure = Thrown.By(StockTrainers.Named(name).Create(_ml), _ml.Data.SkipRows(Rows.ToView(), 1000));
        Assert.AreEqual("No row can be trained on: the training data holds none.", failure.Cause, failure.Message);
        Assert.AreEqual(new Subject(SubjectKind.DataSet, "training data"), failure.Subject);
        Assert.AreEqual(new Evidence("rows", 0) { Unit = "rows" }, failure.Evidence.Single());
    }

    [TestMethod]
    [DataRow("SdcaRegression")]
    [DataRow("OnlineGradientDescent")]
    [DataRow("FastTreeRegression")]
    [DataRow("LightGbmRegression")]
    public void Labels_that_are_all_missing(string name)
    {
        var failure = Thrown.By(StockTrainers.Named(name).Create(_ml), Rows.ToView((_, _) => float.NaN));
        Assert.AreEqual("No row can be trained on: none of 60 rows has a label in 'Target'.", failure.Cause, failure.Message);
        Assert.AreEqual((SubjectKind.Label, "Target"), (failure.Subject.Kind, failure.Subject.Name));
        Assert.AreEqual(0L, failure.Subject.Rows![0]);
    }

    [TestMethod]
    [DataRow("LbfgsMaximumEntropy")]
    [DataRow("FastTreeRanking")]
    [DataRow("LightGbmRanking")]
    public void Keys_that_are_all_missing(string name)
    {
        var rows = new MemoryView(
            60, MemoryColumns.Vector("Features", Rows.Features, null), MemoryColumns.Key(StockRows.Class, new uint[60], 3, ["a", "b", "c"]),
            MemoryColumns.Key(StockRows.Grade, new uint[60], 3, ["0", "1", "2"]), MemoryColumns.Key(StockRows.Group, [.. Enumerable.Range(0, 60).Select(i => (uint)(i / 10) + 1)], 6));
        var trainer = StockTrainers.Named(name);
        Assert.AreEqual($"No row can be trained on: none of 60 rows has a label in '{trainer.Label}'.", Thrown.By(trainer.Create(_ml), rows).Cause);
    }

    [TestMethod]
    [DataRow("AveragedPerceptron")]
    [DataRow("LbfgsLogisticRegression")]
    [DataRow("FastTree")]
    [DataRow("KMeans")]
    [DataRow("RandomizedPca")]
    public void One_feature_that_no_row_has(string name)
    {
        var failure = Thrown.By(StockTrainers.Named(name).Create(_ml), Rows.WithFeature(3, (_, _) => float.NaN).ToView());
        Assert.AreEqual("No row can be trained on: Features[3] holds no finite value in 60 rows, and a row that lacks one feature is skipped.", failure.Cause, failure.Message);
        Assert.AreEqual(("Features", 3), (failure.Subject.Name, failure.Subject.Slot));
        Assert.Contains("ReplaceMissingValues(\"Features\"", failure.Advice.Single().Code!);
    }

    [TestMethod]
    public void Every_row_lacks_another_feature()
    {
        var rows = Rows.WithFeature(0, (v, i) => i % 3 == 0 ? float.NaN : v).WithFeature(1, (v, i) => i % 3 != 0 ? float.NaN : v);
        var failure = Thrown.By(_ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Positive), rows.ToView());
        Assert.AreEqual("No row can be trained on: Features[1] is missing in 40 of 60 rows, and other columns in the rest.", failure.Cause);
        Assert.AreEqual(1, failure.Subject.Slot);
    }

    [TestMethod]
    public void Without_a_profile_nothing_is_blamed()
    {
        var failure = Thrown.By(_ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target), Rows.ToView((_, _) => float.NaN), profiled: false);
        Assert.Contains("the data was not profiled", failure.Cause!);
        Assert.IsEmpty(failure.Evidence);
    }

    [TestMethod]
    public void A_null_argument_is_no_lack_of_rows_where_another_trainer_throws_it()
    {
        var error = new ArgumentNullException("items");
        Assert.IsNull(Thrown.Read(error, _ml.Regression.Trainers.FastTree(StockRows.Target), Rows.ToView()).Cause);
        Assert.Contains("60 rows are too few", Thrown.Read(error, _ml.Regression.Trainers.LightGbm(StockRows.Target), Rows.ToView()).Cause!);
        Assert.IsNull(Thrown.Read(new ArgumentNullException("other"), _ml.Regression.Trainers.LightGbm(StockRows.Target), Rows.ToView()).Cause);
    }
}
