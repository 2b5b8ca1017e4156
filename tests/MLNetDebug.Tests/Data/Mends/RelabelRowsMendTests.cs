using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Mends;

[TestClass]
public sealed class RelabelRowsMendTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Texts_numbers_and_keys_change_on_the_named_rows_alone()
    {
        var data = _ml.Transforms.Conversion.MapValueToKey("Key", "Label").Fit(MendData.View(_ml)).Transform(MendData.View(_ml));
        RowLabel[] rows = [new(7, 2, "b"), new(1, 1, "a")];
        var texts = new RelabelRowsMend("Label", rows).Apply(_ml, data).GetColumn<string>("Label").ToArray();
        Assert.AreEqual("a", texts[1]);
        Assert.AreEqual("a", texts[0]);
        Assert.AreEqual("b", texts[2]);
        CollectionAssert.AreEqual(
            new uint[] { 1, 1, 2, 1, 2, 2, 1, 2, 2, 1 }, new RelabelRowsMend("Key", rows).Apply(_ml, data).GetColumn<uint>("Key").ToArray());
        CollectionAssert.AreEqual(
            new[] { 0, 1, 20, 30, 40, 50, 60, 2, 80, 90 }, new RelabelRowsMend("Whole", rows).Apply(_ml, data).GetColumn<int>("Whole").ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, 10).ToArray(), MendData.Ids(new RelabelRowsMend("Label", rows).Apply(_ml, data)));
    }

    [TestMethod]
    public void The_same_rows_can_be_dropped_instead() => CollectionAssert.AreEqual(
        new[] { 0, 2, 3, 4, 5, 6, 8, 9 }, MendData.Ids(new RelabelRowsMend("Label", [new(7, 2, "b"), new(1, 1, "a")]).ToDrop().Apply(_ml, MendData.View(_ml))));

    [TestMethod]
    public void Another_column_or_fewer_rows_than_were_checked_get_a_sentence()
    {
        Assert.Contains("'Klass'", Assert.ThrowsExactly<InvalidOperationException>(() => new RelabelRowsMend("Klass", []).Apply(_ml, MendData.View(_ml))).Message);
        Assert.Contains("no class label", Assert.ThrowsExactly<InvalidOperationException>(() => new RelabelRowsMend("Features", []).Apply(_ml, MendData.View(_ml))).Message);
        var far = new RelabelRowsMend("Label", [new(10, 1, "a")]).Apply(_ml, MendData.View(_ml));
        Assert.Contains("10 rows", Assert.ThrowsExactly<InvalidOperationException>(() => far.GetColumn<string>("Label").ToArray()).Message);
    }
}
