using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Failures;

[TestClass]
public sealed class LabelFailureTests
{
    private static readonly StockRows Rows = StockRows.Draw(60, 5);

    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Counts_below_0_are_counted()
    {
        var failure = Thrown.By(_ml.Regression.Trainers.LbfgsPoissonRegression(StockRows.Target), Rows.ToView((v, i) => i % 20 == 3 ? -2 : Math.Abs(v)));
        Assert.AreEqual("The target 'Target' holds 3 negative values; LbfgsPoissonRegressionTrainer models counts, which are 0 or more.", failure.Cause, failure.Message);
        Assert.AreEqual(new Subject(SubjectKind.Label, "Target"), failure.Subject);
        Assert.AreEqual(3, failure.Evidence.Single().Value);
    }

    [TestMethod]
    public void Without_a_profile_it_is_only_said()
    {
        var failure = Thrown.By(_ml.Regression.Trainers.LbfgsPoissonRegression(StockRows.Target), Rows.ToView((v, _) => -1), profiled: false);
        Assert.Contains("holds a negative value", failure.Cause!);
        Assert.AreEqual("Target", failure.Subject.Name);
        Assert.IsEmpty(failure.Evidence);
    }
}
