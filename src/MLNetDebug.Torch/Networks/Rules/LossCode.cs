namespace MLNetDebug.Torch.Networks;

/// <summary>What messages and advice on losses read from steps and shapes.</summary>
internal static class LossCode
{
    /// <summary>The dimension a softmax runs over, counted from the front; null where it is not known.</summary>
    public static int? Dimension(FlowStep step, int rank) => step.Operation is { } operation ? operation.Dimension
        : step.Module?.Settings.TryGetValue("dim", out var dim) == true ? (int)dim + (dim < 0 ? rank : 0) : null;

    /// <summary>The line that brings a target to the output's shape; null where no line is sure to.</summary>
    public static string? Reshape(TensorFacts input, TensorFacts target) =>
        input.Count != target.Count ? null
        : target.Rank == input.Rank - 1 && input.Shape[^1] == 1 ? "target = target.unsqueeze(-1);"
        : input.Rank == target.Rank - 1 && target.Shape[^1] == 1 ? "target = target.squeeze(-1);"
        : $"target = target.reshape({string.Join(", ", input.Shape)});";
}
