namespace MLNetDebug.Data;

/// <summary>Agreement of labels along fixed edges from each row to its nearest neighbours, with the exact permutation mean and variance.</summary>
internal sealed class NeighbourAgreement
{
    private readonly NeighbourGraph _graph;
    private readonly int _width;
    private readonly PairMatrixSums _sums;

    /// <param name="graph">The neighbours.</param>
    /// <param name="width">How many of them to use.</param>
    public NeighbourAgreement(NeighbourGraph graph, int width)
    {
        _graph = graph;
        _width = Math.Min(width, graph.Width);
        var degrees = new double[graph.Count];
        double s1 = 0;
        for (var i = 0; i < graph.Count; i++)
        {
            degrees[i] += _width;
            foreach (var j in graph.Of(i)[.._width])
            {
                degrees[j]++;

                // (W_ij + W_ji)^2 / 2 over both (i, j) and (j, i): 1 for an edge that stands alone, 4 shared by two that answer each other.
                s1 += graph.Of(j)[.._width].Contains(i) ? 2 : 1;
            }
        }

        _sums = new PairMatrixSums((double)graph.Count * _width, s1, degrees.Sum(d => d * d));
    }

    /// <summary>The mean similarity along the edges.</summary>
    public PermutationStatistic Of(LabelScores labels)
    {
        double sum = 0;
        for (var i = 0; i < _graph.Count; i++)
        {
            foreach (var j in _graph.Of(i)[.._width])
                sum += labels.Similarity(i, j);
        }

        var (mean, variance) = PairMatrixSums.Moments(_sums, labels.Sums, _graph.Count);
        var edges = _sums.S0;
        var unit = labels.Classes is null && labels.Total > 0 ? edges * labels.Total / labels.Count : edges;
        return new PermutationStatistic(sum / unit, mean / unit, Math.Sqrt(variance) / unit);
    }
}
