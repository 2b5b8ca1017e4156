using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>Takes the gradients off some leaves and puts the very same tensors back in the end: an optimizer or a loop may hold them.</summary>
internal sealed class GradientKeeper : IDisposable
{
    private readonly (Tensor Leaf, Tensor? Gradient)[] _all;

    public GradientKeeper(IEnumerable<Tensor> leaves)
    {
        _all = [.. leaves.Where(l => l is { IsInvalid: false, requires_grad: true, is_leaf: true }).DistinctBy(l => l.Handle).Select(l => (l, l.grad?.DetachFromDisposeScope()))];
        Clear();
    }

    /// <summary>Frees what a backward pass of a replay has left.</summary>
    public void Clear()
    {
        foreach (var (leaf, _) in _all)
            leaf.grad = null;
    }

    public void Dispose()
    {
        foreach (var (leaf, gradient) in _all)
        {
            leaf.grad = gradient;
            gradient?.Dispose();
        }
    }
}
