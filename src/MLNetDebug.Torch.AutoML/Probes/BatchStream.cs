using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Data;

namespace MLNetDebug.Torch.AutoML.Probes;

/// <summary>The batches that a training of some seed would see, one after the other, epoch after epoch: no more of them is in memory than a training keeps.</summary>
internal sealed class BatchStream(TrainingRows rows, BatchForm form, TorchTrainerOptions options) : IDisposable
{
    private readonly BatchMemory _memory = new();
    private BatchFeed? _feed;
    private IEnumerator<Batch>? _batches;
    private int _epoch;

    /// <summary>The next batch; it is valid until the one after is asked for.</summary>
    public Batch Next()
    {
        if (_batches is null || !_batches.MoveNext())
        {
            Close();
            _feed = rows.Epoch(options.Seed, _epoch++, form, memory: _memory);
            _batches = _feed.Take(options.CancellationToken).GetEnumerator();
            _batches.MoveNext();
        }

        return _batches.Current;
    }

    /// <summary>Begins again with the first.</summary>
    public void Restart()
    {
        Close();
        _epoch = 0;
    }

    public void Dispose()
    {
        Close();
        _memory.Dispose();
    }

    private void Close()
    {
        _batches?.Dispose();
        _feed?.Dispose();
        (_batches, _feed) = (null, null);
    }
}
