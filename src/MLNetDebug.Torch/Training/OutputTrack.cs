namespace MLNetDebug.Torch.Training;

/// <summary>What the network returned at the sampled steps: the tensor that its root module gives, read as rows.</summary>
public sealed record OutputTrack
{
    /// <summary>Sampled steps so far.</summary>
    public long Samples { get; init; }

    /// <summary>Rows at the last sampled step.</summary>
    public long Rows { get; init; }

    /// <summary>Numbers per row.</summary>
    public long Width { get; init; }

    /// <summary>The smallest.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>The largest.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>Standard deviation over all.</summary>
    public double StandardDeviation { get; init; } = double.NaN;

    /// <summary>The largest standard deviation of one column over the rows, divided by the largest absolute number: 0 where every row got the same answer.</summary>
    public double RowSpread { get; init; } = double.NaN;

    /// <summary>How many of the last sampled steps in a row had a <see cref="RowSpread"/> of at most 0.000001 on at least 8 rows.</summary>
    public int AlikeSamples { get; init; }

    /// <summary>Median over rows of the largest number minus the second largest; NaN for a width of 1.</summary>
    public double MedianMargin { get; init; } = double.NaN;

    /// <summary>True where every number is in [0, 1] and every row sums to 1 within 0.001.</summary>
    public bool IsProbabilities { get; init; }

    /// <summary>True where every number is in [0, 1].</summary>
    public bool IsInUnitInterval { get; init; }

    /// <summary>True where every number is in [-1, 1].</summary>
    public bool IsInTanhInterval { get; init; }

    /// <summary>Share of exact zeros.</summary>
    public double ZeroShare { get; init; } = double.NaN;

    /// <summary>Share of rows whose largest number stands at their class, at each of the last <see cref="TrainingWindow.Samples"/> sampled steps, oldest first; empty without class indices.</summary>
    public IReadOnlyList<double> Accuracies { get; init; } = [];

    /// <summary>Share of rows whose cross-entropy would be exactly 0 in this precision, at the last sampled step; NaN without class indices.</summary>
    public double ZeroLossShare { get; init; } = double.NaN;
}
