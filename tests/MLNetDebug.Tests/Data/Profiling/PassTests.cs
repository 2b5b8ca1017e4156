using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class PassTests
{
    private static readonly MLContext Ml = new(1);

    [TestMethod]
    public void MissingColumn_GetsOneSentence()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => new DataProfiler().Profile(Numbers(3), new DataDeclaration { Label = "Target" }, "hold-out data"));
        Assert.Contains("The hold-out data has no column 'Target', declared as label. It has 'X'.", error.Message);
    }

    [TestMethod]
    public void NoRows_GiveAnEmptyProfile()
    {
        var profile = new DataProfiler().Profile(Numbers(0), new DataDeclaration());
        Assert.AreEqual(0, profile.RowCount);
        Assert.IsTrue(profile.IsComplete);
        Assert.IsTrue(double.IsNaN(profile.Column("X")!.Slots[0].Mean));
        Assert.AreEqual(0, profile.Column("X")!.Slots[0].Sketch!.Count);
        Assert.AreEqual(0, profile.Duplicates!.Rows);
    }

    [TestMethod]
    [DataRow(999, false)]
    [DataRow(1000, true)]
    [DataRow(1001, true)]
    public void MaxRows_EndsThePass_AndSaysWhetherAnythingWasLeft(int maxRows, bool complete)
    {
        var profile = new DataProfiler(new DataProfilerOptions { MaxRows = maxRows }).Profile(Numbers(1000), new DataDeclaration());
        Assert.AreEqual(Math.Min(maxRows, 1000), profile.RowCount);
        Assert.AreEqual(complete, profile.IsComplete);
    }

    [TestMethod]
    public void TimeBudget_EndsThePass()
    {
        var endless = Ml.Data.LoadFromEnumerable(Endless());
        var profile = new DataProfiler(new DataProfilerOptions { TimeBudget = TimeSpan.FromMilliseconds(20) }).Profile(endless, new DataDeclaration());
        Assert.IsFalse(profile.IsComplete);
        Assert.IsGreaterThan(0, profile.RowCount);
    }

    [TestMethod]
    public void Cancellation_EndsThePassWithinABlock()
    {
        using var source = new CancellationTokenSource();
        var read = 0;
        IEnumerable<Row> Cancelling()
        {
            while (true)
            {
                if (++read == 1000)
                    source.Cancel();
                yield return new Row();
            }
        }

        Assert.ThrowsExactly<OperationCanceledException>(
            () => new DataProfiler().Profile(Ml.Data.LoadFromEnumerable(Cancelling()), new DataDeclaration(), cancellationToken: source.Token));
        Assert.IsLessThanOrEqualTo(1000 + 256, read);
    }

    [TestMethod]
    public void Cancellation_AfterThePass_EndsTheSketches()
    {
        using var source = new CancellationTokenSource();
        var cancel = new Cancelling(source);
        Assert.ThrowsExactly<OperationCanceledException>(
            () => new DataProfiler().Profile(Numbers(100), new DataDeclaration(), progress: cancel, cancellationToken: source.Token));
    }

    [TestMethod]
    public void Progress_IsToldTheRows()
    {
        var told = new List<DiagnosticsProgress>();
        new DataProfiler().Profile(Numbers(150_000), new DataDeclaration(), progress: new Direct(told));
        Assert.IsGreaterThanOrEqualTo(3, told.Count);
        Assert.AreEqual(new DiagnosticsProgress("profile", 150_000, null), told[^1]);
    }

    [TestMethod]
    public void RowThatCannotBeRead_IsNamed()
    {
        IEnumerable<Row> Failing()
        {
            for (var i = 0; i < 300; i++)
                yield return new Row();
            throw new FormatException("no such number");
        }

        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => new DataProfiler().Profile(Ml.Data.LoadFromEnumerable(Failing()), new DataDeclaration()));
        Assert.Contains("Row 300 of the training data", error.Message);
        Assert.Contains("no such number", error.Message);
    }

    [TestMethod]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new DataProfiler(new DataProfilerOptions { MaxRows = 0 }));
        Assert.ThrowsExactly<ArgumentException>(() => new DataProfiler(new DataProfilerOptions { TimeBudget = TimeSpan.Zero }));
        Assert.ThrowsExactly<ArgumentException>(() => new DataProfiler(new DataProfilerOptions { FirstRow = -1 }));
    }

    [TestMethod]
    public void RowIds_TellAPoolShuffleFromFileOrder()
    {
        var plain = Ml.Data.Cache(Numbers(5000));
        var shuffled = new DataProfiler().Profile(Ml.Data.ShuffleRows(plain, seed: 1), new DataDeclaration()).RowIds;
        Assert.IsTrue(new DataProfiler().Profile(plain, new DataDeclaration()).RowIds.IsMonotone);
        Assert.IsFalse(shuffled.IsMonotone);
        Assert.AreEqual(5000 / 3.0, shuffled.MeanDisplacement, 120, "a full permutation moves a row by a third of the rows on average");
    }

    [TestMethod]
    public void Sample_IsEveryRowOfTheLeastLevelThatFits_WhetherTheRowCountIsKnownOrNot()
    {
        const int Rows = 450_000;
        var known = new DataProfiler().Profile(Ml.Data.Cache(Numbers(Rows)), new DataDeclaration()).Sample;
        var unknown = new DataProfiler().Profile(Numbers(Rows), new DataDeclaration()).Sample;

        bool Belongs(long position, int level) => SampleBuffer.Belongs(position, level);
        CollectionAssert.AreEqual(known.Positions, unknown.Positions);
        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).Select(i => (long)i).Where(i => Belongs(i, known.Level)).ToArray(), known.Positions);
        Assert.IsGreaterThan(DataSample.MaxRows, Enumerable.Range(0, Rows).Count(i => Belongs(i, known.Level - 1)));
    }

    [TestMethod]
    public void SlotsBeyondTheSketched_HaveMomentsOnly()
    {
        var wide = Ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 5000).Select(i => new Wide { Features = [.. Enumerable.Range(0, 2100).Select(s => (float)((i * 7 + s) % 13))] }));
        var profile = new DataProfiler().Profile(wide, new DataDeclaration());
        var slots = profile.Column("Features")!.Slots;

        Assert.AreEqual(DataSample.MaxSlots, slots.Count(s => s.Sketch is not null));
        Assert.AreEqual(5000, slots[2099].Finite);
        Assert.AreEqual(12.0, slots[2099].Max);
        Assert.IsGreaterThan(0, profile.Sample.Level);
        Assert.IsLessThanOrEqualTo(3750, profile.Sample.Count);
        Assert.IsGreaterThan(0, slots[0].Sketch!.RankError);
        Assert.IsFalse(slots[0].Sketch!.IsExact);
    }

    private static IDataView Numbers(int rows) => Ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new Row { X = i }));

    private static IEnumerable<Row> Endless()
    {
        while (true)
            yield return new Row();
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<DiagnosticsProgress>
    {
        public void Report(DiagnosticsProgress value) => source.Cancel();
    }

    private sealed class Direct(List<DiagnosticsProgress> told) : IProgress<DiagnosticsProgress>
    {
        public void Report(DiagnosticsProgress value) => told.Add(value);
    }

    private sealed class Row
    {
        public float X { get; set; }
    }

    private sealed class Wide
    {
        [VectorType(2100)]
        public float[] Features { get; set; } = [];
    }
}
