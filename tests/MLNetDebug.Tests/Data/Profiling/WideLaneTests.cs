using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class WideLaneTests
{
    private const int Width = 4_500;
    private static readonly MLContext Ml = new(1);

    [TestMethod]
    public void SparseRows_HaveTheMomentsOfTheirDenseTwins()
    {
        var rows = Rows(700, 1);
        var (sparse, dense) = (Profile(rows.Select(r => Row(r, sparse: true))), Profile(rows.Select(r => Row(r, sparse: false))));
        ProfileAssert.AreEqual(dense, sparse, 1e-9);
        Assert.AreEqual(dense.Fingerprints!.Features.Distinct().Count(), sparse.Fingerprints!.Features.Distinct().Count());
    }

    [TestMethod]
    public void RowsOfBothForms_KeepCountsMomentsAndFingerprints()
    {
        var rows = Rows(300, 2);
        var (mixed, dense) = (Profile(rows.Select((r, i) => Row(r, sparse: i % 3 == 0))), Profile(rows.Select(r => Row(r, sparse: false))));
        CollectionAssert.AreEqual(dense.Fingerprints!.Features, mixed.Fingerprints!.Features);
        foreach (var (a, b) in dense.Column("Features")!.Slots.Zip(mixed.Column("Features")!.Slots))
        {
            Assert.AreEqual((a.Missing, a.PositiveInfinities, a.Zeros, a.Min, a.Max), (b.Missing, b.PositiveInfinities, b.Zeros, b.Min, b.Max));
            Assert.AreEqual(a.Mean, b.Mean, 1e-9);
            Assert.AreEqual(a.Variance, b.Variance, 1e-9);
        }
    }

    [TestMethod]
    public void Parts_MergeToTheWhole_AndAreSavedWithIt()
    {
        var rows = Rows(400, 3).Select(r => Row(r, sparse: true)).ToArray();
        var merged = DataProfile.Merge(Profile(rows[..150], 0), Profile(rows[150..], 150));
        using var stream = new MemoryStream();
        merged.Save(stream);
        stream.Position = 0;
        var loaded = DataProfile.Load(stream);

        var whole = Profile(rows);
        ProfileAssert.AreEqual(whole with { Fingerprints = null }, loaded with { RowIds = whole.RowIds }, 1e-9);
        CollectionAssert.AreEqual(whole.Fingerprints!.Features, loaded.Fingerprints!.Features);
    }

    private static DataProfile Profile(IEnumerable<Wide> rows, long firstRow = 0)
    {
        var schema = SchemaDefinition.Create(typeof(Wide));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Width);
        return new DataProfiler(new DataProfilerOptions { FirstRow = firstRow }).Profile(Ml.Data.LoadFromEnumerable(rows, schema), new DataDeclaration());
    }

    private static Wide Row(float[] values, bool sparse)
    {
        if (!sparse)
            return new Wide { Features = new VBuffer<float>(Width, values) };
        int[] slots = [.. Enumerable.Range(0, Width).Where(i => values[i] != 0)];
        return new Wide { Features = new VBuffer<float>(Width, slots.Length, [.. slots.Select(i => values[i])], slots) };
    }

    /// <summary>Rows with few values in most slots, many in the last ones, and some that are not finite.</summary>
    private static float[][] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var row = new float[Width];
            for (var i = 0; i < 60; i++)
                row[random.Next(Width)] = random.NextSingle() - 0.3f;
            for (var slot = Width - 10; slot < Width; slot++)
                row[slot] = random.Next(12) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 or 3 => 0, _ => 100 + random.NextSingle() };
            return row;
        })];
    }

    private sealed class Wide
    {
        public VBuffer<float> Features;
    }
}
