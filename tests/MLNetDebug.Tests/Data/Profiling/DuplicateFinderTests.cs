using CsCheck;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class DuplicateFinderTests
{
    [TestMethod]
    public void Counts_AreThoseOfAPlainGrouping() =>
        Gen.Select(Gen.ULong[0, 12], Gen.UInt[0, 3]).Array[0, 60].Sample(rows =>
        {
            var prints = new RowFingerprints
            {
                Level = 0,
                Features = [.. rows.Select(r => Mix.Hash(r.Item1))],
                Labels = [.. rows.Select(r => r.Item2)],
                Ids = new uint[rows.Length],
                Positions = [.. Enumerable.Range(0, rows.Length).Select(i => (uint)i)],
            };
            var found = DuplicateFinder.Find(prints);
            var groups = rows.GroupBy(r => r.Item1).ToArray();
            var conflicting = groups.Where(g => g.Select(r => r.Item2).Where(l => l != 0).Distinct().Count() > 1).ToArray();

            Assert.AreEqual(rows.Length - groups.Length, found.DuplicateFeatures);
            Assert.AreEqual(rows.Length - rows.Distinct().Count(), found.DuplicateRows);
            Assert.AreEqual(conflicting.Length, found.ConflictingGroups);
            Assert.AreEqual(conflicting.Sum(g => g.Count()), found.ConflictingRows);
            foreach (var (first, second) in found.ConflictingExamples)
                Assert.IsTrue(rows[first].Item1 == rows[second].Item1 && rows[first].Item2 != rows[second].Item2 && first < second);
            foreach (var (first, second) in found.DuplicateExamples)
                Assert.IsTrue(rows[first] == rows[second] && first < second);
        });
}
