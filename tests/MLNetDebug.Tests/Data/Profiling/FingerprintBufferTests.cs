using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class FingerprintBufferTests
{
    [TestMethod]
    public void BeyondTheBound_OnlyFingerprintsWithZeroLowBitsStay()
    {
        var rows = Enumerable.Range(0, RowFingerprints.ExactRows + 1_000).Select(i => Mix.Hash((ulong)i)).ToArray();
        var prints = Fill(rows).ToFingerprints();

        Assert.AreEqual(1, prints.Level);
        CollectionAssert.AreEqual(rows.Where(f => f % 2 == 0).ToArray(), prints.Features);
        CollectionAssert.AreEqual(Enumerable.Range(0, rows.Length).Where(i => rows[i] % 2 == 0).Select(i => (uint)i).ToArray(), prints.Positions);
    }

    [TestMethod]
    public void AtTheBound_EveryRowStays()
    {
        var prints = Fill(Enumerable.Range(0, RowFingerprints.ExactRows).Select(i => Mix.Hash((ulong)i))).ToFingerprints();
        Assert.AreEqual((0, RowFingerprints.ExactRows), (prints.Level, prints.Features.Length));
    }

    [TestMethod]
    public void EqualRowsThatNoLevelThins_StayBounded_AndMergeToTheFirstOnes()
    {
        var whole = Fill(Enumerable.Repeat(0UL, RowFingerprints.ExactRows + 500));
        Assert.AreEqual(RowFingerprints.ExactRows, whole.Count);

        var merged = Fill(Enumerable.Repeat(0UL, 1_000));
        merged.Append(Fill(Enumerable.Repeat(0UL, RowFingerprints.ExactRows - 500), 1_000));
        var (a, b) = (whole.ToFingerprints(), merged.ToFingerprints());
        Assert.AreEqual(a.Level, b.Level);
        CollectionAssert.AreEqual(a.Positions, b.Positions);
    }

    private static FingerprintBuffer Fill(IEnumerable<ulong> rows, long firstPosition = 0)
    {
        var buffer = new FingerprintBuffer();
        foreach (var (index, features) in rows.Index())
            buffer.Add(features, 0, (UInt128)index, firstPosition + index);
        return buffer;
    }
}
