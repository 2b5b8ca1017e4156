using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class MetricDirectionsTests
{
    /// <summary>What less of is better; everything else AutoML has is a share, an area or R².</summary>
    private static readonly string[] Minimized = ["LogLoss", "MeanAbsoluteError", "MeanSquaredError", "RootMeanSquaredError"];

    public static IEnumerable<object[]> Names =>
        Enum.GetNames<BinaryClassificationMetric>().Concat(Enum.GetNames<MulticlassClassificationMetric>()).Concat(Enum.GetNames<RegressionMetric>()).Select(n => new object[] { n });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void EveryMetricOfAutoML_HasItsDirection_WhateverItSaysOfItself(string name)
    {
        Assert.AreEqual(!Minimized.Contains(name), MetricDirections.IsMaximized(new FakeMetric(name, isMaximize: true)));
        Assert.AreEqual(!Minimized.Contains(name), MetricDirections.IsMaximized(new FakeMetric(name, isMaximize: false)));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AMetricOfTheUsersOwn_IsBelieved(bool isMaximize)
    {
        Assert.AreEqual(isMaximize, MetricDirections.IsMaximized(new FakeMetric("Revenue", isMaximize)));
        Assert.AreEqual(isMaximize, MetricDirections.IsMaximized(new FakeMetric(null!, isMaximize)));
    }
}
