using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>One trained parameter over the run.</summary>
public sealed record ParameterTrack
{
    /// <summary>Its dotted name, such as <c>encoder.fc1.weight</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The path of the module that owns it; empty for the network itself.</summary>
    public required string Module { get; init; }

    /// <summary>The type of that module.</summary>
    public string ModuleType { get; init; } = "";

    /// <summary>What it is to its module.</summary>
    public ParameterRole Role { get; init; }

    /// <summary>Its sizes.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];

    /// <summary>The position of its module's first call in the first step; null where no call of it was seen.</summary>
    public int? Order { get; init; }

    /// <summary>The norm of its gradient at each of the last <see cref="TrainingWindow.GradientSteps"/> steps at most, oldest first, before any clipping; NaN where there was none or it was not finite.</summary>
    public IReadOnlyList<double> GradientNorms { get; init; } = [];

    /// <summary>Steps at which its gradient was not finite.</summary>
    public long NonFiniteGradients { get; init; }

    /// <summary>Mean of the gradient at the last sampled step; NaN where there was none.</summary>
    public double GradientMean { get; init; } = double.NaN;

    /// <summary>Largest absolute element of the gradient at the last sampled step; NaN where there was none.</summary>
    public double GradientAbsMax { get; init; } = double.NaN;

    /// <summary>Share of the gradient's elements that were exactly 0 at the last sampled step; NaN where there was none.</summary>
    public double GradientZeroShare { get; init; } = double.NaN;

    /// <summary>Norm of the parameter before the first step.</summary>
    public double InitialNorm { get; init; } = double.NaN;

    /// <summary>Norm of the parameter at the last sampled step.</summary>
    public double Norm { get; init; } = double.NaN;

    /// <summary>Mean of the parameter at the last sampled step.</summary>
    public double Mean { get; init; } = double.NaN;

    /// <summary>Largest absolute element of the parameter at the last sampled step.</summary>
    public double AbsMax { get; init; } = double.NaN;

    /// <summary>Share of the parameter's elements that were exactly 0 at the last sampled step.</summary>
    public double ZeroShare { get; init; } = double.NaN;

    /// <summary>
    /// Norm of the update divided by the norm of the parameter before it, over a fixed sample of at most some thousand elements, at each of the last <see cref="TrainingWindow.Samples"/> sampled steps at
    /// most, oldest first. NaN where the parameter was 0 or the step was not taken.
    /// </summary>
    public IReadOnlyList<double> UpdateRatios { get; init; } = [];

    /// <summary>Units (slices along the first dimension) of a weight of two dimensions and more that multiplies; 0 otherwise.</summary>
    public long Units { get; init; }

    /// <summary>Units whose whole gradient was exactly 0 at each of the last <see cref="DeadSamples"/> sampled steps, while the parameter's gradient as a whole was not.</summary>
    public long DeadUnits { get; init; }

    /// <summary>Sampled steps that <see cref="DeadUnits"/> stands on: those at which the gradient was not 0 as a whole.</summary>
    public int DeadSamples { get; init; }

    /// <summary>Its elements.</summary>
    public long Count => Shape.Aggregate(1L, static (n, s) => n * s);

    /// <summary>Root mean square of the parameter at the last sampled step.</summary>
    public double RootMeanSquare => Count > 0 ? Norm / Math.Sqrt(Count) : double.NaN;
}
