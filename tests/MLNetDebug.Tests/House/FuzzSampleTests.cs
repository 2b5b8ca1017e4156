using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Fuzz;

namespace MLNetDebug.Tests.House;

/// <summary>A seeded 2 % of the zoo's fuzzed inputs.</summary>
[TestClass]
public sealed class FuzzSampleTests
{
    [TestMethod]
    public void FuzzedInputs_GiveAReportOrOneClearException()
    {
        var outcomes = Runs.Map(Enumerable.Range(100_000, 200), FuzzOutcome.Of);
        var others = outcomes.Where(o => o.Kind == FuzzOutcome.Other).Select(o => $"seed {o.Seed}: {o.Detail}");
        Assert.AreEqual(string.Empty, string.Join("\n", others));
        Assert.IsGreaterThan(80, outcomes.Count(o => o.Kind is "report" or "stopped"), "Most inputs must get as far as a report, or the sample tests nothing.");
    }

    [TestMethod]
    public void FuzzedFits_GiveALivingModelAReportOrOneClearException()
    {
        var outcomes = Runs.Map(Enumerable.Range(100_000, 60), FuzzGuard.Of);
        var others = outcomes.Where(o => o.Kind == FuzzOutcome.Other).Select(o => $"seed {o.Seed}: {o.Detail}");
        Assert.AreEqual(string.Empty, string.Join("\n", others));
        Assert.IsGreaterThan(8, outcomes.Count(o => o.Kind == "model"));
        Assert.IsGreaterThan(20, outcomes.Count(o => o.Kind == "stopped"));
    }
}
