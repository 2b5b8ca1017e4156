using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>Elements in single precision that lie in this process's memory in order: they are read where they lie.</summary>
internal static class PlainFloats
{
    /// <summary>True where a tensor's elements do, and there are no more than a span holds.</summary>
    public static bool TryRead(Tensor tensor, out ReadOnlySpan<float> values)
    {
        if (NativeTensors.AreKnown)
            return NativeTensors.TryRead(tensor.Handle, out values);
        if (tensor.dtype == ScalarType.Float32 && TensorReader.LiesInMemory(tensor) && tensor.NumberOfElements <= int.MaxValue / sizeof(float))
        {
            values = MemoryMarshal.Cast<byte, float>(tensor.bytes);
            return true;
        }

        values = [];
        return false;
    }
}
