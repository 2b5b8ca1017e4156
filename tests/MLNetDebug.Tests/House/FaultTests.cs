using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;

namespace MLNetDebug.Tests.House;

/// <summary>A table is worth what its plants are: each does what its name says.</summary>
[TestClass]
public sealed class FaultTests
{
    private static readonly ZooTable Rows = new()
    {
        Columns = [[.. Enumerable.Range(0, 40).Select(i => (float)i)], [.. Enumerable.Range(0, 40).Select(i => i * 0.5f)]],
        Label = [.. Enumerable.Range(0, 40).Select(i => (float)(i % 4))],
        Classes = 4,
    };

    private static ZooTable Train(Fault fault) => fault.Apply(new ZooCase(Rows, Rows, null), new ZooRandom(3)).Train;

    private static ZooTable Test(Fault fault) => fault.Apply(new ZooCase(Rows, Rows, null), new ZooRandom(3)).Test!;

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(-2)]
    public void LabelsShiftedBy_PutsEachTrueLabelKRowsOn(int k)
    {
        // The first column says which row of the original a row's features come from.
        var shifted = Train(new LabelsShiftedBy(k));
        Assert.AreEqual(40 - Math.Abs(k), shifted.Rows);
        for (var i = 0; i < shifted.Rows; i++)
        {
            if (i + k >= 0 && i + k < shifted.Rows)
                Assert.AreEqual(Rows.Label[(int)shifted.Columns[0][i]], shifted.Label[i + k]);
        }
    }

    [TestMethod]
    public void LabelsFlipped_ChangesTheShareAskedFor_AndAlwaysToAnotherClass() =>
        Assert.AreEqual(10, Train(new LabelsFlipped(0.25)).Label.Zip(Rows.Label).Count(p => p.First != p.Second));

    [TestMethod]
    public void LabelsPermuted_KeepsTheCounts() =>
        CollectionAssert.AreEqual(Rows.Label.Order().ToArray(), Train(new LabelsPermuted()).Label.Order().ToArray());

    [TestMethod]
    public void RowsPoolShuffled_KeepsEveryRow_AndMixesOnlyWithinThePool()
    {
        var order = Train(new RowsPoolShuffled(5)).Columns[0];
        CollectionAssert.AreEquivalent(Rows.Columns[0], order);
        // A row can wait long in the pool, but none comes more than a pool's length early.
        float[] sorted = [.. Enumerable.Range(0, 40).OrderBy(i => Rows.Label[i]).Select(i => (float)i)];
        for (var i = 0; i < 40; i++)
            Assert.IsLessThanOrEqualTo(i + 5, Array.IndexOf(sorted, order[i]));
        CollectionAssert.AreNotEqual(sorted, order);
    }

    [TestMethod]
    public void RowsSorted_StandInTheOrderOfTheLabel() =>
        CollectionAssert.AreEqual(Rows.Label.Order().ToArray(), Train(new RowsSorted()).Label);

    [TestMethod]
    public void RowsLeaked_PutsTrainingRowsAmongAsManyHoldOutRows()
    {
        var healthy = new ZooCase(Rows, Rows.WithColumn(0, (v, _) => v + 1000), null);
        var test = new RowsLeaked(0.25).Apply(healthy, new ZooRandom(3)).Test!;
        Assert.AreEqual(40, test.Rows);
        Assert.AreEqual(10, test.Columns[0].Count(v => v < 1000));
    }

    [TestMethod]
    public void ColumnDrifted_MovesOneHoldOutColumnBySoManyDeviations()
    {
        var deviation = Math.Sqrt(Rows.Columns[1].Average(v => (v - 9.75) * (v - 9.75)));
        Assert.AreEqual(0.5 * deviation, Test(new ColumnDrifted(1, 0.5)).Columns[1].Average() - 9.75, 1e-5);
        CollectionAssert.AreEqual(Rows.Columns[0], Test(new ColumnDrifted(1, 0.5)).Columns[0]);
        CollectionAssert.AreEqual(Rows.Columns[1], Train(new ColumnDrifted(1, 0.5)).Columns[1]);
    }

    [TestMethod]
    public void Faults_LeaveTheHealthyRowsAsTheyAre()
    {
        var before = Rows.Columns.Select(c => c.ToArray()).ToArray();
        foreach (var fault in new Fault[] { new ColumnScaled(0, 10), new CellsReplaced(1, 0.5, float.NaN), new ColumnConstant(0, 1), new LabelsFlipped(0.5) })
            fault.Apply(new ZooCase(Rows, Rows, null), new ZooRandom(1));
        for (var j = 0; j < before.Length; j++)
            CollectionAssert.AreEqual(before[j], Rows.Columns[j]);
    }
}
