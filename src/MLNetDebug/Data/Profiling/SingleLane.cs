using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNetDebug.Data;

/// <summary>Moments of the 32-bit lane: floats in vectors, sums in double.</summary>
internal sealed class SingleLane(int width, int stride) : DenseLane<float>(width, stride)
{
    protected override void AddStrip(ReadOnlySpan<float> cells, int strip, int rows, long firstPosition)
    {
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetReference(cells), strip);
        var shiftLow = new Vector<double>(Shifts, strip);
        var shiftHigh = new Vector<double>(Shifts, strip + Vector<double>.Count);
        Vector<double> sumLow = default, sumHigh = default, squaresLow = default, squaresHigh = default, pairsLow = default, pairsHigh = default;
        Vector<double> lastLow = default, lastHigh = default;
        if (Rows > 0)
        {
            Vector.Widen(new Vector<float>(Previous, strip), out lastLow, out lastHigh);
            lastLow -= shiftLow;
            lastHigh -= shiftHigh;
        }

        Span<double> before = stackalloc double[Vector<float>.Count];
        lastLow.CopyTo(before);
        lastHigh.CopyTo(before[Vector<double>.Count..]);
        var min = new Vector<float>(float.PositiveInfinity);
        var max = new Vector<float>(float.NegativeInfinity);
        var zeros = Vector<int>.Zero;
        for (var row = 0; row < rows; row++)
        {
            var values = Unsafe.ReadUnaligned<Vector<float>>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref start, row * Stride)));
            min = Vector.MinNative(min, values);
            max = Vector.MaxNative(max, values);
            zeros -= Vector.Equals(values, Vector<float>.Zero);
            Vector.Widen(values, out var low, out var high);
            low -= shiftLow;
            high -= shiftHigh;
            sumLow += low;
            sumHigh += high;
            squaresLow = Vector.FusedMultiplyAdd(low, low, squaresLow);
            squaresHigh = Vector.FusedMultiplyAdd(high, high, squaresHigh);
            pairsLow = Vector.FusedMultiplyAdd(low, lastLow, pairsLow);
            pairsHigh = Vector.FusedMultiplyAdd(high, lastHigh, pairsHigh);
            lastLow = low;
            lastHigh = high;
        }

        var lanes = Math.Min(Vector<float>.Count, Width - strip);
        for (var lane = 0; lane < lanes; lane++)
        {
            var half = lane < Vector<double>.Count;
            var inHalf = half ? lane : lane - Vector<double>.Count;
            Settle(cells, strip + lane, rows, firstPosition, new KernelSums
            {
                Sum = half ? sumLow[inHalf] : sumHigh[inHalf],
                Squares = half ? squaresLow[inHalf] : squaresHigh[inHalf],
                PairProducts = half ? pairsLow[inHalf] : pairsHigh[inHalf],
                Before = before[lane],
                Last = half ? lastLow[inHalf] : lastHigh[inHalf],
                Min = min[lane],
                Max = max[lane],
                Zeros = zeros[lane],
            });
        }
    }
}
