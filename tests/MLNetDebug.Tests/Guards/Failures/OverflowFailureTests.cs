using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Failures;

[TestClass]
public sealed class OverflowFailureTests
{
    private static readonly StockRows Rows = StockRows.Draw(80, 6);

    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void One_column_far_above_the_others_is_named_with_the_learning_rate()
    {
        var failure = Thrown.By(_ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, learningRate: 0.02f), Rows.WithFeature(4, (v, _) => v * 1e30f).ToView());
        Assert.AreEqual(("Features", 4), (failure.Subject.Name, failure.Subject.Slot));
        Assert.StartsWith("The weights overflowed: Features[4] has a scale of ", failure.Cause);
        Assert.EndsWith("Its learning rate is 0.02.", failure.Cause);
        Assert.AreEqual(new Evidence("learning rate", 0.02f), failure.Evidence.Single());
        Assert.HasCount(1, failure.Advice, "No learning rate is low enough for such a column.");
        CollectionAssert.AreEqual(new[] { "Features" }, ((NormalizeMend)failure.Mend!).Columns.ToArray());
    }

    [TestMethod]
    public void The_rate_to_take_respects_the_length_of_the_rows()
    {
        var trainer = _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, learningRate: 0.02f, numberOfIterations: 20);
        var rows = Rows.WithFeature(4, (v, _) => v * 100).ToView();
        var code = Thrown.By(trainer, rows).Advice[1].Code!;
        var rate = float.Parse(code["learningRate: ".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.IsInRange(1e-6, 0.002, rate);
        Assert.IsNotNull(_ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, learningRate: rate, numberOfIterations: 20).Fit(rows), "It no longer overflows.");
    }

    [TestMethod]
    public void The_mend_makes_the_same_trainer_learn()
    {
        var rows = Rows.WithFeature(4, (v, _) => v * 1e30f).ToView();
        var trainer = _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, learningRate: 0.01f, numberOfIterations: 20);
        var mended = ((NormalizeMend)Thrown.By(trainer, rows).Mend!).ToEstimator(_ml).Append(trainer).Fit(rows).Transform(rows);
        Assert.IsGreaterThan(0.5, _ml.Regression.Evaluate(mended, StockRows.Target).RSquared);
    }

    [TestMethod]
    public void All_columns_alike_are_a_matter_of_row_length()
    {
        foreach (var trainer in new IEstimator<ITransformer>[]
        {
            _ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Positive), _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target),
            _ml.BinaryClassification.Trainers.SgdCalibrated(StockRows.Positive),
        })
        {
            var failure = Thrown.By(trainer, Rows.WithFeatures((v, _) => v * 1e30f).ToView());
            Assert.Contains("the mean squared length of a row", failure.Cause!, failure.Message);
            Assert.AreEqual(SubjectKind.Column, failure.Subject.Kind);
        }
    }

    [TestMethod]
    public void A_target_out_of_scale_is_named_where_the_features_are_not()
    {
        var failure = Thrown.By(_ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, learningRate: 0.01f, numberOfIterations: 100), Rows.ToView((v, _) => v * 5e37f));
        Assert.AreEqual(new Subject(SubjectKind.Label, StockRows.Target), failure.Subject);
        Assert.Contains("the target 'Target' has a mean of", failure.Cause!);
    }

    [TestMethod]
    public void Infinite_values_are_named_with_their_rows()
    {
        var rows = Rows.WithFeature(2, (v, i) => i is 9 or 30 ? float.NegativeInfinity : v);
        var failure = Thrown.Read(new InvalidOperationException("The weights/bias contain invalid values (NaN or Infinite)."), _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target), rows.ToView());
        Assert.AreEqual(2, failure.Subject.Slot);
        CollectionAssert.AreEqual(new long[] { 9, 30 }, failure.Subject.Rows!.ToArray());
        Assert.Contains("Features[2] holds infinite values, first rows 9", failure.Cause!);
    }

    [TestMethod]
    public void Without_a_profile_the_column_is_said_not_to_be_known()
    {
        var failure = Thrown.By(_ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target), Rows.WithFeatures((v, _) => v * 1e30f).ToView(), profiled: false);
        Assert.AreEqual(SubjectKind.Run, failure.Subject.Kind);
        Assert.Contains("the column cannot be named", failure.Cause!);
        Assert.IsNull(failure.Mend);
    }

    [TestMethod]
    public void Features_that_do_not_vary_are_not_blamed()
    {
        var failure = Thrown.Read(new InvalidOperationException("Cannot initialize linear predictor with non-finite weights"), _ml.Regression.Trainers.Sdca(StockRows.Target), Rows.WithFeatures((_, _) => 3).ToView());
        Assert.Contains("no feature varies", failure.Cause!);
        Assert.AreEqual(SubjectKind.Run, failure.Subject.Kind);
        Assert.HasCount(1, failure.Advice, "It shows no learning rate.");
    }

    [TestMethod]
    public void Principal_components_overflow_as_well()
    {
        var failure = Thrown.By(_ml.AnomalyDetection.Trainers.RandomizedPca("Features", rank: 3), Rows.WithFeature(5, (v, _) => v * 1e30f).ToView());
        Assert.AreEqual(5, failure.Subject.Slot);
    }
}
