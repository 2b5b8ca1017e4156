namespace MLNetDebug.Predictions;

/// <summary>The scores of every row read.</summary>
public sealed record ScoreSummary
{
    /// <summary>Rows with a score that is NaN or infinite (of a vector: in any slot).</summary>
    public long NonFinite { get; init; }

    /// <summary>First row positions (at most 20) of such a score.</summary>
    public IReadOnlyList<long> NonFiniteRows { get; init; } = [];

    /// <summary>How many of <see cref="NonFinite"/> have a feature that is NaN or infinite itself: the model is not to blame for those.</summary>
    public long NonFiniteFeatures { get; init; }

    /// <summary>Least finite score; NaN where there is none. Over all slots of a vector.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>Greatest finite score; NaN where there is none.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>
    /// Largest spread of one slot's finite scores over the rows (max - min), relative to the largest absolute score; 0 where every row gets the same
    /// answer, NaN where no score is finite.
    /// </summary>
    public double RelativeSpread { get; init; } = double.NaN;

    /// <summary>Distinct predicted answers, counted up to 1,000: classes, or scores rounded to nothing.</summary>
    public int DistinctAnswers { get; init; }
}

/// <summary>The probabilities of every row read.</summary>
public sealed record ProbabilitySummary
{
    /// <summary>True where the schema says that these numbers are probabilities; false where they only stand where probabilities would.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>Rows with a probability below 0, above 1 (beyond 1e-6, for rounding), or not finite.</summary>
    public long OutOfRange { get; init; }

    /// <summary>First row positions (at most 20) of those.</summary>
    public IReadOnlyList<long> OutOfRangeRows { get; init; } = [];

    /// <summary>How many of <see cref="OutOfRange"/> are NaN or infinite.</summary>
    public long NonFinite { get; init; }

    /// <summary>Least finite probability; NaN where there is none.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>Greatest finite probability; NaN where there is none.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>Rows of finite probabilities that do not sum to 1 (beyond 1e-3, for rounding); 0 for a binary model.</summary>
    public long NotSummingToOne { get; init; }

    /// <summary>First row positions (at most 20) of those.</summary>
    public IReadOnlyList<long> NotSummingToOneRows { get; init; } = [];

    /// <summary>The sum farthest from 1; NaN for a binary model.</summary>
    public double WorstSum { get; init; } = double.NaN;

    /// <summary>True where every row's probabilities lie in [0, 1] and sum to 1.</summary>
    public bool IsValid => OutOfRange == 0 && NotSummingToOne == 0;
}

/// <summary>One class among the judged rows.</summary>
/// <param name="Value">The 1-based key, or 0 and 1 for a binary label.</param>
/// <param name="Text">How the user writes it.</param>
/// <param name="Rows">Rows that carry it.</param>
/// <param name="Predicted">Rows for which it was predicted.</param>
/// <param name="Correct">Rows that carry it and for which it was predicted.</param>
public sealed record ClassPredictions(double Value, string Text, long Rows, long Predicted, long Correct);

/// <summary>A model's mean loss held against that of the best constant answer (class priors, mean target), row by row.</summary>
/// <param name="Loss">The loss, such as <c>log-loss</c>, <c>squared error</c> or <c>1 - AUC</c>.</param>
/// <param name="Rows">Rows it stands on.</param>
/// <param name="Model">The model's mean loss.</param>
/// <param name="Constant">The constant answer's mean loss.</param>
public sealed record BaselineComparison(string Loss, long Rows, double Model, double Constant)
{
    /// <summary>Share of the constant answer's loss that the model saves; negative where it is worse.</summary>
    public double Gain => Constant > 0 ? 1 - Model / Constant : double.NaN;

    /// <summary>Lower end of the 99.9 % interval of <see cref="Gain"/>; NaN with fewer than two rows, or of one class.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>Upper end of the 99.9 % interval of <see cref="Gain"/>; NaN as <see cref="Low"/>.</summary>
    public double High { get; init; } = double.NaN;
}

/// <summary>One loss.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its mean over the judged rows.</param>
/// <param name="Rows">Rows it stands on.</param>
/// <param name="CanBeNegative">True for losses that may be negative (a log-likelihood of a density).</param>
public sealed record LossValue(string Name, double Value, long Rows, bool CanBeNegative = false)
{
    /// <summary>Standard deviation over the rows (n - 1); NaN where not known.</summary>
    public double StandardDeviation { get; init; } = double.NaN;
}
