using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>
/// Tensors by the native calls that TorchSharp itself makes, without its wrappers: one for each gradient of each step, with its finalizer and the questions that it asks twice, costs more than to add up the gradient.
/// A TorchSharp that has other calls is told by <see cref="AreKnown"/>; it is read through wrappers then.
/// </summary>
internal static class NativeTensors
{
    private const string Calls = "TorchSharp.PInvoke.NativeMethods, TorchSharp";

    /// <summary>True where this TorchSharp has the calls.</summary>
    public static bool AreKnown { get; } = Try();

    /// <summary>The gradient of a tensor; 0 where there is none. Free it.</summary>
    public static nint Gradient(Tensor of) => Grad(null, of.Handle);

    public static void Free(nint tensor) => Dispose(null, tensor);

    /// <inheritdoc cref="PlainFloats.TryRead"/>
    public static unsafe bool TryRead(nint tensor, out ReadOnlySpan<float> values)
    {
        values = [];
        // What is sparse must not be asked for its order.
        if ((ScalarType)Type(null, tensor) != ScalarType.Float32 || (DeviceType)Device(null, tensor) != DeviceType.CPU || IsSparse(null, tensor) || !IsContiguous(null, tensor))
            return false;
        var count = Count(null, tensor);
        if (count > int.MaxValue / sizeof(float))
            return false;
        values = new((void*)Data(null, tensor), (int)count);
        return true;
    }

    private static bool Try()
    {
        using var scope = NewDisposeScope();
        try
        {
            var one = ones(1);
            one.grad = ones(1);
            var gradient = Gradient(one);
            var isRead = TryRead(gradient, out var values) && values is [1];
            Free(gradient);
            return isRead;
        }
        catch (Exception e) when (e is MissingMemberException or TypeLoadException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_grad")]
    private static extern nint Grad([UnsafeAccessorType(Calls)] object? of, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_dispose")]
    private static extern void Dispose([UnsafeAccessorType(Calls)] object? of, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_type")]
    private static extern sbyte Type([UnsafeAccessorType(Calls)] object? of, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_device_type")]
    private static extern int Device([UnsafeAccessorType(Calls)] object? of, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_is_sparse")]
    private static extern bool IsSparse([UnsafeAccessorType(Calls)] object? of, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_is_contiguous")]
    private static extern bool IsContiguous([UnsafeAccessorType(Calls)] object? of, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_numel")]
    private static extern long Count([UnsafeAccessorType(Calls)] object? of, nint tensor);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "THSTensor_data")]
    private static extern nint Data([UnsafeAccessorType(Calls)] object? of, nint tensor);
}
