using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Zoo.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

[TestClass]
public sealed class ScoredViewTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(8)]
    [DataRow(9)]
    [DataRow(300)]
    public void EveryColumnOfARow_StaysBesideItsScore_WhateverTheBatch(int rows)
    {
        var drawn = ModelRow.Draw(rows);
        var data = _ml.Data.LoadFromEnumerable(drawn);
        using var model = First(data.Schema).WithBatchSize(8);
        var read = _ml.Data.CreateEnumerable<Scored>(model.Transform(data), reuseRowObject: false).ToArray();
        Assert.HasCount(rows, read);
        for (var i = 0; i < rows; i++)
        {
            Assert.AreEqual(drawn[i].Note, read[i].Note);
            Assert.AreEqual(drawn[i].IsPositive, read[i].IsPositive);
            CollectionAssert.AreEqual(drawn[i].Features, read[i].Features);
            Assert.AreEqual(drawn[i].Features[0], read[i].Score);
        }
    }

    [TestMethod]
    public void TheData_IsNotAskedForRowsBehindItsEnd()
    {
        var data = _ml.Data.LoadFromEnumerable(ModelRow.Draw(20));
        using var model = First(data.Schema).WithBatchSize(8);
        Assert.HasCount(20, model.Transform(new EndsOnceView(data)).GetColumn<float>("Score").ToArray());
    }

    [TestMethod]
    public void NothingIsScored_WhereNoAnswerIsAskedFor()
    {
        var data = _ml.Data.LoadFromEnumerable(ModelRow.Draw(20));
        var probe = new Probe(x => x.narrow(1, 0, 1));
        using var model = Probe.Around(_ml, data.Schema, TorchTask.Regression, [probe]);
        var scored = model.Transform(data);
        Assert.HasCount(20, scored.GetColumn<string>("Note").ToArray());
        Assert.AreEqual(0, probe.Calls);
        Assert.HasCount(20, scored.GetColumn<float>("Score").ToArray());
        Assert.AreEqual(1, probe.Calls);
    }

    [TestMethod]
    public void PositionsAndIds_AreThoseOfTheData()
    {
        var data = _ml.Data.FilterRowsByColumn(_ml.Data.ShuffleRows(_ml.Data.Cache(_ml.Data.LoadFromEnumerable(ModelRow.Draw(100))), 3), "Number", lowerBound: 0);
        using var model = First(data.Schema).WithBatchSize(16);
        var scored = model.Transform(data);
        CollectionAssert.AreEqual(Places(data, data.Schema["Number"]), Places(scored, scored.Schema["Score"]));
    }

    [TestMethod]
    public void ASetOfCursors_ScoresEveryRowOnce()
    {
        var data = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(ModelRow.Draw(5_000)));
        using var model = First(data.Schema);
        var scored = model.Transform(data);
        var seen = new List<(DataViewRowId Id, float Score)>();
        foreach (var cursor in scored.GetRowCursorSet([scored.Schema["Score"]], 4))
        {
            using (cursor)
            {
                var (id, score) = (cursor.GetIdGetter(), cursor.GetGetter<float>(scored.Schema["Score"]));
                while (cursor.MoveNext())
                {
                    var row = (default(DataViewRowId), 0f);
                    id(ref row.Item1);
                    score(ref row.Item2);
                    seen.Add(row);
                }
            }
        }

        CollectionAssert.AreEqual(scored.GetColumn<float>("Score").ToArray(), seen.OrderBy(s => s.Id.Low).Select(s => s.Score).ToArray());
    }

    [TestMethod]
    public void AShuffleThatIsAskedFor_IsTheDatasOwn()
    {
        var data = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(ModelRow.Draw(50)));
        using var model = First(data.Schema).WithBatchSize(8);
        var scored = model.Transform(data);
        Assert.IsTrue(scored.CanShuffle);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Features"]], new Random(5));
        var (score, features) = (cursor.GetGetter<float>(scored.Schema["Score"]), cursor.GetGetter<VBuffer<float>>(scored.Schema["Features"]));
        var (value, vector, read) = (0f, default(VBuffer<float>), new List<float>());
        while (cursor.MoveNext())
        {
            score(ref value);
            features(ref vector);
            Assert.AreEqual(vector.GetValues()[0], value);
            read.Add(value);
        }

        CollectionAssert.AreNotEqual(scored.GetColumn<float>("Score").ToArray(), read);
        CollectionAssert.AreEquivalent(scored.GetColumn<float>("Score").ToArray(), read);
    }

    [TestMethod]
    public void AColumnThatIsHiddenByAScore_CanStillBeRead()
    {
        var data = _ml.Data.LoadFromEnumerable(ModelRow.Draw(20));
        using var first = First(data.Schema);
        using var second = Probe.Of(_ml, data.Schema, TorchTask.Regression, x => x.narrow(1, 1, 1));
        var scored = second.WithBatchSize(8).Transform(first.WithBatchSize(6).Transform(data));
        var scores = scored.Schema.Where(c => c.Name == "Score").ToArray();
        CollectionAssert.AreEqual(new[] { true, false }, scores.Select(c => c.IsHidden).ToArray());
        var (values, read) = (new float[2], new List<(float, float)>());
        using var cursor = scored.GetRowCursor(scores);
        var getters = scores.Select(c => cursor.GetGetter<float>(c)).ToArray();
        while (cursor.MoveNext())
        {
            getters[0](ref values[0]);
            getters[1](ref values[1]);
            read.Add((values[0], values[1]));
        }

        CollectionAssert.AreEqual(ModelRow.Draw(20).Select(r => (r.Features[0], r.Features[1])).ToArray(), read);
    }

    [TestMethod]
    public void SparseFeatures_AreReadAsDenseOnes()
    {
        var data = _ml.Data.LoadFromEnumerable([new Sparse { Features = new(4, 1, [5f], [2]) }, new Sparse { Features = new(4, [1f, 2, 3, 4]) }, new Sparse { Features = new(4, 2, [7f, 8], [0, 3]) }]);
        using var model = Probe.Of(_ml, data.Schema, TorchTask.Regression, x => x.matmul(tensor(new float[] { 1, 10, 100, 1000 }, [4, 1])));
        CollectionAssert.AreEqual(new[] { 500f, 4321, 8007 }, model.Transform(data).GetColumn<float>("Score").ToArray());
        CollectionAssert.AreEqual(new[] { 500f, 4321, 8007 }, model.WithBatchSize(1).Transform(data).GetColumn<float>("Score").ToArray());
    }

    [TestMethod]
    public void ANetworkOfSeveralDimensions_SeesThem()
    {
        var data = _ml.Data.LoadFromEnumerable([new Planes { Features = [1, 2, 3, 4, 5, 6] }]);
        using var model = Probe.Of(_ml, data.Schema, TorchTask.Regression, x => x[TensorIndex.Ellipsis, 1, 2].reshape(-1, 1), shape: [1, 2, 3]);
        Assert.AreEqual(6f, model.Transform(data).GetColumn<float>("Score").Single());
    }

    [TestMethod]
    public void DataWithoutTheColumn_OrWithAnother_IsToldSo()
    {
        var data = _ml.Data.LoadFromEnumerable(ModelRow.Draw(1));
        using var model = First(data.Schema);
        var planes = _ml.Data.LoadFromEnumerable([new Planes()]);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(planes));
        Assert.Contains("Column 'Features' is of type Vector<Single, 1, 2, 3>; network 'probe' was trained on 5 numbers", error.Message);
        var none = _ml.Transforms.SelectColumns("Note").Fit(data).Transform(data);
        Assert.Contains("The data has no column 'Features'", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(none)).Message);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1_000_001)]
    public void ABatchSizeOutsideItsRange_IsRefused(int size)
    {
        using var model = First(_ml.Data.LoadFromEnumerable(ModelRow.Draw(1)).Schema);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.WithBatchSize(size));
        Assert.AreEqual(256, model.BatchSize);
    }

    [TestMethod]
    public void TheCallersScopeAndModeOfGradients_AreAsTheyWere_AndNoTensorIsLeft()
    {
        var data = _ml.Data.LoadFromEnumerable(ModelRow.Draw(1_000));
        using var own = ModelCase.Create(TorchTask.MulticlassClassification);
        var before = TensorCount.Settled();
        using (NewDisposeScope())
        {
            var mine = ones(3, requires_grad: true);
            var scored = own.Predictor.Transform(data);
            using var cursor = scored.GetRowCursor(scored.Schema);
            while (cursor.MoveNext())
            {
            }

            Assert.IsTrue(is_grad_enabled());
            using var more = mine * 2;
            Assert.IsTrue(more.requires_grad);
        }

        Assert.AreEqual(before, Tensor.TotalCount);
    }

    [TestMethod]
    public void ACursor_OutlivesTheScopeItWasMadeIn()
    {
        var data = _ml.Data.LoadFromEnumerable(ModelRow.Draw(10));
        using var model = First(data.Schema).WithBatchSize(4);
        var scored = model.Transform(data);
        var scope = NewDisposeScope();
        using var cursor = scored.GetRowCursor(scored.Schema);
        Assert.IsTrue(cursor.MoveNext());
        scope.Dispose();
        var rows = 1;
        while (cursor.MoveNext())
            rows++;
        Assert.AreEqual(10, rows);
    }

    private static List<(long Position, ulong Id)> Places(IDataView data, DataViewSchema.Column column)
    {
        using var cursor = data.GetRowCursor([column]);
        var (get, id, places) = (cursor.GetIdGetter(), default(DataViewRowId), new List<(long, ulong)>());
        while (cursor.MoveNext())
        {
            get(ref id);
            places.Add((cursor.Position, id.Low));
        }

        return places;
    }

    private TorchPredictionTransformer First(DataViewSchema schema) => Probe.Of(_ml, schema, TorchTask.Regression, x => x.narrow(1, 0, 1));

    private sealed class Scored
    {
        public float[] Features { get; set; } = [];

        public string Note { get; set; } = "";

        public bool IsPositive { get; set; }

        public float Score { get; set; }
    }

    private sealed class Sparse
    {
        [VectorType(4)]
        public VBuffer<float> Features { get; set; }
    }

    private sealed class Planes
    {
        [VectorType(1, 2, 3)]
        public float[] Features { get; set; } = new float[6];
    }
}
