using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Mends;

[TestClass]
public sealed class RowMendTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Shuffle_PermutesAllRows_NotWithinAPool()
    {
        var ids = MendData.Ids(new ShuffleMend(3).Apply(_ml, MendData.View(_ml, 5000)));
        CollectionAssert.AreEqual(Enumerable.Range(0, 5000).ToArray(), ids.Order().ToArray());
        // The first tenth of a pool shuffle of 1,000 rows would hold none of the last half.
        Assert.AreEqual(250, ids.Take(500).Count(i => i >= 2500), 60);
        CollectionAssert.AreEqual(ids, MendData.Ids(new ShuffleMend(3).Apply(_ml, MendData.View(_ml, 5000))));
        CollectionAssert.AreNotEqual(ids, MendData.Ids(new ShuffleMend(4).Apply(_ml, MendData.View(_ml, 5000))));
    }

    [TestMethod]
    public void DropRows_DropsTheirPositions()
    {
        var mended = new DropRowsMend([0, 3, 9], "bad rows").Apply(_ml, MendData.View(_ml));
        CollectionAssert.AreEqual(new[] { 1, 2, 4, 5, 6, 7, 8 }, MendData.Ids(mended));
        CollectionAssert.AreEqual(MendData.Ids(mended), MendData.Ids(mended));
        MendData.AssertTrains(_ml, mended);
    }

    [TestMethod]
    public void DropRows_CountsThem()
    {
        Assert.AreEqual("Drop 1 row without a label.", new DropRowsMend([3], "rows without a label").Title);
        Assert.AreEqual("Drop 2 rows without a label.", new DropRowsMend([3, 4], "rows without a label").Title);
    }

    [TestMethod]
    public void DropRows_KeepsACachedViewShufflable()
    {
        var mended = new DropRowsMend([0], "bad rows").Apply(_ml, _ml.Data.Cache(MendData.View(_ml)));
        Assert.IsTrue(mended.CanShuffle);
        Assert.IsFalse(new DropRowsMend([0], "bad rows").Apply(_ml, MendData.View(_ml)).CanShuffle);
    }

    [TestMethod]
    public void DropRows_OfOtherData_GivesASentence()
    {
        var mended = new DropRowsMend([2, 12], "bad rows").Apply(_ml, MendData.View(_ml));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => MendData.Ids(mended));
        Assert.AreEqual("Row 12 is to be dropped, but the data has 10 rows: it is not the data that was checked.", error.Message);
    }

    [TestMethod]
    public void DropRows_CodeListsFewRowsAndPointsAtMany()
    {
        Assert.AreEqual("data = new DropRowsMend([1, 2], \"bad rows\").Apply(ml, data);", new DropRowsMend([1, 2], "bad rows").Code);
        Assert.AreEqual("test = new DropRowsMend([1], \"bad rows\").Apply(ml, test);", new DropRowsMend([1], "bad rows") { InHoldOut = true }.Code);
        StringAssert.Contains(new DropRowsMend([.. Enumerable.Range(0, 21).Select(i => (long)i)], "bad rows").Code, "report.Mends.OfType<DropRowsMend>()");
    }

    [TestMethod]
    [DataRow("X", 9)]
    [DataRow("Whole", 10)]
    [DataRow("Label", 10)]
    public void DropMissing_ByTheTypesOwnRules(string column, int left) =>
        Assert.AreEqual(left, MendData.Ids(new DropMissingMend(column).Apply(_ml, MendData.View(_ml))).Length);

    [TestMethod]
    public void DropMissing_TextsKeysAndVectors()
    {
        var rows = MendData.Rows(6);
        rows[1].Label = string.Empty;
        rows[4].Features = [0, float.NaN, 0];
        var data = _ml.Data.LoadFromEnumerable(rows);
        CollectionAssert.AreEqual(new[] { 0, 2, 3, 4, 5 }, MendData.Ids(new DropMissingMend("Label").Apply(_ml, data)));
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 5 }, MendData.Ids(new DropMissingMend("Features").Apply(_ml, data)));
        var keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        CollectionAssert.AreEqual(new[] { 0, 2, 3, 4, 5 }, MendData.Ids(new DropMissingMend("Label").Apply(_ml, keys)));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(-2)]
    public void Realign_PutsEachLabelBackToItsRow(int offset)
    {
        var rows = MendData.Rows(20);
        var truth = rows.Select(r => r.Label).ToArray();
        // The label of row i stands in row i + offset.
        for (var i = 0; i < rows.Length; i++)
            rows[i].Label = i - offset >= 0 && i - offset < rows.Length ? truth[i - offset] : "?";
        var mended = new RealignLabelsMend("Label", offset).Apply(_ml, _ml.Data.LoadFromEnumerable(rows));
        var ids = MendData.Ids(mended);
        CollectionAssert.AreEqual(Enumerable.Range(offset > 0 ? 0 : -offset, 20 - Math.Abs(offset)).ToArray(), ids);
        CollectionAssert.AreEqual(ids.Select(i => truth[i]).ToArray(), mended.GetColumn<string>("Label").ToArray());
        MendData.AssertTrains(_ml, mended);
    }

    [TestMethod]
    public void Realign_WrongData_GivesASentence()
    {
        Assert.ThrowsExactly<InvalidOperationException>(() => new RealignLabelsMend("Y", 1).Apply(_ml, MendData.View(_ml)));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => MendData.Ids(new RealignLabelsMend("Label", 11).Apply(_ml, MendData.View(_ml))));
        Assert.AreEqual("The labels are to be moved by 11 rows, but the data has 10: it is not the data that was checked.", error.Message);
    }
}
