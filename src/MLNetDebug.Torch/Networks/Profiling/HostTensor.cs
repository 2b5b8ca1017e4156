using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>The first rows of a tensor in this process's memory: its own memory where it lies there in order and in the wanted type, else a copy.</summary>
internal sealed class HostTensor : IDisposable
{
    private readonly Tensor _tensor;
    private readonly bool _isOwn;

    private HostTensor(Tensor tensor, bool isOwn) => (_tensor, _isOwn, Shape) = (tensor, isOwn, tensor.shape);

    public long[] Shape { get; private init; }

    public ReadOnlySpan<float> Floats => MemoryMarshal.Cast<byte, float>(_tensor.bytes);

    public ReadOnlySpan<long> Longs => MemoryMarshal.Cast<byte, long>(_tensor.bytes);

    /// <summary>At most <paramref name="limit"/> elements in whole rows along the first dimension; one row at least.</summary>
    public static HostTensor First(Tensor t, ScalarType type, long limit)
    {
        if (t.dtype == type && TensorReader.LiesInMemory(t) && t.NumberOfElements <= limit)
            return new(t, isOwn: false);
        using var detached = t.detach();
        var rows = t.Dimensions == 0 || t.NumberOfElements == 0 ? 0 : Math.Max(1, limit / (t.NumberOfElements / t.shape[0]));
        using var first = rows > 0 && rows < t.shape[0] ? detached.narrow(0, 0, rows) : detached.alias();
        using var dense = first.is_sparse ? first.to_dense() : first.alias();
        using var host = dense.to(type, CPU);
        return new(host.contiguous(), isOwn: true);
    }

    /// <summary>The same memory, its dimensions from one on taken for one; it lives as long as this.</summary>
    public HostTensor Joined(int from) => new(_tensor, isOwn: false) { Shape = [.. Shape[..from], Shape[from..].Aggregate(1L, static (n, s) => n * s)] };

    public void Dispose()
    {
        if (_isOwn)
            _tensor.Dispose();
    }
}
