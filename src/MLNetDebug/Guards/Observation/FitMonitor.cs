namespace MLNetDebug.Guards;

/// <summary>Why a guard ends training early.</summary>
internal enum StopReason
{
    None = 0,
    Cancelled,
    StopRequested,
    TimeBudget,
    PassBudget,

    /// <summary>The numbers were left, and there is nothing to go back to.</summary>
    Diverged,

    /// <summary>The numbers were left; the rows run out, and the weights of the best epoch are put back into what the trainer returns.</summary>
    GoBack,
}

/// <summary>What all cursors of one fit share: counters, and whether training shall go on. Safe on threads.</summary>
internal sealed class FitMonitor
{
    /// <summary>A trainer that begins this many passes after its rows ran out will not end of itself soon: SDCA on few rows counts on to its millionth iteration.</summary>
    private const int MaxEmptyPasses = 20_000;

    private readonly bool _keepsModel;
    private readonly long? _maxPasses;
    private readonly CancellationToken _cancellation;
    private int _reason;
    private long _rows;
    private int _passes;
    private int _shuffledPasses;
    private int _endedPasses;
    private int _emptyPasses;

    /// <param name="keepsModel">Whether the trainer gives a sound model where its rows run out (<see cref="GracefulTrainers"/>).</param>
    /// <param name="maxPasses">At most so many passes; null for any number.</param>
    /// <param name="cancellation">The user's token.</param>
    public FitMonitor(bool keepsModel, long? maxPasses = null, CancellationToken cancellation = default) =>
        (_keepsModel, _maxPasses, _cancellation) = (keepsModel, maxPasses, cancellation);

    /// <summary>False where nobody can want an end and nobody asks how far it is: passes of a known length are then handed through as they are, for a trainer may read a hundred million rows. Default true.</summary>
    public bool IsWatchful { get; init; } = true;

    /// <summary>Follows rows on the trainer's thread; null for none.</summary>
    public IRowProbe? Probe { get; set; }

    /// <summary>Rows handed out, over all passes; up to 255 per open cursor are not summed yet.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>Passes begun.</summary>
    public int Passes => Volatile.Read(ref _passes);

    /// <summary>Passes for which the trainer asked for shuffled rows.</summary>
    public int ShuffledPasses => Volatile.Read(ref _shuffledPasses);

    /// <summary>Why training ends early; the first reason stays.</summary>
    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>True where rows ran out on purpose and the trainer made a model of what it had.</summary>
    public bool IsGraceful => _keepsModel && Reason is (StopReason.StopRequested or StopReason.TimeBudget or StopReason.PassBudget or StopReason.GoBack);

    /// <summary>True once a cursor must ask <see cref="MayGoOn"/>: one read per row, nothing else.</summary>
    public bool IsInterrupted => Volatile.Read(ref _reason) != 0;

    /// <summary>Asks training to end; a later reason replaces an earlier one only where it is stronger: numbers that were left than a wish to stop, cancelling than both.</summary>
    public void Interrupt(StopReason reason)
    {
        for (var earlier = Reason; Strength(reason) > Strength(earlier); earlier = Reason)
        {
            if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)earlier) == (int)earlier)
                return;
        }
    }

    /// <summary>Called by an interrupted cursor.</summary>
    /// <returns>
    /// False where the cursor shall say that its rows ran out. A trainer that has not seen every row once knows neither how many there are nor what they
    /// hold, and goes on until it does.
    /// </returns>
    /// <exception cref="OperationCanceledException">Training shall end here and now.</exception>
    public bool MayGoOn()
    {
        if (IsGraceful)
            return Volatile.Read(ref _endedPasses) == 0;
        throw Ended();
    }

    /// <exception cref="OperationCanceledException">The trainer goes on and on without rows.</exception>
    public void BeginPass(bool isShuffled)
    {
        var begun = Interlocked.Increment(ref _passes);
        if (isShuffled)
            Interlocked.Increment(ref _shuffledPasses);
        if (begun > _maxPasses)
            Interrupt(StopReason.PassBudget);
        if (IsGraceful && Interlocked.Increment(ref _emptyPasses) > MaxEmptyPasses)
            throw Ended();
    }

    public void EndPass() => Interlocked.Increment(ref _endedPasses);

    public void AddRows(long rows) => Interlocked.Add(ref _rows, rows);

    private OperationCanceledException Ended() => new($"The guard ended training in pass {Passes}: {Reason}.", _cancellation);

    private static int Strength(StopReason reason) => reason switch
    {
        StopReason.None => 0,
        StopReason.Diverged or StopReason.GoBack => 2,
        StopReason.Cancelled => 3,
        _ => 1,
    };
}
