using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Programs;

namespace MLNetDebug.Tests.House;

/// <summary>What keeps the zoo's tables honest.</summary>
[TestClass]
public sealed class ZooHouseTests
{
    [TestMethod]
    public void Base_StandsInOneSplitOnly()
    {
        foreach (var same in ZooBases.All.GroupBy(b => b.Id))
            Assert.AreEqual(1, same.Count(), $"Base {same.Key} is listed {same.Count()} times.");
        foreach (var program in ZooPrograms.All)
            Assert.AreEqual(ZooBases.Named(program.Base).Split, program.Split, $"Program {program.Id} stands in another split than its base.");
    }

    [TestMethod]
    public void Bases_OfBothSplitsAreDifferentRows()
    {
        // A generator shared by two bases must not give both the same rows.
        var first = ZooBases.All.ToLookup(b => b.Split, b => (b.Id, Cells: string.Join(',', b.Draw(7).Columns[0].Take(20))));
        foreach (var score in first[Split.Score])
            Assert.IsFalse(first[Split.Calibrate].Any(c => c.Cells == score.Cells), $"{score.Id} draws rows of the other split.");
    }

    [TestMethod]
    public void Score_HasSixRealBasesAndTwoWeakOnes()
    {
        var score = ZooBases.All.Where(b => b.Split == Split.Score).ToArray();
        Assert.IsGreaterThanOrEqualTo(6, score.Count(b => b.IsReal));
        Assert.IsGreaterThanOrEqualTo(2, score.Count(b => b.IsWeak));
    }

    [TestMethod]
    public void Programs_HaveNamesOfTheirOwn() =>
        Assert.AreEqual(ZooPrograms.All.Count, ZooPrograms.All.Select(p => p.Id).Distinct().Count());

    [TestMethod]
    public void Draw_IsTheSameForTheSameSeed()
    {
        foreach (var of in ZooBases.All)
        {
            var (one, two) = (ZooCases.Healthy(of, 11), ZooCases.Healthy(of, 11));
            CollectionAssert.AreEqual(one.Train.Label, two.Train.Label, of.Id);
            CollectionAssert.AreEqual(one.Test!.Columns[0], two.Test!.Columns[0], of.Id);
        }
    }
}
