namespace MLNetDebug.Guards;

/// <summary>What was seen of training at one moment. Members are null where the trainer does not show them.</summary>
/// <param name="Elapsed">Wall time since training began.</param>
public sealed record FitSignal(TimeSpan Elapsed)
{
    /// <summary>Zero-based epoch of a network.</summary>
    public int? Epoch { get; init; }

    /// <summary>Zero-based step of a network, counted over all epochs.</summary>
    public long? Step { get; init; }

    /// <summary>Iterations or trees that are done.</summary>
    public double? Iteration { get; init; }

    /// <summary>The loss as the trainer counts it: the mean over a batch's rows for networks.</summary>
    public double? Loss { get; init; }

    /// <summary>Euclidean norm of all gradients of the step, after the trainer's own clipping.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>Euclidean norm of all parameters after the step.</summary>
    public double? ParameterNorm { get; init; }

    /// <summary>The learning rate of the step.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Parameter and gradient tensors that hold NaN or an infinite value.</summary>
    public int? NonFiniteTensors { get; init; }

    /// <summary>The first of them, by its name in the model.</summary>
    public string? FirstNonFinite { get; init; }

    /// <summary>Everything else the trainer reports, by its own names.</summary>
    public IReadOnlyList<NamedValue> Metrics { get; init; } = [];
}
