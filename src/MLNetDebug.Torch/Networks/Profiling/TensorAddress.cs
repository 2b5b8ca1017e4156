using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Where a tensor's elements stand. Two tensors at one address share memory, whatever wrappers and handles say.</summary>
internal static class TensorAddress
{
    /// <summary>The address of the first element; 0 where it cannot be told (no element, sparse, an unusual type on another device).</summary>
    public static nint Of(Tensor tensor)
    {
        if (tensor.IsInvalid || tensor.is_sparse || tensor.numel() == 0)
            return 0;
        using var scope = NewDisposeScope();
        // The first element alone: `bytes` refuses tensors with gaps, and those above 2 GB.
        return tensor.device_type == DeviceType.CPU ? AddressOf(tensor.detach().as_strided([1], [1], tensor.storage_offset()).bytes)
            : tensor.dtype == ScalarType.Float32 ? tensor.storage<float>().data_ptr() + (nint)(tensor.storage_offset() * sizeof(float))
            : tensor.dtype == ScalarType.Float64 ? tensor.storage<double>().data_ptr() + (nint)(tensor.storage_offset() * sizeof(double))
            : 0;
    }

    private static unsafe nint AddressOf(Span<byte> bytes)
    {
        fixed (byte* first = &MemoryMarshal.GetReference(bytes))
            return (nint)first;
    }
}
