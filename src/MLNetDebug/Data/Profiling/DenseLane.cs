using System.Numerics;

namespace MLNetDebug.Data;

/// <summary>A lane whose cells stand row by row in a block. Its kinds differ in the vector kernel alone.</summary>
/// <typeparam name="T">The cells' type.</typeparam>
internal abstract class DenseLane<T>(int width, int stride) : LaneMoments(width, stride)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The cells of the row before the block.</summary>
    protected T[] Previous { get; } = new T[stride];

    /// <summary>Adds rows.</summary>
    /// <param name="cells">The lane's cells, row by row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="firstPosition">Position of the first of them.</param>
    public void Add(ReadOnlySpan<T> cells, int rows, long firstPosition)
    {
        if (rows == 0 || Width == 0)
            return;
        for (var slot = 0; slot < Width; slot++)
            Shifts[slot] = Slots[slot].Finite > 0 ? Slots[slot].Mean : FirstFinite(cells, slot, rows);
        for (var strip = 0; strip < Width; strip += Vector<T>.Count)
            AddStrip(cells, strip, rows, firstPosition);
        cells.Slice((rows - 1) * Stride, Stride).CopyTo(Previous);
        Rows += rows;
    }

    /// <summary>Adds one vector's width of slots as if every value were finite, each by <see cref="Settle"/>.</summary>
    protected abstract void AddStrip(ReadOnlySpan<T> cells, int strip, int rows, long firstPosition);

    /// <summary>Takes what the kernel summed of one slot; adds the slot's values one by one where they were not all finite.</summary>
    protected void Settle(ReadOnlySpan<T> cells, int slot, int rows, long firstPosition, in KernelSums sums)
    {
        if (!double.IsFinite(sums.Squares) || !double.IsFinite(sums.PairProducts))
        {
            AddSlot(cells, slot, rows, firstPosition);
            return;
        }

        var first = Rows > 0 ? -sums.Before : double.CreateTruncating(cells[slot]) - Shifts[slot];
        ref var moments = ref Slots[slot];
        if (Rows == 0)
            moments.First = double.CreateTruncating(cells[slot]);
        moments.Append(new BlockSums
        {
            Shift = Shifts[slot],
            Finite = rows,
            Sum = sums.Sum,
            Squares = sums.Squares,
            PairProducts = sums.PairProducts,
            PairSums = (2 * sums.Sum) - first - sums.Last,
            Pairs = Rows > 0 ? rows : rows - 1,
        });
        moments.Min = Math.Min(moments.Min, sums.Min);
        moments.Max = Math.Max(moments.Max, sums.Max);
        moments.Zeros += sums.Zeros;
        moments.Last = double.CreateTruncating(cells[((rows - 1) * Stride) + slot]);
    }

    private double FirstFinite(ReadOnlySpan<T> cells, int slot, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            var value = cells[(row * Stride) + slot];
            if (T.IsFinite(value))
                return double.CreateTruncating(value);
        }

        return 0;
    }

    private void AddSlot(ReadOnlySpan<T> cells, int slot, int rows, long firstPosition)
    {
        var adder = new SlotAdder(Shifts[slot], Rows > 0 ? double.CreateTruncating(Previous[slot]) : double.NaN);
        ref var moments = ref Slots[slot];
        if (Rows == 0)
            moments.First = double.CreateTruncating(cells[slot]);
        for (var row = 0; row < rows; row++)
            adder.Add(double.CreateTruncating(cells[(row * Stride) + slot]), this, slot, firstPosition + row);
        moments.Append(in adder.Sums);
        moments.Last = double.CreateTruncating(cells[((rows - 1) * Stride) + slot]);
    }

    /// <summary>What a kernel sums of one slot over a block; values are centred by the slot's shift but for least and greatest.</summary>
    protected readonly ref struct KernelSums
    {
        public required double Sum { get; init; }

        public required double Squares { get; init; }

        /// <summary>Products of neighbouring rows' values.</summary>
        public required double PairProducts { get; init; }

        /// <summary>The value of the row before the block; 0 where there is none.</summary>
        public required double Before { get; init; }

        /// <summary>The value of the block's last row.</summary>
        public required double Last { get; init; }

        public required double Min { get; init; }

        public required double Max { get; init; }

        public required long Zeros { get; init; }
    }
}
