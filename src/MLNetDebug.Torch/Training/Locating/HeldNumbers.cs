using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>A parameter, a buffer or a part of the batch with numbers that are not finite.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tensor">The tensor.</param>
/// <param name="Count">What is not finite in it.</param>
internal sealed record HeldNumbers(string Name, Tensor Tensor, NonFiniteCount Count)
{
    /// <summary>Those parts of the batch.</summary>
    public static IReadOnlyList<HeldNumbers> InBatch(StepReplay step) => Bad(step.Batch);

    /// <summary>Those parameters and buffers of a network, parameters first.</summary>
    public static IReadOnlyList<HeldNumbers> InNetwork(StepReplay step) =>
        [.. Bad(step.Parameters.Select(p => (p.Name, (Tensor)p.Parameter))), .. Bad(step.Model.named_buffers().Select(b => (b.name, b.buffer)))];

    /// <summary>True where a module of this path, or one within it, holds it.</summary>
    public bool IsWithin(string path) => path.Length == 0 || Name.StartsWith(path + ".", StringComparison.Ordinal);

    private static HeldNumbers[] Bad(IEnumerable<(string Name, Tensor Tensor)> tensors) =>
        [.. tensors.Where(t => t.Tensor is { IsInvalid: false }).Select(t => new HeldNumbers(t.Name, t.Tensor, NonFiniteCount.Of(t.Tensor))).Where(h => h.Count.IsBad)];
}
