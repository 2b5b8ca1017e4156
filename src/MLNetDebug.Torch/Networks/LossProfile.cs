namespace MLNetDebug.Torch.Networks;

/// <summary>Which loss it is.</summary>
public enum LossKind
{
    /// <summary>Not known: a function of the user's own that no known loss explains.</summary>
    Unknown = 0,

    /// <summary>Cross-entropy of logits (softmax inside).</summary>
    CrossEntropy = 1,

    /// <summary>Negative log-likelihood of log-probabilities.</summary>
    NegativeLogLikelihood = 2,

    /// <summary>Binary cross-entropy of probabilities.</summary>
    BinaryCrossEntropy = 3,

    /// <summary>Binary cross-entropy of logits (sigmoid inside).</summary>
    BinaryCrossEntropyWithLogits = 4,

    /// <summary>Mean squared error.</summary>
    MeanSquaredError = 5,

    /// <summary>Mean absolute error.</summary>
    AbsoluteError = 6,

    /// <summary>Smooth L1 or Huber.</summary>
    Huber = 7,

    /// <summary>Kullback-Leibler divergence of log-probabilities from a target.</summary>
    KullbackLeibler = 8,

    /// <summary>Another of TorchSharp's losses.</summary>
    Other = 9,
}

/// <summary>How a loss makes one number of many.</summary>
public enum LossReduction
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>The mean.</summary>
    Mean = 1,

    /// <summary>The sum.</summary>
    Sum = 2,

    /// <summary>None: one loss per element.</summary>
    None = 3,
}

/// <summary>A loss and what it was fed in one call.</summary>
public sealed record LossProfile
{
    /// <summary>Which loss it is.</summary>
    public LossKind Kind { get; init; }

    /// <summary>Its name: the module's type (<c>CrossEntropyLoss</c>), or the function's (<c>functional.cross_entropy</c>); <c>loss</c> where it is not known.</summary>
    public string Name { get; init; } = "loss";

    /// <summary>True where it is a module; false where it is a function, whose kind was found by comparing numbers.</summary>
    public bool IsModule { get; init; }

    /// <summary>How it reduces.</summary>
    public LossReduction Reduction { get; init; }

    /// <summary>For a Kullback-Leibler divergence: whether its target is taken as log-probabilities; null where it is not known.</summary>
    public bool? LogTarget { get; init; }

    /// <summary>Label smoothing, where it has any.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>True where it weighs classes.</summary>
    public bool HasClassWeights { get; init; }

    /// <summary>What it gave, averaged where it does not reduce; NaN where it threw.</summary>
    public double Value { get; init; } = double.NaN;

    /// <summary>What it threw, in one line; null where it threw nothing.</summary>
    public string? Error { get; init; }

    /// <summary>What it was fed.</summary>
    public required TensorFacts Input { get; init; }

    /// <summary>Its target.</summary>
    public required TensorFacts Target { get; init; }

    /// <summary>The id of its input among <see cref="NetworkProfile.Values"/>; null where it was called without a network (DiagnosedLoss).</summary>
    public int? InputValue { get; init; }

    /// <summary>The input read as rows over classes.</summary>
    public DistributionFacts? InputRows { get; init; }

    /// <summary>The target read as rows over classes; null where it holds class indices.</summary>
    public DistributionFacts? TargetRows { get; init; }

    /// <summary>
    /// The target's 0th to 100th percentile, over at most some thousand elements; empty where it holds class indices or nothing finite.
    /// </summary>
    public IReadOnlyList<double> TargetPercentiles { get; init; } = [];

    /// <summary>Classes, where the target holds class indices: the size of the input's class dimension; 0 otherwise.</summary>
    public long Classes { get; init; }

    /// <summary>
    /// The loss of the best constant answer on this batch, by the loss's own kind: for cross-entropies the entropy of the batch's labels, for squared errors the target's variance;
    /// NaN where it is not known. A mean over rows (or elements), whatever the reduction.
    /// </summary>
    public double ConstantLoss { get; init; } = double.NaN;

    /// <summary>The mean loss over rows (or elements): <see cref="Value"/> with the reduction taken out; NaN where it is not known.</summary>
    public double MeanLoss { get; init; } = double.NaN;

    /// <summary>For cross-entropies of logits: the share of rows whose loss is exactly 0 in this precision; NaN where it is not known.</summary>
    public double ZeroLossShare { get; init; } = double.NaN;

    /// <summary>For cross-entropies of logits: the median over rows of the largest logit minus the second largest; NaN where it is not known.</summary>
    public double MedianMargin { get; init; } = double.NaN;

    /// <summary>Zero-based call of a loss that is watched while training (DiagnosedLoss); 0 before training.</summary>
    public long Call { get; init; }
}

/// <summary>
/// A tensor read as rows of a distribution over classes: along dimension 1, or 0 where it has but one. A divergence of three dimensions and more has no dimension of its own for them: it is
/// read along the one whose rows are nearest to a distribution.
/// </summary>
public sealed record DistributionFacts
{
    /// <summary>The dimension of the classes.</summary>
    public int Dimension { get; init; }

    /// <summary>Classes.</summary>
    public long Classes { get; init; }

    /// <summary>Rows: all elements divided by classes.</summary>
    public long Rows { get; init; }

    /// <summary>The largest distance of a row's sum from 1; rows of a target that hold nothing but 0 are padding and do not count.</summary>
    public double MaxSumError { get; init; } = double.NaN;

    /// <summary>The largest absolute value of a row's log-sum-exp: 0 for log-probabilities.</summary>
    public double MaxLogSumExp { get; init; } = double.NaN;

    /// <summary>The smallest element.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>The largest element.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>Share of elements that are exactly 0.</summary>
    public double ZeroShare { get; init; } = double.NaN;

    /// <summary>Share of elements beyond 0.99 in absolute value.</summary>
    public double EdgeShare { get; init; } = double.NaN;

    /// <summary>True where every element is in [0, 1] and every row that was read sums to 1 within 0.001.</summary>
    public bool IsProbabilities => Min >= 0 && Max <= 1 + 1e-6 && MaxSumError <= 1e-3;

    /// <summary>True where no element is above 0 (0.000001 for rounding) and every row's log-sum-exp is 0 within 0.001.</summary>
    public bool IsLogProbabilities => Max <= 1e-6 && MaxLogSumExp <= 1e-3;
}
