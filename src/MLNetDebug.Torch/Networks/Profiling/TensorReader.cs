using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Reads shape, type and statistics of a tensor. What lies in this process's memory in order, in single or double precision, is read where it lies; nothing else is copied whole.</summary>
internal static class TensorReader
{
    // What is converted is converted in pieces of so many elements; a span holds no more bytes than an int counts.
    private const long Piece = 1 << 24;

    public static TensorFacts Facts(Tensor t)
    {
        var moments = new Moments();
        var isRead = t.device_type != DeviceType.META && !is_complex(t) && TryRead(t, ref moments);
        var facts = new TensorFacts
        {
            Shape = t.shape,
            DType = t.dtype.ToString(),
            IsFloatingPoint = is_floating_point(t),
            Count = t.NumberOfElements,
            NonFinite = moments.NonFinite,
        };
        return !isRead || moments.Finite == 0 ? facts : facts with
        {
            Min = moments.Min,
            Max = moments.Max,
            Mean = moments.Mean,
            StandardDeviation = moments.StandardDeviation,
            ZeroShare = (double)moments.Zeros / facts.Count,
        };
    }

    /// <summary>True where its memory can be read as it lies.</summary>
    public static bool LiesInMemory(Tensor t) => t.device_type == DeviceType.CPU && !t.is_sparse && t.is_contiguous();

    private static bool TryRead(Tensor t, ref Moments moments)
    {
        try
        {
            Read(t, ref moments);
            return true;
        }
        catch (Exception e) when (e is ExternalException or InvalidOperationException)
        {
            // Layouts and types that libtorch itself does not convert (quantised, compressed rows): shape and type are still true.
            return false;
        }
    }

    private static void Read(Tensor t, ref Moments moments)
    {
        if (t.NumberOfElements == 0)
            return;
        if (t.is_sparse)
            ReadSparse(t, ref moments);
        else if (t.dtype is ScalarType.Float32 or ScalarType.Float64 && t.NumberOfElements * t.ElementSize <= int.MaxValue && LiesInMemory(t))
            Add(t, ref moments);
        else
            ReadPieces(t, ref moments);
    }

    private static void ReadSparse(Tensor t, ref Moments moments)
    {
        using var detached = t.detach();
        // Entries may name one place twice; only what is made dense has their sum.
        using var values = t.NumberOfElements <= Piece ? detached.to_dense() : detached.SparseValues;
        Read(values, ref moments);
        moments.AddZeros(t.NumberOfElements - values.NumberOfElements);
    }

    private static void ReadPieces(Tensor t, ref Moments moments)
    {
        // Whole numbers stay exact in double precision.
        var type = t.dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 ? ScalarType.Float32 : ScalarType.Float64;
        using var detached = t.detach();
        using var flat = detached.flatten();
        for (var start = 0L; start < flat.NumberOfElements; start += Piece)
        {
            using var piece = flat.narrow(0, start, Math.Min(Piece, flat.NumberOfElements - start));
            using var host = piece.to(type, CPU);
            // What is stretched stays so when it is flattened.
            using var laid = host.contiguous();
            Add(laid, ref moments);
        }
    }

    private static void Add(Tensor t, ref Moments moments)
    {
        if (t.dtype == ScalarType.Float32)
            moments.Add<float>(MemoryMarshal.Cast<byte, float>(t.bytes));
        else
            moments.Add<double>(MemoryMarshal.Cast<byte, double>(t.bytes));
    }
}
