using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>Whether an epoch brings the batches of the one before, in the same order: by one number per batch.</summary>
internal sealed class EpochOrder
{
    // So many batches are kept apart; each one beyond that is none of them, or counts as a batch of its own.
    private const int MaxDistinct = 1 << 16;

    private readonly XxHash64 _order = new();
    private readonly HashSet<ulong> _distinct = [];
    private long _batches;
    private long _beyond;
    private (ulong Order, long Batches)? _before;

    public int Compared { get; private set; }

    public int Repeated { get; private set; }

    /// <summary>Batches of the last finished epoch.</summary>
    public long Batches { get; private set; }

    /// <summary>Distinct batches among them.</summary>
    public long Distinct { get; private set; }

    public void Add(ulong batch)
    {
        _order.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in batch)));
        if (_distinct.Count < MaxDistinct)
            _distinct.Add(batch);
        else
            _beyond += _distinct.Contains(batch) ? 0 : 1;
        _batches++;
    }

    public void EndEpoch()
    {
        // An epoch without a step is none.
        if (_batches == 0)
            return;
        (ulong Order, long Batches) now = (_order.GetCurrentHashAsUInt64(), _batches);
        if (_before is { } before)
        {
            Compared++;
            Repeated += now == before ? 1 : 0;
        }

        (_before, Batches, Distinct) = (now, _batches, _distinct.Count + _beyond);
        _order.Reset();
        _distinct.Clear();
        (_batches, _beyond) = (0, 0);
    }
}
