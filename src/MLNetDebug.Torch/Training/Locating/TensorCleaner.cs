using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>Changes tensors of the user's in place for the length of a replay, such as to see whether the loss is finite without their bad numbers; <see cref="Dispose"/> puts them back to the bit.</summary>
internal sealed class TensorCleaner : IDisposable
{
    private readonly List<(Tensor Tensor, Tensor Before)> _changed = [];

    /// <summary>True where all could be changed: stretched and compressed tensors cannot.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Replaces what is not finite by the mean of what is.</summary>
    public static TensorCleaner Of(IEnumerable<Tensor> tensors)
    {
        var cleaner = new TensorCleaner();
        foreach (var tensor in tensors)
            cleaner.Change(tensor, NonFiniteCount.Cleaned);
        return cleaner;
    }

    public static TensorCleaner By(Tensor tensor, Func<Tensor, Tensor> change)
    {
        var cleaner = new TensorCleaner();
        cleaner.Change(tensor, change);
        return cleaner;
    }

    public void Dispose()
    {
        using var none = torch.no_grad();
        // Two of them may share memory: the last that was changed is put back first.
        foreach (var (tensor, before) in Enumerable.Reverse(_changed))
        {
            using var target = tensor.detach();
            target.copy_(before);
            before.Dispose();
        }

        _changed.Clear();
    }

    private void Change(Tensor tensor, Func<Tensor, Tensor> change)
    {
        using var none = torch.no_grad();
        using var scope = NewDisposeScope();
        try
        {
            // Shares the memory, and has no graph that could mind.
            var target = tensor.detach();
            var changed = change(target);
            var before = target.clone();
            target.copy_(changed);
            _changed.Add((tensor, before.DetachFromDisposeScope()));
        }
        catch (ExternalException)
        {
            IsComplete = false;
        }
    }
}
