namespace MLNetDebug.Torch.Trainers.Data;

/// <summary>Memory for batches that outlives an epoch: to touch new memory for the first time takes as long as to fill it.</summary>
internal sealed class BatchMemory : IDisposable
{
    private Batch[] _slots = [];

    /// <summary>So many batches of so many rows; valid until the next are asked for.</summary>
    public Batch[] Take(BatchForm form, int count, int rows)
    {
        if (_slots.Length == count && (count == 0 || _slots[0].Rows == rows))
            return _slots;
        Dispose();
        return _slots = [.. Enumerable.Range(0, count).Select(_ => form.Empty(rows))];
    }

    public void Dispose()
    {
        foreach (var batch in _slots)
            batch.Dispose();
        _slots = [];
    }
}
