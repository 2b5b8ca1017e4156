namespace MLNetDebug.Torch.Training;

/// <summary>One step, as the history keeps it.</summary>
public sealed record StepRecord
{
    /// <summary>Zero-based, over the whole run.</summary>
    public required long Step { get; init; }

    /// <summary>Zero-based.</summary>
    public int Epoch { get; init; }

    /// <summary>The loss; NaN or infinite where it was.</summary>
    public required double Loss { get; init; }

    /// <summary>The terms of the loss by name, where there are several; empty otherwise.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Terms { get; init; } = [];

    /// <summary>The norm over all gradients, before any clipping; NaN where there was none.</summary>
    public double GradientNorm { get; init; } = double.NaN;

    /// <summary>The first optimizer's learning rate at this step, a guard's factor included.</summary>
    public double LearningRate { get; init; } = double.NaN;

    /// <summary>False where the step was not taken.</summary>
    public bool IsTaken { get; init; } = true;

    /// <summary>Each parameter, at sampled steps; empty at others.</summary>
    public IReadOnlyList<ParameterSample> Parameters { get; init; } = [];
}

/// <summary>One parameter at one sampled step.</summary>
/// <param name="Name">Its dotted name.</param>
/// <param name="GradientNorm">The norm of its gradient.</param>
/// <param name="Norm">Its norm.</param>
/// <param name="UpdateRatio">Norm of the update over norm of the parameter; NaN where it is not known.</param>
public readonly record struct ParameterSample(string Name, double GradientNorm, double Norm, double UpdateRatio)
{
    /// <summary>Its elements in 64 bins of equal width; null where no histogram was asked for.</summary>
    public ParameterHistogram? Histogram { get; init; }
}

/// <summary>How the elements of a parameter are distributed.</summary>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Counts">Elements in each of equally wide bins from <paramref name="Min"/> to <paramref name="Max"/>.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
public sealed record ParameterHistogram(double Min, double Max, IReadOnlyList<long> Counts, double Sum, double SumOfSquares);
