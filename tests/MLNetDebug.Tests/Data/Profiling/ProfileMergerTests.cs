using CsCheck;
using Microsoft.ML;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class ProfileMergerTests
{
    private static readonly DataDeclaration Declaration = new() { Label = "Label", Time = "Date" };

    [TestMethod]
    public void Parts_CutAnywhere_MergeToTheWhole() =>
        Gen.Select(Gen.Int[0, 900], Gen.Int[0, 900], Gen.Int[0, 900], Gen.Int[0, 1000]).Sample(
            (first, second, third, seed) =>
            {
                var rows = MixedRows.Make(first + second + third, seed);
                var whole = Profile(rows, 0);
                var merged = DataProfile.Merge(
                    DataProfile.Merge(Profile(rows[..first], 0), Profile(rows[first..(first + second)], first)),
                    Profile(rows[(first + second)..], first + second));
                AssertSame(whole, merged);
            },
            iter: 12);

    [TestMethod]
    public void PartWithoutRows_BetweenTwoOthers_BreaksNoPair()
    {
        var rows = MixedRows.Make(391 + 879, 484);
        AssertSame(Profile(rows, 0), DataProfile.Merge(DataProfile.Merge(Profile(rows[..391], 0), Profile(rows[391..391], 391)), Profile(rows[391..], 391)));
    }

    [TestMethod]
    public void Parts_BeyondTheBounds_MergeToTheSameSampleAndFingerprints()
    {
        var ml = new MLContext(1);
        DataProfile Part(int from, int to) => new DataProfiler(new DataProfilerOptions { FirstRow = from }).Profile(
            ml.Data.LoadFromEnumerable(Enumerable.Range(from, to - from).Select(i => new Narrow { Value = i % 450_000 })), new DataDeclaration());

        var whole = Part(0, 700_000);
        var merged = DataProfile.Merge(Part(0, 430_000), Part(430_000, 700_000));

        Assert.IsGreaterThan(0, whole.Sample.Level);
        Assert.IsGreaterThan(0, whole.Fingerprints!.Level);
        // Ids of a plain source equal the position within it, so that those of the later part begin anew.
        AssertSame(whole, merged);
        Assert.AreEqual(250_000.0, whole.Duplicates!.DuplicateFeatures / whole.Duplicates.SampledShare, 5_000);
    }

    [TestMethod]
    public void Parts_ThatDoNotFollow_AreRefused()
    {
        var rows = MixedRows.Make(20, 1);
        var error = Assert.ThrowsExactly<ArgumentException>(() => DataProfile.Merge(Profile(rows[..10], 0), Profile(rows[10..], 11)));
        Assert.Contains("FirstRow = 10", error.Message);
    }

    [TestMethod]
    public void Parts_OfOtherColumns_AreRefused()
    {
        var other = new DataProfiler(new DataProfilerOptions { FirstRow = 10 })
            .Profile(new MLContext(1).Data.LoadFromEnumerable(new[] { new Narrow() }), new DataDeclaration());
        Assert.ThrowsExactly<ArgumentException>(() => DataProfile.Merge(Profile(MixedRows.Make(10, 1), 0), other));
    }

    [TestMethod]
    public void Merge_LeavesItsPartsAsTheyWere()
    {
        var rows = MixedRows.Make(300, 5);
        var (first, second) = (Profile(rows[..200], 0), Profile(rows[200..], 200));
        DataProfile.Merge(first, second);
        ProfileAssert.AreEqual(Profile(rows[..200], 0), first, 0);
        AssertSame(Profile(rows, 0), DataProfile.Merge(first, second));
    }

    /// <summary>Row ids of two enumerables begin at 0 twice, those of one do not; all else is the same.</summary>
    private static void AssertSame(DataProfile whole, DataProfile merged) => ProfileAssert.AreEqual(
        whole with { Fingerprints = Without(whole.Fingerprints!) },
        merged with { RowIds = whole.RowIds, Fingerprints = Without(merged.Fingerprints!) },
        1e-12);

    private static RowFingerprints Without(RowFingerprints prints) =>
        new() { Level = prints.Level, Features = prints.Features, Labels = prints.Labels, Ids = [], Positions = prints.Positions };

    private static DataProfile Profile(MixedRows.Row[] rows, long firstRow) =>
        new DataProfiler(new DataProfilerOptions { FirstRow = firstRow }).Profile(MixedRows.View(rows), Declaration);

    private sealed class Narrow
    {
        public float Value { get; set; }
    }
}
