using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Mends;

[TestClass]
public sealed class ColumnMendTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void ClassWeight_AddsTheWeightOfEachRowsClass_TextKeyNumber()
    {
        var data = MendData.View(_ml, 6);
        var weights = new Dictionary<double, float> { [1] = 2f, [2] = 0.5f };
        float[] expected = [2, 0.5f, 0.5f, 2, 0.5f, 0.5f];
        CollectionAssert.AreEqual(expected, new ClassWeightMend("Label", weights).Apply(_ml, data).GetColumn<float>("Weight").ToArray());
        var keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        CollectionAssert.AreEqual(expected, new ClassWeightMend("Label", weights, "W").Apply(_ml, keys).GetColumn<float>("W").ToArray());
        var numbers = new ClassWeightMend("Whole", Enumerable.Range(0, 6).ToDictionary(i => 10.0 * i, i => (float)i)).Apply(_ml, data);
        CollectionAssert.AreEqual(new float[] { 0, 1, 2, 3, 4, 5 }, numbers.GetColumn<float>("Weight").ToArray());
    }

    [TestMethod]
    public void ClassWeight_OfTexts_IsTheSameInAnyOrder()
    {
        var weighted = new ClassWeightMend("Label", new Dictionary<double, float> { [1] = 2f, [2] = 0.5f }).Apply(_ml, _ml.Data.Cache(MendData.View(_ml, 300)));
        var shuffled = _ml.Data.ShuffleRows(weighted, seed: 2);
        var ids = MendData.Ids(shuffled);
        Assert.AreNotEqual(0, ids[0]);
        CollectionAssert.AreEqual(ids.Select(i => i % 3 == 0 ? 2f : 0.5f).ToArray(), shuffled.GetColumn<float>("Weight").ToArray());
    }

    [TestMethod]
    public void ClassWeight_WorksAsExampleWeight()
    {
        var weighted = new ClassWeightMend("Label", new Dictionary<double, float> { [1] = 2f, [2] = 0.5f }).Apply(_ml, MendData.View(_ml, 60));
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(weighted).Transform(weighted);
        var model = _ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(exampleWeightColumnName: "Weight", maximumNumberOfIterations: 3).Fit(keyed);
        Assert.AreEqual(60, model.Transform(keyed).GetColumn<uint>("PredictedLabel").Count());
    }

    [TestMethod]
    public void ClassWeight_WrongData_GivesASentence()
    {
        var weights = new Dictionary<double, float> { [1] = 2f };
        var taken = Assert.ThrowsExactly<InvalidOperationException>(() => new ClassWeightMend("Label", weights, "X").Apply(_ml, MendData.View(_ml)));
        StringAssert.Contains(taken.Message, "already has a column 'X'");
        var vector = Assert.ThrowsExactly<InvalidOperationException>(() => new ClassWeightMend("Features", weights).Apply(_ml, MendData.View(_ml)));
        StringAssert.Contains(vector.Message, "no class label");
        var unknown = Assert.ThrowsExactly<InvalidOperationException>(() => new ClassWeightMend("Label", weights).Apply(_ml, MendData.View(_ml)).GetColumn<float>("Weight").ToArray());
        StringAssert.Contains(unknown.Message, "holds class 2, which has no weight");
    }

    [TestMethod]
    public void DropSlots_KeepsNameTheOtherSlotsAndTheirNames()
    {
        var data = _ml.Transforms.Concatenate("V", "X", "Whole2", "Id2")
            .Fit(Converted()).Transform(Converted());
        var mended = new DropSlotsMend("V", [1]).Apply(_ml, data);
        var column = mended.Schema["V"];
        Assert.AreEqual(2, ((VectorDataViewType)column.Type).Size);
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        CollectionAssert.AreEqual(new[] { "X", "Id2" }, names.DenseValues().Select(n => n.ToString()).ToArray());
        CollectionAssert.AreEqual(new[] { 4f, 4f }, mended.GetColumn<float[]>("V").ElementAt(4));
        CollectionAssert.AreEqual(data.Schema.Select(c => c.Name).ToArray(), mended.Schema.Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void DropSlots_TrainsAndKeepsSparseVectorsSparse()
    {
        MendData.AssertTrains(_ml, new DropSlotsMend("Features", [2]).Apply(_ml, MendData.View(_ml)));
        var selection = new SlotSelection(10, [0, 3, 9]);
        var sparse = new VBuffer<float>(10, 3, [1f, 2f, 3f], [0, 4, 8]);
        var target = default(VBuffer<float>);
        selection.Select(sparse, ref target);
        Assert.IsFalse(target.IsDense);
        CollectionAssert.AreEqual(new float[] { 0, 0, 2, 0, 0, 0, 3 }, target.DenseValues().ToArray());
        selection.Select(new VBuffer<float>(10, [.. Enumerable.Range(0, 10).Select(i => (float)i)]), ref target);
        CollectionAssert.AreEqual(new float[] { 1, 2, 4, 5, 6, 7, 8 }, target.DenseValues().ToArray());
    }

    [TestMethod]
    [DataRow("X", new[] { 0 }, "only vectors of known size have slots")]
    [DataRow("Features", new[] { 3 }, "has 3 slots, so slot 3 cannot be dropped")]
    [DataRow("Features", new[] { 0, 1, 2 }, "drop the column instead")]
    public void DropSlots_WrongData_GivesASentence(string column, int[] slots, string part)
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => new DropSlotsMend(column, slots).Apply(_ml, MendData.View(_ml)));
        StringAssert.Contains(error.Message, part);
    }

    private IDataView Converted() =>
        _ml.Transforms.Conversion.ConvertType("Whole2", "Whole").Append(_ml.Transforms.Conversion.ConvertType("Id2", "Id")).Fit(MendData.View(_ml)).Transform(MendData.View(_ml));
}
