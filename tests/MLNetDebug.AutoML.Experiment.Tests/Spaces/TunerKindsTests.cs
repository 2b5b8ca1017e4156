namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class TunerKindsTests
{
    [TestMethod]
    public void Tuners_AreKnownByTheirNames()
    {
        Assert.AreEqual(TunerKind.EciCostFrugal, TunerKinds.Of(new EciCostFrugalTuner()));
        Assert.AreEqual(TunerKind.CostFrugal, TunerKinds.Of(new CostFrugalTuner()));
        Assert.AreEqual(TunerKind.Smac, TunerKinds.Of(new SmacTuner()));
        Assert.AreEqual(TunerKind.Random, TunerKinds.Of(new RandomSearchTuner()));
        Assert.AreEqual(TunerKind.Grid, TunerKinds.Of(new GridSearchTuner()));
        Assert.AreEqual(TunerKind.Other, TunerKinds.Of(new UsersTuner()));
        Assert.AreEqual(TunerKind.Other, TunerKinds.Of(null));
    }
}
