using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNetDebug.Data;

/// <summary>Moments of the 32-bit lane: floats in vectors, sums in double.</summary>
internal sealed class SingleLane(int width, int stride) : LaneMoments(width, stride)
{
    private readonly float[] _previous = new float[stride];

    /// <summary>Adds rows.</summary>
    /// <param name="cells">The lane's cells, row by row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="firstPosition">Position of the first of them.</param>
    public void Add(ReadOnlySpan<float> cells, int rows, long firstPosition)
    {
        if (rows == 0 || Width == 0)
            return;
        for (var slot = 0; slot < Width; slot++)
            Shifts[slot] = Slots[slot].Finite > 0 ? Slots[slot].Mean : FirstFinite(cells, slot, rows);
        for (var strip = 0; strip < Width; strip += Vector<float>.Count)
            AddStrip(cells, strip, rows, firstPosition);
        cells.Slice((rows - 1) * Stride, Stride).CopyTo(_previous);
        Rows += rows;
    }

    private double FirstFinite(ReadOnlySpan<float> cells, int slot, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            if (float.IsFinite(cells[(row * Stride) + slot]))
                return cells[(row * Stride) + slot];
        }

        return 0;
    }

    /// <summary>Adds one vector's width of slots as if every value were finite; slots where that fails are added one by one.</summary>
    private void AddStrip(ReadOnlySpan<float> cells, int strip, int rows, long firstPosition)
    {
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetReference(cells), strip);
        var shiftLow = new Vector<double>(Shifts, strip);
        var shiftHigh = new Vector<double>(Shifts, strip + Vector<double>.Count);
        Vector<double> sumLow = default, sumHigh = default, squaresLow = default, squaresHigh = default, pairsLow = default, pairsHigh = default;
        Vector<double> lastLow = default, lastHigh = default;
        if (Rows > 0)
        {
            Vector.Widen(new Vector<float>(_previous, strip), out lastLow, out lastHigh);
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
            var slot = strip + lane;
            var half = lane < Vector<double>.Count;
            var inHalf = half ? lane : lane - Vector<double>.Count;
            var squares = half ? squaresLow[inHalf] : squaresHigh[inHalf];
            var products = half ? pairsLow[inHalf] : pairsHigh[inHalf];
            if (!double.IsFinite(squares) || !double.IsFinite(products))
            {
                AddSlot(cells, slot, rows, firstPosition);
                continue;
            }

            var sum = half ? sumLow[inHalf] : sumHigh[inHalf];
            var last = half ? lastLow[inHalf] : lastHigh[inHalf];
            var first = Rows > 0 ? -before[lane] : cells[slot] - Shifts[slot];
            ref var moments = ref Slots[slot];
            if (Rows == 0)
                moments.First = cells[slot];
            moments.Append(new BlockSums
            {
                Shift = Shifts[slot],
                Finite = rows,
                Sum = sum,
                Squares = squares,
                PairProducts = products,
                PairSums = (2 * sum) - first - last,
                Pairs = Rows > 0 ? rows : rows - 1,
            });
            moments.Min = Math.Min(moments.Min, min[lane]);
            moments.Max = Math.Max(moments.Max, max[lane]);
            moments.Zeros += zeros[lane];
            moments.Last = cells[((rows - 1) * Stride) + slot];
        }
    }

    private void AddSlot(ReadOnlySpan<float> cells, int slot, int rows, long firstPosition)
    {
        var adder = new SlotAdder(Shifts[slot], Rows > 0 ? _previous[slot] : double.NaN);
        ref var moments = ref Slots[slot];
        if (Rows == 0)
            moments.First = cells[slot];
        for (var row = 0; row < rows; row++)
            adder.Add(cells[(row * Stride) + slot], this, slot, firstPosition + row);
        moments.Append(in adder.Sums);
        moments.Last = cells[((rows - 1) * Stride) + slot];
    }
}
