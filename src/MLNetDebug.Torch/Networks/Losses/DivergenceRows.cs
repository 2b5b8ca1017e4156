using MLNetDebug.Torch.Networks.Profiling;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>
/// Where a divergence's tensors hold distributions: along one dimension, or over all from one on together, as over the places of an image. The loss itself works element by element and knows
/// neither.
/// </summary>
/// <param name="Dimension">The dimension, or the first of those taken together.</param>
/// <param name="IsJoint">True for several together.</param>
internal sealed record DivergenceRows(int Dimension, bool IsJoint)
{
    // So near a distribution a joint one is believed; else the dimension that comes nearest alone is meant.
    private const double IsOne = 0.02;

    public static DivergenceRows Find(HostTensor? input, TensorFacts inputFacts, HostTensor? target, TensorFacts targetFacts)
    {
        var rank = inputFacts.Rank;
        if (rank <= 2)
            return new(RowReader.Dimension(rank), false);
        double Distance(DivergenceRows rows) => rows.Miss(input, inputFacts) + (targetFacts.Rank == rank ? rows.Miss(target, targetFacts) : 0);
        var joint = Enumerable.Range(1, rank - 2).Select(d => new DivergenceRows(d, true)).MinBy(Distance)!;
        var single = Enumerable.Range(1, rank - 1).Select(d => new DivergenceRows(d, false)).MinBy(Distance)!;
        return joint.Miss(input, inputFacts) < IsOne && Distance(joint) < Distance(single) ? joint : single;
    }

    /// <summary>A tensor's rows; null where it has none.</summary>
    public DistributionFacts? Read(HostTensor? t, TensorFacts facts, bool skipZeroRows = false) => t is null ? null
        : RowReader.Facts(IsJoint && Dimension < facts.Rank ? t.Joined(Dimension) : t, facts.Count, Math.Min(Dimension, facts.Rank - 1), skipZeroRows);

    private double Miss(HostTensor? t, TensorFacts facts)
    {
        if (Read(t, facts, skipZeroRows: true) is not { } rows)
            return 1;
        // What is not read at all is no nearer than what misses by far; beyond 1 a distance tells nothing more.
        var distance = Math.Min(rows.MaxSumError, rows.MaxLogSumExp);
        return double.IsNaN(distance) ? 1 : Math.Min(distance, 1);
    }
}
