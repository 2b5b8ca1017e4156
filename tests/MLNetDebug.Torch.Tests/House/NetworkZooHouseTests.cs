using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Zoo.Bases;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.House;

/// <summary>What keeps the tables of networks honest.</summary>
[TestClass]
public sealed class NetworkZooHouseTests
{
    private static readonly NetworkProgram[] All = [.. HealthyPrograms.All, .. SickPrograms.All];

    [TestMethod]
    public void Base_StandsInOneSplitOnly()
    {
        foreach (var same in NetworkBases.All.GroupBy(b => b.Id))
            Assert.AreEqual(1, same.Count(), $"Base {same.Key} is listed {same.Count()} times.");
        foreach (var program in All)
            Assert.AreEqual(NetworkBases.Named(program.Base).Split, program.Split, $"Program {program.Id} stands in another split than its base.");
    }

    [TestMethod]
    public void Base_StandsInTheSplitItHasForData()
    {
        foreach (var same in ZooBases.All.Where(b => b.IsReal))
            Assert.IsFalse(NetworkBases.All.Any(b => b.Id == same.Id && b.Split != same.Split), $"Base {same.Id} stands in another split for networks than for data.");
    }

    [TestMethod]
    public void Split_HasTablesImagesAndSequences()
    {
        foreach (var split in NetworkBases.All.ToLookup(b => b.Split, b => b.Kind))
        {
            foreach (var kind in new[] { NetworkDataKind.Table, NetworkDataKind.Image, NetworkDataKind.Tokens })
                Assert.Contains(kind, split, split.Key.ToString());
        }
    }

    [TestMethod]
    public void Programs_HaveNamesOfTheirOwn()
    {
        foreach (var same in All.GroupBy(p => p.Id))
            Assert.AreEqual(1, same.Count(), $"Program {same.Key} is listed {same.Count()} times.");
    }

    [TestMethod]
    public void Rule_HasProgramsOnSeveralArchitecturesAndBases()
    {
        foreach (var rule in SickPrograms.Of(Split.Score).GroupBy(p => p.ExpectedRule))
        {
            Assert.IsGreaterThanOrEqualTo(2, rule.Select(p => p.Plan.Architecture).Distinct().Count(), rule.Key);
            Assert.IsGreaterThanOrEqualTo(3, rule.Select(p => (p.Plan.Architecture, p.Base)).Distinct().Count(), rule.Key);
        }
    }

    [TestMethod]
    public void Draw_IsTheSameForTheSameSeed_AndCutsNoRow()
    {
        foreach (var of in NetworkBases.All)
        {
            using var scope = NewDisposeScope();
            var (one, two, other) = (of.Draw(11), of.Draw(11), of.Draw(12));
            Assert.IsTrue(one.TrainX.Equals(two.TrainX) && one.TestY.Equals(two.TestY), of.Id);
            Assert.IsFalse(one.TrainX.Equals(other.TrainX), of.Id);
            Assert.AreEqual(of.Kind, one.Kind);
            Assert.IsGreaterThanOrEqualTo(40, one.TestX.shape[0], of.Id);
            Assert.AreEqual(one.TestX.shape[0], one.TestY.shape[0], of.Id);
        }
    }

    [TestMethod]
    public void HealthyRuns_OfScore_AreFourHundredAtLeast() =>
        Assert.IsGreaterThanOrEqualTo(400, 8 * HealthyPrograms.Of(Split.Score).Count(), "The short form takes eight seeds.");
}
