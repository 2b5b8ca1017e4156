using System.Numerics.Tensors;

namespace MLNetDebug.Data;

/// <summary>The nearest neighbours of every row, by brute force over all pairs in Euclidean distance; a row is never its own neighbour.</summary>
internal sealed class NeighbourGraph
{
    private readonly int[] _neighbours;
    private readonly float[] _distances;

    private NeighbourGraph(int count, int width)
    {
        Count = count;
        Width = width;
        _neighbours = new int[count * width];
        _distances = new float[count * width];
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Neighbours per row.</summary>
    public int Width { get; }

    /// <summary>Neighbours of a row, nearest first.</summary>
    public ReadOnlySpan<int> Of(int row) => _neighbours.AsSpan(row * Width, Width);

    /// <summary>Squared distances to them.</summary>
    public ReadOnlySpan<float> DistancesOf(int row) => _distances.AsSpan(row * Width, Width);

    /// <summary>Finds the neighbours of all rows among each other; each pair is compared once.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="neighbours">Neighbours per row, below the number of rows.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The graph.</returns>
    public static NeighbourGraph Build(ModelRows rows, int neighbours, CancellationToken cancellation)
    {
        var graph = new NeighbourGraph(rows.Count, Math.Min(neighbours, rows.Count - 1));
        Array.Fill(graph._distances, float.PositiveInfinity);
        Array.Fill(graph._neighbours, -1);
        var norms = new float[rows.Count];
        for (var i = 0; i < rows.Count; i++)
            norms[i] = TensorPrimitives.SumOfSquares(rows.Row(i));
        for (var i = 1; i < rows.Count; i++)
        {
            if ((i & 63) == 0)
                cancellation.ThrowIfCancellationRequested();
            var row = rows.Row(i);
            for (var j = 0; j < i; j++)
            {
                var distance = Math.Max(0, norms[i] + norms[j] - 2 * TensorPrimitives.Dot(row, rows.Row(j)));
                graph.Offer(i, j, distance);
                graph.Offer(j, i, distance);
            }
        }

        return graph;
    }

    private void Offer(int row, int neighbour, float distance)
    {
        var start = row * Width;
        var at = start + Width - 1;
        if (distance >= _distances[at])
            return;
        for (; at > start && _distances[at - 1] > distance; at--)
        {
            _distances[at] = _distances[at - 1];
            _neighbours[at] = _neighbours[at - 1];
        }

        _distances[at] = distance;
        _neighbours[at] = neighbour;
    }
}
