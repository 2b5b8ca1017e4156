using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNetDebug.Data;

/// <summary>Moments of the 64-bit lane.</summary>
internal sealed class DoubleLane(int width, int stride) : DenseLane<double>(width, stride)
{
    protected override void AddStrip(ReadOnlySpan<double> cells, int strip, int rows, long firstPosition)
    {
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetReference(cells), strip);
        var shift = new Vector<double>(Shifts, strip);
        Vector<double> sum = default, squares = default, pairs = default;
        var last = Rows > 0 ? new Vector<double>(Previous, strip) - shift : Vector<double>.Zero;
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
            Settle(cells, strip + lane, rows, firstPosition, new KernelSums
            {
                Sum = sum[lane],
                Squares = squares[lane],
                PairProducts = pairs[lane],
                Before = before[lane],
                Last = last[lane],
                Min = min[lane],
                Max = max[lane],
                Zeros = zeros[lane],
            });
        }
    }
}
