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
        // Only a tensor without gaps shows its bytes; the storage of any other costs a little more.
        if (tensor.is_contiguous())
            return AddressOf(tensor.bytes);
        return tensor.dtype switch
        {
            ScalarType.Float32 => Storage<float>(tensor, sizeof(float)),
            ScalarType.Float64 => Storage<double>(tensor, sizeof(double)),
            ScalarType.Int64 => Storage<long>(tensor, sizeof(long)),
            ScalarType.Int32 => Storage<int>(tensor, sizeof(int)),
            _ => 0,
        };
    }

    private static unsafe nint AddressOf(Span<byte> bytes)
    {
        fixed (byte* first = &MemoryMarshal.GetReference(bytes))
            return (nint)first;
    }

    private static nint Storage<T>(Tensor tensor, int size)
        where T : unmanaged
    {
        using var storage = tensor.storage<T>();
        return storage.data_ptr() + (nint)(tensor.storage_offset() * size);
    }
}
