using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>
/// A fixed sample of a tensor's elements, to tell how far a step moved it without a copy of the whole: all of a small tensor, blocks spread evenly over a large one.
/// </summary>
internal sealed class UpdateSample : IDisposable
{
    private const int Block = 256;
    private const int Blocks = 16;
    private const float LeastNorm = 1e-15f;

    private readonly int _count;
    private readonly float[] _before;
    private readonly float[] _now;
    private Tensor? _indices;

    public UpdateSample(long count)
    {
        _count = (int)Math.Min(count, Block * Blocks);
        (_before, _now) = (new float[_count], new float[_count]);
    }

    /// <summary>Remembers the elements.</summary>
    public void Take(Tensor tensor) => Read(tensor, _before);

    /// <inheritdoc cref="Take(Tensor)"/>
    public void Take(ReadOnlySpan<float> values) => Read(values, _before);

    /// <summary>Norm of what changed since <see cref="Take(Tensor)"/> over the norm of what was there; NaN where that was 0.</summary>
    public double Ratio(Tensor tensor)
    {
        Read(tensor, _now);
        return Ratio();
    }

    /// <inheritdoc cref="Ratio(Tensor)"/>
    public double Ratio(ReadOnlySpan<float> values)
    {
        Read(values, _now);
        return Ratio();
    }

    public void Dispose() => _indices?.Dispose();

    private double Ratio()
    {
        var (distance, norm) = (TensorPrimitives.Distance<float>(_now, _before), TensorPrimitives.Norm<float>(_before));
        // Squares of single precision vanish below 1e-45 and end at 1e38.
        return distance > LeastNorm && norm > LeastNorm && float.IsFinite(distance) && float.IsFinite(norm) ? (double)distance / norm : Slowly();
    }

    private double Slowly()
    {
        double moved = 0, was = 0;
        for (var i = 0; i < _count; i++)
        {
            var d = (double)_now[i] - _before[i];
            moved += d * d;
            was += (double)_before[i] * _before[i];
        }

        return was > 0 ? Math.Sqrt(moved / was) : double.NaN;
    }

    private void Read(ReadOnlySpan<float> values, float[] into)
    {
        for (var at = 0; at < _count; at += Block)
            values.Slice(Start(at, values.Length), Math.Min(Block, _count - at)).CopyTo(into.AsSpan(at));
    }

    private void Read(Tensor tensor, float[] into)
    {
        if (PlainFloats.TryRead(tensor, out var values))
        {
            Read(values, into);
            return;
        }

        using var scope = NewDisposeScope();
        using var none = no_grad();
        if (_indices is null || _indices.device != tensor.device)
        {
            _indices?.Dispose();
            long[] places = [.. Enumerable.Range(0, _count).Select(i => Start(i / Block * Block, tensor.NumberOfElements) + (i % Block))];
            _indices = torch.tensor(places, device: tensor.device).DetachFromDisposeScope();
        }

        var chosen = tensor.detach().reshape(-1).index_select(0, _indices).to(ScalarType.Float32).cpu();
        MemoryMarshal.Cast<byte, float>(chosen.bytes).CopyTo(into);
    }

    private int Start(int at, int length) => (int)Start(at, (long)length);

    private long Start(int at, long length) => length <= _count ? at : (length - Block) * (at / Block) / (Blocks - 1);
}
