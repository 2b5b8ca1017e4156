namespace MLNetDebug.Data;

/// <summary>Rank correlations of pairs of columns in two splits.</summary>
internal sealed record CorrelationComparison
{
    /// <summary>Rows of the training split they stand on.</summary>
    public required int TrainRows { get; init; }

    /// <summary>Rows of the hold-out split they stand on.</summary>
    public required int TestRows { get; init; }

    /// <summary>Columns that took part.</summary>
    public required int Columns { get; init; }

    /// <summary>Columns that vary and were left out for lack of time.</summary>
    public int LeftOut { get; init; }

    /// <summary>Pairs compared.</summary>
    public required int Pairs { get; init; }

    /// <summary>
    /// Pairs whose correlation differs by at least <see cref="CorrelationComparer.SmallestDifference"/>, at most 100, those with the
    /// smallest p-values first.
    /// </summary>
    public required IReadOnlyList<PairChange> Changes { get; init; }
}

/// <summary>The rank correlation of two columns in two splits.</summary>
/// <param name="First">One column.</param>
/// <param name="Second">The other.</param>
/// <param name="Train">Spearman correlation in the training split.</param>
/// <param name="Test">Spearman correlation in the hold-out split.</param>
/// <param name="PValue">Two-sided p-value of the difference, of this pair alone.</param>
internal sealed record PairChange(Subject First, Subject Second, double Train, double Test, double PValue)
{
    /// <summary>Absolute difference of the correlations.</summary>
    public double Difference => Math.Abs(Test - Train);
}
