using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class SeedsTests
{
    [TestMethod]
    public void Seeds_AreSeedsOfRandom_EachOfItsOwn()
    {
        var seeds = new[] { 0, 1, 2, -1, int.MinValue, int.MaxValue }
            .SelectMany(s => Enumerable.Range(0, 100).SelectMany(n => new[] { Seeds.OfRepeat(s, n), Seeds.OfProposal(s, n) })).ToArray();
        Assert.IsTrue(seeds.All(s => s >= 0));
        Assert.HasCount(seeds.Length, seeds.Distinct().ToArray());
    }

    [TestMethod]
    public void Seeds_StayWhatTheyAre()
    {
        // A study goes on with the seeds that it was begun with, also under a later version.
        Assert.AreEqual((2103022959, 340815906), (Seeds.OfRepeat(1, 0), Seeds.OfProposal(1, 0)));
    }

    [TestMethod]
    public void Seeds_OfNeighbours_GiveNumbersThatAreNoNeighbours()
    {
        double[] first = [.. Enumerable.Range(0, 400).Select(n => new Random(Seeds.OfProposal(1, n)).NextDouble())];
        Assert.AreEqual(0.5, first.Average(), 0.06);
        var correlation = MathNet.Numerics.Statistics.Correlation.Pearson(first[1..], first[..^1]);
        Assert.IsLessThan(0.15, Math.Abs(correlation));
    }
}
