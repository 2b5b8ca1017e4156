using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class OneRowPerGroupTests
{
    private static ZooTable Visits(uint[] groups) => new()
    {
        Columns = [[.. groups.Select((_, i) => i == 3 ? float.NaN : i)]],
        Label = [.. groups.Select((_, i) => i % 2f)],
        Classes = 2,
        Groups = groups,
    };

    [TestMethod]
    public void Of_KeepsTheFirstRowOfEachGroup_AndCountsAnew()
    {
        var thinned = OneRowPerGroup.Of(Profile([7, 7, 9, 5, 9, 7]));
        CollectionAssert.AreEqual(new long[] { 0, 2, 3 }, thinned.Sample.Positions);
        var slot = thinned.Columns[0].Slots[0];
        Assert.AreEqual(3, slot.Count);
        Assert.AreEqual(1, slot.Missing);
        Assert.AreEqual(0, slot.Min);
        Assert.AreEqual(2, slot.Max);
        CollectionAssert.AreEqual(new long[] { 2, 1 }, thinned.Label!.Classes.Select(c => c.Count).ToArray());
    }

    [TestMethod]
    public void Of_GroupsOfOneRow_IsTheSameProfile()
    {
        var profile = Profile([1, 2, 3, 4, 5]);
        Assert.AreSame(profile, OneRowPerGroup.Of(profile));
    }

    [TestMethod]
    public void Of_NoGroups_IsTheSameProfile()
    {
        var table = Visits([1, 1]) with { Groups = null };
        var profile = new DataProfiler().Profile(table.ToView(), table.Declaration);
        Assert.AreSame(profile, OneRowPerGroup.Of(profile));
    }

    private static DataProfile Profile(uint[] groups)
    {
        var table = Visits(groups);
        return new DataProfiler().Profile(table.ToView(), table.Declaration);
    }
}
