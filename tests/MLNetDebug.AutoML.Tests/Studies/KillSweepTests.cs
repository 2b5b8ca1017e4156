using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Studies;

[TestClass]
public sealed class KillSweepTests
{
    [TestMethod]
    public void Sweeps_WhoseWorkersAreKilled_LoseNothingAndRunNothingTwice()
    {
        var rows = KillSweepCommand.Rows(new HarmCounts(3, 0, 0, 0), 1, null);
        Assert.AreEqual(0, rows.Single(r => r.Name == "6.kill").Value);
        Assert.IsTrue(rows.Single(r => r.Name == "6.kill-hit").Value > 0, "no worker was killed");
    }

    [TestMethod]
    public void Worker_ThatWasHalted_WritesNothingLate() =>
        Assert.AreEqual(0, KillSweepCommand.Rows(new HarmCounts(0, 0, 1, 0), 1, null).Single(r => r.Name == "6.kill-halted").Value);

    [TestMethod]
    public void Table_WithoutAServer_IsNotPassed() =>
        Assert.IsFalse(KillSweepCommand.Rows(new HarmCounts(0, 1, 0, 0), 1, null).Single(r => r.Name == "6.kill").Passes);
}
