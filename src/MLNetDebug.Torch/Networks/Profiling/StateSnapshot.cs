using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// What a forward pass may change, and how it was before: the random state of the CPU, the buffers of all modules and their modes. <see cref="Dispose"/> puts it back, to the bit. What a network
/// keeps in fields of its own, and the random state of a GPU, which TorchSharp does not show, cannot be put back.
/// </summary>
internal sealed class StateSnapshot : IDisposable
{
    private readonly Tensor _random;
    private readonly IReadOnlyList<(string Name, Tensor Buffer, Tensor Before)> _buffers;
    private readonly IReadOnlyList<(nn.Module Module, bool Training)> _modes;

    public StateSnapshot(nn.Module model)
    {
        _random = RandomState.Get().DetachFromDisposeScope();
        _buffers = [.. model.named_buffers().Where(b => b.buffer is { IsInvalid: false }).DistinctBy(b => b.buffer.Handle).Select(b => (b.name, b.buffer, TensorCopy.Of(b.buffer)))];
        // Parents first, also those of a module with two: setting the mode of a module sets that of its children too.
        _modes = [.. model.named_modules().Select(m => m.module).Prepend(model).Distinct<nn.Module>(ReferenceEqualityComparer.Instance).OrderByDescending(m => m.modules().Count()).Select(m => (m, m.training))];
    }

    /// <summary>Names of the buffers that hold other numbers than before.</summary>
    public IReadOnlySet<string> Changed() =>
        _buffers.Where(b => !b.Buffer.IsInvalid && !Same(b.Buffer, b.Before)).Select(b => b.Name).ToHashSet();

    /// <summary>A buffer as it was before; null where there is none of that name.</summary>
    public Tensor? Before(string name) => _buffers.FirstOrDefault(b => b.Name == name).Before;

    /// <summary>The mode a module was in.</summary>
    public bool WasTraining(nn.Module module) => _modes.First(m => ReferenceEquals(m.Module, module)).Training;

    /// <summary>Puts everything back; may be called more than once.</summary>
    public void Restore()
    {
        RandomState.Set(_random);
        using (torch.no_grad())
        {
            foreach (var (_, buffer, before) in _buffers)
            {
                if (!buffer.IsInvalid && !Same(buffer, before))
                    buffer.copy_(before);
            }
        }

        if (_modes.All(m => m.Module.training == m.Training))
            return;
        foreach (var (module, training) in _modes)
            module.train(training);
    }

    public void Dispose()
    {
        Restore();
        _random.Dispose();
        foreach (var (_, _, before) in _buffers)
            before.Dispose();
    }

    // Compared by bits: a NaN equals itself.
    private static bool Same(Tensor one, Tensor other)
    {
        if (one is { device_type: DeviceType.CPU, is_sparse: false } && one.is_contiguous() && other.is_contiguous() && one.numel() * one.element_size() <= int.MaxValue)
            return one.bytes.SequenceEqual(other.bytes);
        using var scope = NewDisposeScope();
        if (one.numel() * one.element_size() > int.MaxValue)
            return one.equal(other).item<bool>();
        return Dense(one).bytes.SequenceEqual(Dense(other).bytes);
    }

    private static Tensor Dense(Tensor tensor) => (tensor.is_sparse ? tensor.to_dense() : tensor).cpu().contiguous();
}
