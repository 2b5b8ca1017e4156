using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Where a tensor's elements stand. Two tensors at one address share memory, whatever wrappers and handles say.</summary>
internal static class TensorAddress
{
    /// <summary>The address of the first element, in CPU memory; 0 where it cannot be told (no element, another device, sparse).</summary>
    public static nint Of(Tensor tensor)
    {
        if (tensor.IsInvalid || tensor.device_type != DeviceType.CPU || tensor.is_sparse || tensor.numel() == 0)
            return 0;
        // The first element alone: `bytes` refuses tensors with gaps, and those above 2 GB.
        using var detached = tensor.detach();
        using var first = detached.as_strided([1], [1], tensor.storage_offset());
        return AddressOf(first.bytes);
    }

    private static unsafe nint AddressOf(Span<byte> bytes)
    {
        fixed (byte* first = &MemoryMarshal.GetReference(bytes))
            return (nint)first;
    }
}
