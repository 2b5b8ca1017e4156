using System.Runtime.InteropServices;

namespace MLNetDebug.Data;

/// <summary>Sums of one slot over one block of rows, relative to a shift near its mean.</summary>
internal struct BlockSums
{
    public double Shift;
    public long Finite;
    public double Sum;
    public double Squares;

    /// <summary>Sum over pairs of neighbouring rows, both finite, of the product.</summary>
    public double PairProducts;

    /// <summary>Sum over those pairs of the sum of the two.</summary>
    public double PairSums;

    public long Pairs;
}

/// <summary>
/// Count, extremes, mean, centred second moment and centred lag-1 product of one slot, so that parts merge exactly as they lie in
/// row order (Chan, Golub and LeVeque 1983 for the variance; the lag-1 product shifts alike).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct SlotMoments
{
    public long Finite;
    public long Missing;
    public long PositiveInfinities;
    public long NegativeInfinities;
    public long Zeros;
    public double Min;
    public double Max;

    /// <summary>A finite value of the slot. The mean is kept as the distance from it, which has digits left where the mean itself has none.</summary>
    public double Base;
    public double MeanFromBase;
    public double SquaresAboutMean;
    public double PairProducts;
    public double PairSums;
    public long Pairs;

    /// <summary>The value of the first row, finite or not.</summary>
    public double First;

    /// <summary>The value of the last row, finite or not.</summary>
    public double Last;

    public static SlotMoments Empty => new() { Min = double.PositiveInfinity, Max = double.NegativeInfinity, First = double.NaN, Last = double.NaN };

    public readonly double Mean => Base + MeanFromBase;

    public readonly double Variance => Finite == 0 ? double.NaN : Finite == 1 ? 0 : SquaresAboutMean / (Finite - 1);

    /// <summary>Lag-1 autocorrelation about the overall mean, scaled for pairs that are missing.</summary>
    public readonly double Lag1
    {
        get
        {
            if (Pairs == 0 || !(SquaresAboutMean > 0))
                return double.NaN;
            return Math.Clamp(PairProducts / SquaresAboutMean * ((Finite - 1) / (double)Pairs), -1, 1);
        }
    }

    /// <summary>Appends a block of the rows that follow.</summary>
    public void Append(in BlockSums block)
    {
        if (block.Finite == 0)
            return;
        var offset = block.Sum / block.Finite;
        var other = new SlotMoments
        {
            Finite = block.Finite,
            Base = block.Shift,
            MeanFromBase = offset,
            SquaresAboutMean = Math.Max(0, block.Squares - (block.Finite * offset * offset)),
            PairProducts = block.PairProducts,
            PairSums = block.PairSums,
            Pairs = block.Pairs,
        };
        other.MovePairs(offset);
        Combine(in other);
    }

    /// <summary>Appends the moments of the rows that follow.</summary>
    /// <param name="later">Their moments.</param>
    /// <param name="adjacent">True where the first of them follows the last of these, so that the two make a pair.</param>
    /// <param name="empty">True where these are no rows at all.</param>
    public void Append(in SlotMoments later, bool adjacent, bool empty)
    {
        var last = Last;
        Missing += later.Missing;
        PositiveInfinities += later.PositiveInfinities;
        NegativeInfinities += later.NegativeInfinities;
        Zeros += later.Zeros;
        Min = Math.Min(Min, later.Min);
        Max = Math.Max(Max, later.Max);
        Combine(in later);
        if (adjacent && double.IsFinite(last) && double.IsFinite(later.First))
        {
            var (x, y) = (last - Base - MeanFromBase, later.First - Base - MeanFromBase);
            PairProducts += x * y;
            PairSums += x + y;
            Pairs++;
        }

        if (empty)
            First = later.First;
        Last = later.Last;
    }

    public readonly void Write(BinaryWriter writer)
    {
        foreach (var count in (ReadOnlySpan<long>)[Finite, Missing, PositiveInfinities, NegativeInfinities, Zeros, Pairs])
            writer.Write(count);
        foreach (var number in (ReadOnlySpan<double>)[Min, Max, Base, MeanFromBase, SquaresAboutMean, PairProducts, PairSums, First, Last])
            writer.Write(number);
    }

    public static SlotMoments Read(BinaryReader reader) => new()
    {
        Finite = reader.ReadInt64(),
        Missing = reader.ReadInt64(),
        PositiveInfinities = reader.ReadInt64(),
        NegativeInfinities = reader.ReadInt64(),
        Zeros = reader.ReadInt64(),
        Pairs = reader.ReadInt64(),
        Min = reader.ReadDouble(),
        Max = reader.ReadDouble(),
        Base = reader.ReadDouble(),
        MeanFromBase = reader.ReadDouble(),
        SquaresAboutMean = reader.ReadDouble(),
        PairProducts = reader.ReadDouble(),
        PairSums = reader.ReadDouble(),
        First = reader.ReadDouble(),
        Last = reader.ReadDouble(),
    };

    private void Combine(in SlotMoments other)
    {
        if (other.Finite == 0)
            return;
        if (Finite == 0)
        {
            (Finite, Base, MeanFromBase, SquaresAboutMean) = (other.Finite, other.Base, other.MeanFromBase, other.SquaresAboutMean);
            (PairProducts, PairSums, Pairs) = (other.PairProducts, other.PairSums, other.Pairs);
            return;
        }

        var total = Finite + other.Finite;
        var distance = other.Base - Base + (other.MeanFromBase - MeanFromBase);
        var move = distance * other.Finite / total;
        SquaresAboutMean += other.SquaresAboutMean + (distance * distance * ((double)Finite * other.Finite / total));
        var moved = other;
        moved.MovePairs(move - distance);
        MovePairs(move);
        PairProducts += moved.PairProducts;
        PairSums += moved.PairSums;
        Pairs += moved.Pairs;
        MeanFromBase += move;
        Finite = total;
    }

    /// <summary>Centres the pair sums at a point further by <paramref name="by"/>.</summary>
    private void MovePairs(double by)
    {
        PairProducts += (Pairs * by * by) - (by * PairSums);
        PairSums -= 2 * Pairs * by;
    }
}
