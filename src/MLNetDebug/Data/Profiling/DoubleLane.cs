using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNetDebug.Data;

/// <summary>Moments of the 64-bit lane.</summary>
internal sealed class DoubleLane(int width, int stride) : LaneMoments(width, stride)
{
    private readonly double[] _previous = new double[stride];

    /// <summary>Adds rows.</summary>
    /// <param name="cells">The lane's cells, row by row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="firstPosition">Position of the first of them.</param>
    public void Add(ReadOnlySpan<double> cells, int rows, long firstPosition)
    {
        if (rows == 0 || Width == 0)
            return;
        for (var slot = 0; slot < Width; slot++)
            Shifts[slot] = Slots[slot].Finite > 0 ? Slots[slot].Mean : FirstFinite(cells, slot, rows);
        for (var strip = 0; strip < Width; strip += Vector<double>.Count)
            AddStrip(cells, strip, rows, firstPosition);
        cells.Slice((rows - 1) * Stride, Stride).CopyTo(_previous);
        Rows += rows;
    }

    private double FirstFinite(ReadOnlySpan<double> cells, int slot, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            if (double.IsFinite(cells[(row * Stride) + slot]))
                return cells[(row * Stride) + slot];
        }

        return 0;
    }

    private void AddStrip(ReadOnlySpan<double> cells, int strip, int rows, long firstPosition)
    {
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetReference(cells), strip);
        var shift = new Vector<double>(Shifts, strip);
        Vector<double> sum = default, squares = default, pairs = default;
        var last = Rows > 0 ? new Vector<double>(_previous, strip) - shift : Vector<double>.Zero;
        var before = last;
        var min = new Vector<double>(double.PositiveInfinity);
        var max = new Vector<double>(double.NegativeInfinity);
        var zeros = Vector<long>.Zero;
        for (var row = 0; row < rows; row++)
        {
            var values = Unsafe.ReadUnaligned<Vector<double>>(ref Unsafe.As<double, byte>(ref Unsafe.Add(ref start, row * Stride)));
            min = Vector.MinNative(min, values);
            max = Vector.MaxNative(max, values);
            zeros -= Vector.Equals(values, Vector<double>.Zero);
            var centred = values - shift;
            sum += centred;
            squares = Vector.FusedMultiplyAdd(centred, centred, squares);
            pairs = Vector.FusedMultiplyAdd(centred, last, pairs);
            last = centred;
        }

        var lanes = Math.Min(Vector<double>.Count, Width - strip);
        for (var lane = 0; lane < lanes; lane++)
        {
            var slot = strip + lane;
            if (!double.IsFinite(squares[lane]) || !double.IsFinite(pairs[lane]))
            {
                AddSlot(cells, slot, rows, firstPosition);
                continue;
            }

            var first = Rows > 0 ? -before[lane] : cells[slot] - Shifts[slot];
            ref var moments = ref Slots[slot];
            if (Rows == 0)
                moments.First = cells[slot];
            moments.Append(new BlockSums
            {
                Shift = Shifts[slot],
                Finite = rows,
                Sum = sum[lane],
                Squares = squares[lane],
                PairProducts = pairs[lane],
                PairSums = (2 * sum[lane]) - first - last[lane],
                Pairs = Rows > 0 ? rows : rows - 1,
            });
            moments.Min = Math.Min(moments.Min, min[lane]);
            moments.Max = Math.Max(moments.Max, max[lane]);
            moments.Zeros += zeros[lane];
            moments.Last = cells[((rows - 1) * Stride) + slot];
        }
    }

    private void AddSlot(ReadOnlySpan<double> cells, int slot, int rows, long firstPosition)
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
