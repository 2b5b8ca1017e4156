namespace MLNetDebug.Data;

/// <summary>What differs between two splits of one data set, as numbers. Immutable.</summary>
internal sealed record SplitComparison
{
    /// <summary>What the training split is called in messages.</summary>
    public required string TrainName { get; init; }

    /// <summary>What the hold-out split is called in messages.</summary>
    public required string TestName { get; init; }

    /// <summary>Rows of the training split.</summary>
    public required long TrainRows { get; init; }

    /// <summary>Rows of the hold-out split.</summary>
    public required long TestRows { get; init; }

    /// <summary>What the columns are for.</summary>
    public required DataDeclaration Declaration { get; init; }

    /// <summary>The feature slots that were compared, constant ones left out.</summary>
    public IReadOnlyList<ColumnComparison> Columns { get; init; } = [];

    /// <summary>What could not be compared, and why.</summary>
    public IReadOnlyList<NotChecked> NotCompared { get; init; } = [];

    /// <summary>The label; null where one side has none.</summary>
    public LabelComparison? Label { get; init; }

    /// <summary>Rank correlations between columns; null with fewer than two columns that vary, or too few rows.</summary>
    public CorrelationComparison? Correlations { get; init; }

    /// <summary>Rows that stand on both sides; null without fingerprints.</summary>
    public RowLeakage? Leakage { get; init; }

    /// <summary>Groups that stand on both sides; null without a declared group column.</summary>
    public GroupOverlap? Groups { get; init; }

    /// <summary>How the two splits lie in time; null without a declared time column.</summary>
    public TimeOverlap? Time { get; init; }
}

/// <summary>One feature slot in two splits.</summary>
/// <param name="Subject">The slot.</param>
/// <param name="Kind">Its kind.</param>
internal sealed record ColumnComparison(Subject Subject, ColumnKind Kind)
{
    /// <summary>Missing values, over all rows.</summary>
    public required ShareComparison Missing { get; init; }

    /// <summary>Numbers: the distributions; null for categories, and where one side has no value.</summary>
    public NumericShift? Numeric { get; init; }

    /// <summary>Categories: the counts; null for numbers, and where one side has no value.</summary>
    public CategoryShift? Categories { get; init; }
}

/// <summary>How often something stands on either side.</summary>
/// <param name="Train">Rows that have it in the training split.</param>
/// <param name="TrainRows">Rows looked at there.</param>
/// <param name="Test">Rows that have it in the hold-out split.</param>
/// <param name="TestRows">Rows looked at there.</param>
internal readonly record struct ShareComparison(long Train, long TrainRows, long Test, long TestRows)
{
    /// <summary>Share in the training split; 0 for no rows.</summary>
    public double TrainShare => TrainRows == 0 ? 0 : (double)Train / TrainRows;

    /// <summary>Share in the hold-out split; 0 for no rows.</summary>
    public double TestShare => TestRows == 0 ? 0 : (double)Test / TestRows;

    /// <summary>Absolute difference of the shares.</summary>
    public double Difference => Math.Abs(TestShare - TrainShare);

    /// <summary>Exact two-sided p-value (Fisher).</summary>
    public double PValue => RandomSplit.SharesDiffer(Train, TrainRows, Test, TestRows);
}

/// <summary>The distributions of one numeric slot in two splits, over sampled finite values.</summary>
internal sealed record NumericShift
{
    /// <summary>Sampled finite values of the training split.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Sampled finite values of the hold-out split.</summary>
    public required int TestCount { get; init; }

    /// <summary>Kolmogorov-Smirnov distance, in [0, 1].</summary>
    public required double Distance { get; init; }

    /// <summary>Its p-value.</summary>
    public required double DistancePValue { get; init; }

    /// <summary>
    /// p-value of the shift: three times the smallest of that, of the rank sum and of the ranks' distances from the middle, which see a moved
    /// mean and a changed spread in fewer rows; for slots of two values that of the exact test of shares.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>Wasserstein distance in standard deviations of the training split; NaN where that is 0.</summary>
    public required double Wasserstein { get; init; }

    /// <summary>Means and standard deviations over all rows.</summary>
    public required double TrainMean { get; init; }

    /// <summary>Mean of the hold-out split over all rows.</summary>
    public required double TestMean { get; init; }

    /// <summary>Standard deviation of the training split over all rows.</summary>
    public required double TrainDeviation { get; init; }

    /// <summary>Standard deviation of the hold-out split over all rows.</summary>
    public required double TestDeviation { get; init; }

    /// <summary>Hold-out values below the least training value.</summary>
    public required TailRun Below { get; init; }

    /// <summary>Hold-out values above the greatest training value.</summary>
    public required TailRun Above { get; init; }

    /// <summary>The most frequent hold-out value that the training split lacks.</summary>
    public required NewValue New { get; init; }

