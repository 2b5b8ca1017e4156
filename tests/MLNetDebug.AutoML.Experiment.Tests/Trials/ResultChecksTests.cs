namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ResultChecksTests
{
    [TestMethod]
    [DataRow(double.NaN, 1.0)]
    [DataRow(double.NegativeInfinity, 1.0)]
    [DataRow(double.PositiveInfinity, 1.0)]
    [DataRow(double.MaxValue, 1.0)]
    [DataRow(1.0, double.NaN)]
    [DataRow(1.0, double.PositiveInfinity)]
    [DataRow(1.0, double.MinValue)]
    public void NumbersThatAreNone_MakeNoResult(double loss, double metric)
    {
        var end = ResultChecks.Judge(Made.Result(loss, metric))!;
        Assert.AreEqual(TrialOutcome.InvalidMetric, end.Outcome);
        Assert.AreEqual(loss, end.Loss);
        Assert.AreEqual(metric, end.Metric);
        Assert.Contains(loss == 1 ? "metric" : "loss", end.Reason);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(-1e30)]
    [DataRow(1e38)]
    public void FiniteNumbers_Pass(double value) => Assert.IsNull(ResultChecks.Judge(Made.Result(value)));

    [TestMethod]
    public void NoResult_IsAFailure() => Assert.AreEqual(TrialOutcome.Failed, ResultChecks.Judge(null)!.Outcome);
}
