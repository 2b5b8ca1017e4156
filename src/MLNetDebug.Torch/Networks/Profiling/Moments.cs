using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// Statistics of many numbers in one pass over memory. Blocks that fit the nearest cache are read twice, for the mean and for the squares around it, and merged in double precision
/// (Chan et al. 1979): a large mean costs no digits of the standard deviation.
/// </summary>
internal struct Moments()
{
    // Small enough for the nearest cache, and for a float to count and sum without harm.
    private const int Block = 1024;

    // Below this the squares of single precision begin to vanish.
    private const double LeastSquares = 1e-30;

    private double _mean;
    private double _squares;

    public long Finite { get; private set; }

    public long NonFinite { get; private set; }

    public long Zeros { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public readonly double Mean => Finite > 0 ? _mean : double.NaN;

    public readonly double StandardDeviation => Finite > 0 ? Math.Sqrt(Math.Max(0, _squares / Finite)) : double.NaN;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (; values.Length > Block; values = values[Block..])
            AddBlock(values[..Block]);
        if (values.Length > 0)
            AddBlock(values);
    }

    /// <summary>Numbers that are 0 and stand nowhere: those a sparse tensor leaves out.</summary>
    public void AddZeros(long count)
    {
        if (count <= 0)
            return;
        Merge(count, 0, 0, 0, 0);
        Zeros += count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBlock<T>(ReadOnlySpan<T> block)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var lanes = Vector<T>.Count;
        var whole = block.Length - (block.Length % lanes);
        Vector<T> sums = Vector<T>.Zero, zeros = Vector<T>.Zero, mins = new(block[0]), maxs = mins;
        for (var i = 0; i < whole; i += lanes)
        {
            var v = new Vector<T>(block[i..]);
            sums += v;
            mins = Vector.Min(mins, v);
            maxs = Vector.Max(maxs, v);
            zeros += Vector.ConditionalSelect(Vector.Equals(v, Vector<T>.Zero), Vector<T>.One, Vector<T>.Zero);
        }

        var (sum, zero, min, max) = (Vector.Sum(sums), Vector.Sum(zeros), block[0], block[0]);
        for (var i = 0; i < lanes; i++)
            (min, max) = (T.Min(min, mins[i]), T.Max(max, maxs[i]));
        foreach (var x in block[whole..])
        {
            sum += x;
            (min, max) = (T.Min(min, x), T.Max(max, x));
            zero += T.IsZero(x) ? T.One : T.Zero;
        }

        var mean = sum / T.CreateTruncating(block.Length);
        var (rest, squares) = Around(block, mean, whole);
        if (!T.IsFinite(sum) || !double.IsFinite(squares) || (squares < LeastSquares && min != max))
        {
            AddSlowly(block);
            return;
        }

        Zeros += long.CreateTruncating(zero);
        Merge(block.Length, double.CreateTruncating(mean) + (rest / block.Length), squares - (rest * rest / block.Length), double.CreateTruncating(min), double.CreateTruncating(max));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, double Squares) Around<T>(ReadOnlySpan<T> block, T mean, int whole)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> means = new(mean), rests = Vector<T>.Zero, squares = Vector<T>.Zero;
        for (var i = 0; i < whole; i += Vector<T>.Count)
        {
            var d = new Vector<T>(block[i..]) - means;
            rests += d;
            squares += d * d;
        }

        var (rest, square) = (double.CreateTruncating(Vector.Sum(rests)), double.CreateTruncating(Vector.Sum(squares)));
        foreach (var x in block[whole..])
        {
            var d = double.CreateTruncating(x - mean);
            (rest, square) = (rest + d, square + (d * d));
        }

        return (rest, square);
    }

    // Blocks with values that are not finite, or so large or small that single precision does not hold their squares.
    private void AddSlowly<T>(ReadOnlySpan<T> block)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var x in block)
        {
            if (T.IsFinite(x))
                Merge(1, double.CreateTruncating(x), 0, double.CreateTruncating(x), double.CreateTruncating(x));
            else
                NonFinite++;
            Zeros += T.IsZero(x) ? 1 : 0;
        }
    }

    private void Merge(long count, double mean, double squares, double min, double max)
    {
        var all = Finite + count;
        var distance = mean - _mean;
        // Weights before products: the square of a distance may be beyond what a double holds while its share is not.
        _mean += distance * ((double)count / all);
        _squares += squares + (distance * ((double)Finite / all) * distance * count);
        Finite = all;
        (Min, Max) = (Math.Min(Min, min), Math.Max(Max, max));
    }
}
