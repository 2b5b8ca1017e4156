namespace MLNetDebug.Torch.Training;

/// <summary>How long a step's passes and updates run, which are the loop's own and not the guard's. Kept where somebody asks for it: by benchmarks.</summary>
internal sealed class LentTime(Func<long> clock)
{
    private long _since;

    /// <summary>In the clock's own ticks.</summary>
    public long Total { get; private set; }

    /// <summary>Of the last update alone.</summary>
    public long Update { get; private set; }

    public void Begin() => _since = clock();

    public void End() => Total += clock() - _since;

    /// <summary>Ends a step's update, the last that the loop is lent.</summary>
    public void EndUpdate()
    {
        Update = clock() - _since;
        Total += Update;
    }
}