    /// <summary>Difference of the means in standard deviations of the training split; NaN where that is 0.</summary>
    public double MeanShift => (TestMean - TrainMean) / (TrainDeviation > 0 ? TrainDeviation : double.NaN);
}

/// <summary>Hold-out values beyond the range of the training split.</summary>
/// <param name="Count">So many.</param>
/// <param name="Of">Of so many hold-out values.</param>
/// <param name="Limit">The training split's own extreme.</param>
/// <param name="PValue">Exact probability that the outermost so many of all values would all be hold-out values by chance.</param>
internal readonly record struct TailRun(long Count, long Of, double Limit, double PValue)
{
    /// <summary>Share of the hold-out values; 0 for none.</summary>
    public double Share => Of == 0 ? 0 : (double)Count / Of;
}

/// <summary>A value of the hold-out split that the training split lacks, such as a default that was filled in.</summary>
/// <param name="Value">The value; NaN where there is none.</param>
/// <param name="Count">How often it stands there.</param>
/// <param name="Of">Of so many hold-out values.</param>
/// <param name="PValue">Exact probability that all its rows fell into the hold-out split by chance, times the values at least as frequent.</param>
internal readonly record struct NewValue(double Value, long Count, long Of, double PValue)
{
    /// <summary>Share of the hold-out values; 0 for none.</summary>
    public double Share => Of == 0 ? 0 : (double)Count / Of;
}

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

/// <summary>The label in two splits.</summary>
/// <param name="Name">The label column.</param>
internal sealed record LabelComparison(string Name)
{
    /// <summary>Classes; null for a continuous label.</summary>
    public CategoryShift? Classes { get; init; }

    /// <summary>Values; null for classes.</summary>
    public NumericShift? Values { get; init; }
}

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

/// <summary>Rows whose features stand on both sides.</summary>
internal sealed record RowLeakage
{
    /// <summary>True where every row was compared; false where a sample of the fingerprints stands for them.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Training rows compared.</summary>
    public required long TrainRows { get; init; }

    /// <summary>Hold-out rows compared.</summary>
    public required long TestRows { get; init; }

    /// <summary>Compared hold-out rows whose features equal those of a training row.</summary>
    public required long Copies { get; init; }

    /// <summary>Those of them that carry the label of such a row.</summary>
    public required long AgreeingCopies { get; init; }

    /// <summary>Hold-out rows expected to coincide with a training row by the duplicates within the training rows alone.</summary>
    public required double ExpectedCopies { get; init; }

    /// <summary>Groups of equal rows that stand on both sides.</summary>
    public required long MixedGroups { get; init; }

    /// <summary>Groups of at least two equal rows.</summary>
    public required long Groups { get; init; }

    /// <summary>Bound on the probability of so many mixed groups where the same rows are split at random.</summary>
    public required double PValue { get; init; }

    /// <summary>Hold-out rows that equal a training row in features and in the source's row id, features being unique on either side.</summary>
    public required long SameSourceRows { get; init; }

    /// <summary>Probability of so many by chance, where row ids of two unrelated sources are both positions.</summary>
    public required double SameSourcePValue { get; init; }

    /// <summary>Zero-based positions of the copies in the hold-out split, ascending; all of them where exact.</summary>
    public required IReadOnlyList<long> CopyRows { get; init; }

    /// <summary>Zero-based positions in the hold-out split of the rows behind <see cref="SameSourceRows"/>.</summary>
    public required IReadOnlyList<long> SameSourceCopyRows { get; init; }
}

/// <summary>Groups that stand on both sides.</summary>
/// <param name="Name">The group column.</param>
/// <param name="TrainGroups">Distinct groups in the training split.</param>
/// <param name="TestGroups">Distinct groups in the hold-out split.</param>
/// <param name="SharedGroups">Distinct groups on both sides.</param>
/// <param name="SharedRows">Hold-out rows of such a group.</param>
/// <param name="TestRows">Hold-out rows that have a group.</param>
/// <param name="IsExact">False where the figures stand on sampled rows: shared ones are then a lower bound.</param>
internal sealed record GroupOverlap(
    string Name, int TrainGroups, int TestGroups, int SharedGroups, long SharedRows, long TestRows, bool IsExact)
{
    /// <summary>Share of the hold-out rows.</summary>
    public double Share => TestRows == 0 ? 0 : (double)SharedRows / TestRows;
}

/// <summary>How two splits lie in time.</summary>
/// <param name="Name">The time column.</param>
/// <param name="Within">Sampled hold-out rows no later than the latest training row.</param>
/// <param name="TestRows">Sampled hold-out rows that have a time.</param>
internal sealed record TimeOverlap(string Name, long Within, long TestRows)
{
    /// <summary>Share of the hold-out rows.</summary>
    public double Share => TestRows == 0 ? 0 : (double)Within / TestRows;
}
