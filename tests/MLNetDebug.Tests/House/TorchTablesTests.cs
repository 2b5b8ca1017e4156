using MLNetDebug.Zoo;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Tests.House;

[TestClass]
public sealed class TorchTablesTests
{
    [TestMethod]
    public void StartInfo_RunsTheProgramThatCarriesLibTorch_WithTheArgumentsAsTheyAre()
    {
        var start = TorchTables.StartInfo(["network", "--json", "a b.json"]);
        CollectionAssert.AreEqual(new[] { "--", "network", "--json", "a b.json" }, start.ArgumentList.TakeLast(4).ToArray());
        var project = start.ArgumentList[start.ArgumentList.IndexOf("--project") + 1];
        Assert.AreEqual(Repository.PathOf("tests", "MLNetDebug.Torch.Tests"), project);
        Assert.IsTrue(start.ArgumentList[start.ArgumentList.IndexOf("-c") + 1] is "Debug" or "Release");
        Assert.IsFalse(start.RedirectStandardOutput || start.RedirectStandardError, "Output is passed through.");
    }

    [TestMethod]
    public void TryRun_LeavesOtherCommandsAlone()
    {
        Assert.IsNull(TorchTables.TryRun(["data"], TorchTables.Zoo));
        Assert.IsNull(TorchTables.TryRun([], TorchTables.Zoo));
    }
}
