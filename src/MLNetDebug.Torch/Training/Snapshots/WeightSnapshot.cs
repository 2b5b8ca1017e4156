using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Snapshots;

/// <summary>A copy of a network's parameters and buffers that is taken again and again into the same memory.</summary>
internal sealed class WeightSnapshot : IDisposable
{
    private const long LargestStatistic = 1 << 16;

    private readonly (Tensor Now, Tensor Copy)[] _all;

    public WeightSnapshot(IEnumerable<Parameter> parameters, IEnumerable<Tensor> buffers)
    {
        _all = [.. parameters.Concat(buffers).Where(t => !t.IsInvalid).DistinctBy(t => t.Handle).Select(t => (t, TensorCopy.Of(t)))];
    }

    /// <summary>
    /// The buffers that a forward pass may change: a pass that gives NaN has put it into running statistics too, and a step that is not taken must leave no trace. Large buffers, which are tables rather
    /// than statistics, are left alone.
    /// </summary>
    public static WeightSnapshot OfStatistics(nn.Module model) => new([], model.buffers().Where(b => b is { IsInvalid: false } && b.NumberOfElements <= LargestStatistic));

    public void Take()
    {
        if (_all.Length == 0)
            return;
        // Some versions of TorchSharp return a new wrapper from an operation in place.
        using var scope = NewDisposeScope();
        using var none = no_grad();
        foreach (var (now, copy) in _all)
        {
            // Statistics are copied at every step: plain memory takes a fraction of what an operation does.
            if (TensorReader.LiesInMemory(now) && TensorReader.LiesInMemory(copy) && now.dtype == copy.dtype && now.NumberOfElements * now.ElementSize <= int.MaxValue)
                now.bytes.CopyTo(copy.bytes);
            else
                copy.copy_(now);
        }
    }

    public void Restore()
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        foreach (var (now, copy) in _all)
        {
            if (!now.IsInvalid)
                now.copy_(copy);
        }
    }

    /// <summary>Goes back so far that only a share of what has changed since stays.</summary>
    public void Keep(double share)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        foreach (var (now, copy) in _all)
        {
            if (!now.IsInvalid)
                now.sub_(copy).mul_(share).add_(copy);
        }
    }

    public void Dispose()
    {
        foreach (var (_, copy) in _all)
            copy.Dispose();
    }
}
