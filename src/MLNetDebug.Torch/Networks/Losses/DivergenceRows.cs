using MLNetDebug.Torch.Networks.Profiling;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>Finds the dimension along which a divergence's tensors hold distributions: the loss itself works element by element and has none.</summary>
internal static class DivergenceRows
{
    public static int Dimension(HostTensor? input, TensorFacts inputFacts, HostTensor? target, TensorFacts targetFacts)
    {
        if (inputFacts.Rank <= 2)
            return RowReader.Dimension(inputFacts.Rank);
        return Enumerable.Range(1, inputFacts.Rank - 1)
            .OrderBy(d => Distance(input, inputFacts, d) + (targetFacts.Rank == inputFacts.Rank ? Distance(target, targetFacts, d) : 0))
            .First();
    }

    private static double Distance(HostTensor? t, TensorFacts facts, int dimension)
    {
        if (t is null || RowReader.Facts(t, facts.Count, dimension, skipZeroRows: true) is not { } rows)
            return 1;
        // What is not read at all is no nearer than what misses by far; beyond 1 a distance tells nothing more.
        var distance = Math.Min(rows.MaxSumError, rows.MaxLogSumExp);
        return double.IsNaN(distance) ? 1 : Math.Min(distance, 1);
    }
}
