using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// A tensor as it was when it was first seen: its facts, its address, a few of its elements, and a second handle on its memory, since Sequential disposes what passes through it.
/// </summary>
internal sealed class TracedValue : IDisposable
{
    private const int Elements = 96;

    public TracedValue(int id, Tensor tensor)
    {
        Id = id;
        Facts = TensorReader.Facts(tensor);
        Address = TensorAddress.Of(tensor);
        Alias = tensor.detach().DetachFromDisposeScope();
        Sample = Facts.Count == 0 || !Facts.IsFloatingPoint ? [] : SampleOf(Alias);
    }

    public int Id { get; }

    public TensorFacts Facts { get; }

    public nint Address { get; }

    /// <summary>Shares the memory, which an operation in place may have overwritten since.</summary>
    public Tensor Alias { get; }

    /// <summary>Elements at fixed positions of the flattened tensor, the same for all tensors of one size; empty where it holds no real numbers.</summary>
    public float[] Sample { get; }

    public ValueSource Source { get; set; }

    public int? Call { get; set; }

    public FunctionalOperation? Operation { get; set; }

    public ValueProfile Profile => new() { Id = Id, Facts = Facts, Source = Source, Call = Call, Operation = Operation };

    public void Dispose() => Alias.Dispose();

    /// <summary>The elements a sample is taken at.</summary>
    public static long[] Positions(long count)
    {
        var n = (int)Math.Min(count, Elements);
        // The golden ratio passes through all columns, whatever the width: an even stride may hit three of them again and again, and where rows are alike three values tell nothing.
        return [.. Enumerable.Range(0, n).Select(i => n == count ? i : (long)(i * 0.6180339887498949 % 1 * count))];
    }

    /// <summary>Those elements of a tensor.</summary>
    public static float[] SampleOf(Tensor tensor)
    {
        var positions = Positions(tensor.numel());
        if (tensor is { device_type: DeviceType.CPU, dtype: ScalarType.Float32, is_sparse: false } && tensor.is_contiguous() && tensor.numel() * sizeof(float) <= int.MaxValue)
        {
            var all = MemoryMarshal.Cast<byte, float>(tensor.bytes);
            var few = new float[positions.Length];
            for (var i = 0; i < few.Length; i++)
                few[i] = all[(int)positions[i]];
            return few;
        }

        if (tensor.is_sparse || tensor.is_complex())
            return [];
        using var none = torch.no_grad();
        using var index = torch.tensor(positions, device: tensor.device);
        using var flat = tensor.reshape(-1);
        using var picked = flat.index_select(0, index);
        using var narrow = picked.to(ScalarType.Float32);
        using var cpu = narrow.cpu();
        return MemoryMarshal.Cast<byte, float>(cpu.bytes).ToArray();
    }
}
