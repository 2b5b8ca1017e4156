namespace MLNetDebug.Data;

/// <summary>The counts of categories in two splits.</summary>
internal sealed record CategoryShift
{
    /// <summary>Values of the training split.</summary>
    public required long TrainCount { get; init; }

    /// <summary>Values of the hold-out split.</summary>
    public required long TestCount { get; init; }

    /// <summary>Categories on either side.</summary>
    public required int Categories { get; init; }

    /// <summary>Chi-square and total variation.</summary>
    public required CountComparison Counts { get; init; }

    /// <summary>Share of the most frequent category over both splits.</summary>
    public required double LargestShare { get; init; }

    /// <summary>The categories whose shares differ most, at most 5.</summary>
    public required IReadOnlyList<CategoryChange> Changes { get; init; }

    /// <summary>The most frequent category of the hold-out split that the training split lacks; null where there is none.</summary>
    public NewCategory? New { get; init; }
}

/// <summary>One category in two splits.</summary>
/// <param name="Text">How the user writes it; null where not kept.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record CategoryChange(string? Text, ShareComparison Rows);

/// <summary>Categories of the hold-out split that the training split lacks.</summary>
/// <param name="Text">The most frequent one; null where its text was not kept.</param>
/// <param name="Count">How often it stands in the hold-out split.</param>
/// <param name="Of">Of so many values there.</param>
/// <param name="Others">How many further unseen categories there are.</param>
/// <param name="PValue">Exact probability that all its rows fell into the hold-out split by chance, times the categories at least as frequent.</param>
internal sealed record NewCategory(string? Text, long Count, long Of, int Others, double PValue)
{
    /// <summary>Share of the hold-out values.</summary>
    public double Share => Of == 0 ? 0 : (double)Count / Of;
}
