using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>
/// What a sampled step keeps of a tensor's elements. What lies in this process's memory in single precision takes one pass over it, in pieces that single precision adds up without harm.
/// </summary>
/// <param name="Count">Elements.</param>
/// <param name="NonFinite">Those that are NaN or infinite; the sums are over the others.</param>
/// <param name="Zeros">Those that are exactly 0.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Squares">The sum of their squares.</param>
/// <param name="AbsMax">The largest absolute one; NaN where none is finite.</param>
internal readonly record struct ElementSums(long Count, long NonFinite, long Zeros, double Sum, double Squares, double AbsMax)
{
    private const int Piece = 4096;

    // Below this the squares of single precision begin to vanish.
    private const float LeastSquares = 1e-30f;

    /// <summary>The mean of the finite elements; NaN where there is none.</summary>
    public double Mean => Count > NonFinite ? Sum / (Count - NonFinite) : double.NaN;

    /// <summary>Zeros over elements; NaN where none is finite.</summary>
    public double ZeroShare => Count > NonFinite ? (double)Zeros / Count : double.NaN;

    /// <summary>The norm; NaN where an element is not finite.</summary>
    public double Norm => NonFinite > 0 ? double.NaN : Math.Sqrt(Squares);

    public static ElementSums Of(Tensor tensor)
    {
        if (PlainFloats.TryRead(tensor, out var values))
            return Of(values);
        var facts = TensorReader.Facts(tensor);
        var finite = facts.Count - facts.NonFinite;
        var isEmpty = finite == 0;
        return new(
            facts.Count, facts.NonFinite, isEmpty ? 0 : (long)Math.Round(facts.ZeroShare * facts.Count), isEmpty ? 0 : facts.Mean * finite, isEmpty ? 0 : finite * facts.RootMeanSquare * facts.RootMeanSquare,
            Math.Max(Math.Abs(facts.Min), Math.Abs(facts.Max)));
    }

    public static ElementSums Of(ReadOnlySpan<float> values)
    {
        var all = new ElementSums(0, 0, 0, 0, 0, double.NaN);
        for (; values.Length > Piece; values = values[Piece..])
            all = all.And(OfPiece(values[..Piece]));
        return values.Length > 0 ? all.And(OfPiece(values)) : all;
    }

    private ElementSums And(ElementSums other) => new(
        Count + other.Count, NonFinite + other.NonFinite, Zeros + other.Zeros, Sum + other.Sum, Squares + other.Squares,
        double.IsNaN(AbsMax) ? other.AbsMax : double.IsNaN(other.AbsMax) ? AbsMax : Math.Max(AbsMax, other.AbsMax));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ElementSums OfPiece(ReadOnlySpan<float> piece)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(piece);
        // Two of each: an addition need not wait for the one before.
        Vector<float> sum = Vector<float>.Zero, sum2 = sum, squares = sum, squares2 = sum, largest = sum, largest2 = sum;
        var zeros = Vector<int>.Zero;
        for (var i = 0; i + 1 < vectors.Length; i += 2)
        {
            var (a, b) = (vectors[i], vectors[i + 1]);
            sum += a;
            sum2 += b;
            squares += a * a;
            squares2 += b * b;
            largest = Vector.MaxNative(largest, Vector.Abs(a));
            largest2 = Vector.MaxNative(largest2, Vector.Abs(b));
            zeros -= Vector.Equals(a, Vector<float>.Zero) + Vector.Equals(b, Vector<float>.Zero);
        }

        var (total, square, zero, max) = (Vector.Sum(sum + sum2), Vector.Sum(squares + squares2), Vector.Sum(zeros), 0f);
        largest = Vector.MaxNative(largest, largest2);
        for (var i = 0; i < Vector<float>.Count; i++)
            max = Math.Max(max, largest[i]);
        foreach (var x in piece[(vectors.Length / 2 * 2 * Vector<float>.Count)..])
        {
            (total, square, max) = (total + x, square + (x * x), Math.Max(max, Math.Abs(x)));
            zero += x == 0 ? 1 : 0;
        }

        return float.IsFinite(square) && (square > LeastSquares || zero == piece.Length) ? new(piece.Length, 0, zero, total, square, max) : Slowly(piece);
    }

    // Pieces with elements that are not finite, or so large or small that single precision does not hold their squares.
    private static ElementSums Slowly(ReadOnlySpan<float> piece)
    {
        long bad = 0, zeros = 0;
        var (sum, squares, largest) = (0.0, 0.0, double.NaN);
        foreach (var x in piece)
        {
            if (!float.IsFinite(x))
            {
                bad++;
                continue;
            }

            (sum, squares, largest) = (sum + x, squares + ((double)x * x), double.IsNaN(largest) ? Math.Abs(x) : Math.Max(largest, Math.Abs(x)));
            zeros += x == 0 ? 1 : 0;
        }

        return new(piece.Length, bad, zeros, sum, squares, largest);
    }
}
