using System.Numerics;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Trainers.Data;

/// <summary>
/// A random order of rows that takes no memory: any place of it is computed from the seed, so that a run that goes on in the middle of an epoch finds the same rows. A Feistel network over the next even
/// power of two (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002), walked until it falls among the rows.
/// </summary>
internal readonly struct RowOrder
{
    private const int Rounds = 8;

    private readonly long _count;
    private readonly int _halfBits;
    private readonly ulong _mask;
    private readonly ulong _seed;

    public RowOrder(long count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _count = count;
        _halfBits = Math.Max(1, (BitOperations.Log2((ulong)Math.Max(1, count - 1)) + 2) / 2);
        _mask = (1UL << _halfBits) - 1;
        _seed = Mix.Hash(seed);
    }

    /// <summary>Of one seed and a number, such as an epoch's, another seed.</summary>
    public static ulong Seed(int seed, long number) => Mix.Hash(Mix.Hash((ulong)(uint)seed) + (ulong)number);

    /// <summary>The row at a place of the order.</summary>
    public long At(long place)
    {
        var at = (ulong)place;
        do
        {
            var (left, right) = (at >> _halfBits, at & _mask);
            for (var round = 0UL; round < Rounds; round++)
                (left, right) = (right, left ^ (Mix.Hash(_seed + (round << 48) + right) & _mask));
            at = (left << _halfBits) | right;
        }
        while (at >= (ulong)_count);
        return (long)at;
    }
}
