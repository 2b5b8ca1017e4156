namespace MLNetDebug.Data;

/// <summary>How well labels and features go together, measured by models that never saw the label they are held against.</summary>
public sealed record LabelModel
{
    /// <summary>The label column.</summary>
    public required string Label { get; init; }

    /// <summary>What is to be learned.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>Rows of the data set.</summary>
    public required long RowCount { get; init; }

    /// <summary>Rows the agreement of labels and features was measured on: a seeded sample of the labelled ones.</summary>
    public required int Rows { get; init; }

    /// <summary>Classes among those rows; 0 for a real-valued target.</summary>
    public required int ClassCount { get; init; }

    /// <summary>Numeric columns the features were turned into.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>What was left out or folded together on the way, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Agreement of each row's label with its own features.</summary>
    public required LabelAgreement Agreement { get; init; }

    /// <summary>Agreement of the features with the label that stands k rows further on, k = -8..8 without 0; empty where not measured.</summary>
    public IReadOnlyList<OffsetAgreement> Offsets { get; init; } = [];

    /// <summary>Why <see cref="Offsets"/> is empty; null where it is not.</summary>
    public string? OffsetsNotMeasured { get; init; }

    /// <summary>What the order of the labels over all rows says; null where unknown.</summary>
    public LabelOrder? Order { get; init; }

    /// <summary>True where the user said that the order of the rows is meant.</summary>
    public bool ExpectOrdered { get; init; }

    /// <summary>Rows whose label looks wrong; null where it was not estimated.</summary>
    public LabelErrorEstimate? Errors { get; init; }

    /// <summary>Why <see cref="Errors"/> is null; null where it is not.</summary>
    public string? ErrorsNotEstimated { get; init; }
}

/// <summary>One statistic of agreement with its exact mean and standard deviation under random permutation of the labels.</summary>
/// <param name="Value">The statistic.</param>
/// <param name="Expected">Its mean over all permutations of the labels.</param>
/// <param name="Deviation">Its standard deviation over all permutations.</param>
public sealed record PermutationStatistic(double Value, double Expected, double Deviation)
{
    /// <summary>Standard deviations above the permutations' mean; 0 where they do not vary.</summary>
    public double Z => Deviation > 0 ? (Value - Expected) / Deviation : 0;

    /// <summary>What the labels add to chance.</summary>
    public double Excess => Value - Expected;

    /// <summary>
    /// Degrees of freedom of the chi-square whose skewness the permutations share; infinite where they are near normal. A quadratic form in few
    /// directions has a long upper tail, which a normal p-value would take for evidence.
    /// </summary>
    public double DegreesOfFreedom { get; init; } = double.PositiveInfinity;

    /// <summary>Share of the permutations that reach the value: upper tail of the matched chi-square, or normal, distribution.</summary>
    public double UpperPValue => Deviation <= 0 ? 1 : MatchedTail.Upper(Z, DegreesOfFreedom);

    /// <summary>How probable a value as low as this one is where labels add <paramref name="excess"/> to chance: small where so much can be ruled out.</summary>
    /// <param name="excess">What is to be ruled out, above 0.</param>
    /// <returns>Lower tail of the matched noncentral chi-square, or normal, distribution.</returns>
    public double BelowPValue(double excess) => Deviation <= 0 ? 1 : MatchedTail.Below(Z, DegreesOfFreedom, excess / Deviation);
}

/// <summary>Two signs that labels have to do with features; each sees what the other misses.</summary>
/// <param name="Neighbours">
/// Classes: share of a row's five nearest neighbours that carry its label. Real targets: mean product of the normal scores of a row and its neighbours.
/// </param>
/// <param name="Linear">
/// Share of the label's variance (classes: mean over the K - 1 contrasts; real targets: of normal scores) that a ridge regression on all features explains, each
/// row's own leverage left out.
/// </param>
public sealed record LabelAgreement(PermutationStatistic Neighbours, PermutationStatistic Linear);

/// <summary>Agreement of the features of row i with the label of row i + Offset.</summary>
/// <param name="Offset">How many rows further on the label stands.</param>
/// <param name="Agreement">The agreement.</param>
public sealed record OffsetAgreement(int Offset, LabelAgreement Agreement);

/// <summary>Rows whose label looks wrong, by confident learning on out-of-fold probabilities.</summary>
public sealed record LabelErrorEstimate
{
    /// <summary>Rows that were looked at.</summary>
    public required int Rows { get; init; }

    /// <summary>False where the time budget left no room for the regression, so that probabilities are those of the neighbours alone.</summary>
    public bool HasLinear { get; init; } = true;

    /// <summary>Suspect rows, most suspect first.</summary>
    public required IReadOnlyList<SuspectLabel> Suspects { get; init; }

    /// <summary>Share of the suspects that are expected to be right after all: the mean of 1 - probability of error; 0 without suspects.</summary>
    public required double FalseDiscoveryRate { get; init; }

    /// <summary>Share of rows whose most probable class, out of fold, is the given one.</summary>
    public required double OutOfFoldAccuracy { get; init; }

    /// <summary>Share of the rows in the most frequent class: what guessing gives.</summary>
    public required double TrivialAccuracy { get; init; }
}

/// <summary>One row whose label looks wrong.</summary>
/// <param name="Row">Its zero-based position.</param>
/// <param name="Given">The class it carries, as the user writes it.</param>
/// <param name="GivenValue">The same as in <see cref="ClassCount.Value"/>.</param>
/// <param name="Suggested">The most probable other class.</param>
/// <param name="SuggestedValue">The same as in <see cref="ClassCount.Value"/>.</param>
/// <param name="Probability">Estimated probability that the given class is wrong, in [0, 1].</param>
public sealed record SuspectLabel(long Row, string Given, double GivenValue, string Suggested, double SuggestedValue, double Probability);
