using MLNetDebug.AutoML.Pipelines;

namespace MLNetDebug.AutoML.Tests.Pipelines;

[TestClass]
public sealed class MetricDirectionTests
{
    [TestMethod]
    public void Metric_OfNetworks_IsNoneOfMlNets()
    {
        foreach (var metric in new[] { SweepMetric.Loss, SweepMetric.Accuracy, new("NormalizedDiscountedCumulativeGain@x", true) })
        {
            var message = Assert.Throws<ArgumentException>(() => MetricDirection.ThrowIfWrong(metric)).Message;
            StringAssert.Contains(message, $"no metric '{metric.Name}'");
            StringAssert.Contains(message, "MicroAccuracy");
        }
    }

    [TestMethod]
    [DataRow("MicroAccuracy", true)]
    [DataRow("LogLossReduction", true)]
    [DataRow("RSquared", true)]
    [DataRow("NormalizedDiscountedCumulativeGain@10", true)]
    [DataRow("LogLoss", false)]
    [DataRow("Entropy", false)]
    [DataRow("MeanAbsoluteError", false)]
    public void Metric_HasItsDirection(string name, bool isHigherBetter)
    {
        MetricDirection.ThrowIfWrong(new(name, isHigherBetter));
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => MetricDirection.ThrowIfWrong(new(name, !isHigherBetter))).Message, isHigherBetter ? "higher" : "lower");
    }
}
