using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Leaves of the graph, parameters above all, and their gradients as they were; <see cref="Dispose"/> puts them back to the bit.</summary>
internal sealed class LeafSnapshot : IDisposable
{
    private readonly (Tensor Leaf, Tensor Before, Tensor? Gradient)[] _all;

    public LeafSnapshot(IReadOnlyList<Tensor> leaves)
    {
        _all = [.. leaves.Select(p => (p, TensorCopy.Of(p), p.grad?.DetachFromDisposeScope()))];
        // A backward pass adds to the gradient that is there, in place.
        foreach (var leaf in leaves)
            leaf.grad = null;
    }

    /// <summary>How far the element that moved most has come.</summary>
    public double Moved(Tensor parameter)
    {
        using var none = torch.no_grad();
        var before = _all.First(p => p.Leaf.Handle == parameter.Handle || (TensorAddress.Of(parameter) is var address && address != 0 && TensorAddress.Of(p.Leaf) == address)).Before;
        using var difference = parameter - before;
        var facts = TensorReader.Facts(difference);
        return Math.Max(Math.Abs(facts.Min), Math.Abs(facts.Max));
    }

    public void Dispose()
    {
        using var none = torch.no_grad();
        foreach (var (leaf, before, gradient) in _all)
        {
            leaf.copy_(before);
            // The very tensor that was there: an optimizer or a loop may hold it.
            leaf.grad = gradient;
            before.Dispose();
            gradient?.Dispose();
        }
    }
}
