namespace MLNetDebug.Torch.Networks;

/// <summary>Shape, type and statistics of a tensor. Statistics are over all finite elements, and NaN where there are none or the type is complex.</summary>
public sealed record TensorFacts
{
    /// <summary>The sizes of its dimensions.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Its element type by TorchSharp's name, such as <c>Float32</c>.</summary>
    public string DType { get; init; } = "Float32";

    /// <summary>True for floating point types.</summary>
    public bool IsFloatingPoint { get; init; } = true;

    /// <summary>Number of elements.</summary>
    public long Count { get; init; }

    /// <summary>Elements that are NaN or infinite.</summary>
    public long NonFinite { get; init; }

    /// <summary>The smallest element.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>The largest element.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>The mean.</summary>
    public double Mean { get; init; } = double.NaN;

    /// <summary>The standard deviation (of the population: divided by n).</summary>
    public double StandardDeviation { get; init; } = double.NaN;

    /// <summary>Share of elements that are exactly 0, in [0, 1].</summary>
    public double ZeroShare { get; init; } = double.NaN;

    /// <summary>Root mean square.</summary>
    public double RootMeanSquare => Math.Sqrt(Mean * Mean + StandardDeviation * StandardDeviation);

    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Count;

    /// <summary>The shape as <c>[32, 10]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
