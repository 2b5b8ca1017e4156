using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Splits;

[TestClass]
public sealed class RowLeakageComparerTests
{
    [TestMethod]
    public void Copies_are_counted_with_their_labels_and_places()
    {
        var leak = Compare([1, 2, 3, 3, 4], [0, 0, 0, 1, 0], [9, 3, 2, 7, 4], [0, 1, 1, 0, 0]);
        Assert.AreEqual(3, leak.Copies);
        Assert.AreEqual(2, leak.AgreeingCopies);
        Assert.AreEqual("1, 2, 4", string.Join(", ", leak.CopyRows));
        Assert.AreEqual(3, leak.MixedGroups);
        Assert.AreEqual(3, leak.Groups);

        // 2 of 5 training rows have a twin: 2 of 5 hold-out rows are expected to.
        Assert.AreEqual(2, leak.ExpectedCopies);
    }

    [TestMethod]
    public void Only_equal_row_ids_make_the_same_rows()
    {
        var train = new RowFingerprints { Level = 0, Features = [1, 2, 3, 4], Labels = new uint[4], Ids = [10, 11, 12, 13], Positions = [0, 1, 2, 3] };
        var test = new RowFingerprints { Level = 0, Features = [2, 3, 8], Labels = new uint[3], Ids = [11, 99, 13], Positions = [0, 1, 2] };
        var leak = RowLeakageComparer.Compare(train, test);
        Assert.AreEqual(2, leak.Copies);
        Assert.AreEqual(1, leak.SameSourceRows);
        Assert.AreEqual(0, leak.SameSourceCopyRows.Single());
        Assert.AreEqual(1 - Math.Exp(-2.0 / 4), leak.SameSourcePValue, 1e-12);
    }

    [TestMethod]
    public void Fingerprints_of_two_levels_are_brought_to_the_coarser_one()
    {
        var train = new RowFingerprints { Level = 0, Features = [1, 2, 4, 8], Labels = new uint[4], Ids = new uint[4], Positions = [0, 1, 2, 3] };
        var test = new RowFingerprints { Level = 2, Features = [4, 12], Labels = new uint[2], Ids = new uint[2], Positions = [3, 9] };
        var leak = RowLeakageComparer.Compare(train, test);
        Assert.IsFalse(leak.IsExact);
        Assert.AreEqual(2, leak.TrainRows);
        Assert.AreEqual(1, leak.Copies);
        Assert.AreEqual(3, leak.CopyRows.Single());
    }

    private static RowLeakage Compare(ulong[] train, uint[] trainLabels, ulong[] test, uint[] testLabels) => RowLeakageComparer.Compare(
        Sampled.Split.Fingerprints(train, trainLabels).ToProfile("a").Fingerprints!,
        Sampled.Split.Fingerprints(test, testLabels).ToProfile("b").Fingerprints!);
}
