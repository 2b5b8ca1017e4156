using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Labels;

[TestClass]
public sealed class NeighbourGraphTests
{
    [TestMethod]
    public void Neighbours_are_those_of_a_full_sort()
    {
        var random = new Random(3);
        const int count = 60, width = 7;
        var rows = new ModelRows([.. Enumerable.Range(0, count * width).Select(_ => (float)Profiles.Gauss(random))], width, [.. Enumerable.Range(0, count)]);
        var graph = NeighbourGraph.Build(rows, 5, CancellationToken.None);
        for (var i = 0; i < count; i++)
        {
            var row = i;
            int[] slow = [.. Enumerable.Range(0, count).Where(j => j != row).OrderBy(j => Distance(rows, row, j)).Take(5)];
            CollectionAssert.AreEqual(slow, graph.Of(i).ToArray());
        }
    }

    [TestMethod]
    public void Fewer_rows_than_neighbours_give_all_others()
    {
        var graph = NeighbourGraph.Build(new ModelRows([0, 1, 3], 1, [0, 1, 2]), 10, CancellationToken.None);
        Assert.AreEqual(2, graph.Width);
        CollectionAssert.AreEqual(new[] { 1, 0 }, graph.Of(2).ToArray());
    }

    [TestMethod]
    public void Cancellation_ends_it() => Assert.ThrowsExactly<OperationCanceledException>(
        () => NeighbourGraph.Build(new ModelRows(new float[200], 1, [.. Enumerable.Range(0, 200)]), 5, new CancellationToken(true)));

    private static double Distance(ModelRows rows, int a, int b)
    {
        double sum = 0;
        for (var c = 0; c < rows.Width; c++)
            sum += Math.Pow(rows.Row(a)[c] - rows.Row(b)[c], 2);
        return sum;
    }
}
