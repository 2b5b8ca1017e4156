namespace MLNetDebug.AutoML.Search;

/// <summary>
/// A worker's hold on a trial while it runs: it beats, ends the trial where it is lost, and gives it back where the worker stops before the trial's end. Once it is disposed of, no beat runs, and none comes.
/// </summary>
internal sealed class TrialHold : IAsyncDisposable
{
    private readonly TrialClaim _claim;
    private readonly IStudyStore _store;
    private readonly CancellationTokenSource _ending;
    private readonly Timer _beats;
    private volatile bool _isLost;
    private int _beating;

    public TrialHold(TrialClaim claim, TimeSpan heartbeat, IStudyStore store, CancellationToken sweep)
    {
        (_claim, _store) = (claim, store);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(sweep);
        Token = _ending.Token;
        _beats = new Timer(_ => Beat(), null, heartbeat, heartbeat);
    }

    /// <summary>Is cancelled where the sweep is, and where the trial is lost.</summary>
    public CancellationToken Token { get; }

    /// <summary>True where another worker has the trial: what comes out here counts for nothing.</summary>
    public bool IsLost => _isLost;

    /// <summary>Says that the store has refused a word on the trial.</summary>
    public void Lose() => _isLost = true;

    /// <summary>Lets the next worker have the trial at once. Where that cannot be said, it is taken over in time.</summary>
    public void GiveBack()
    {
        try
        {
            _store.Release(_claim);
        }
        catch (Exception)
        {
            // What stopped the worker is told; this is not worth hiding it for.
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A store may be disposed of right after its sweep: a beat that is under way is waited for.
        await _beats.DisposeAsync().ConfigureAwait(false);
        _ending.Dispose();
    }

    private void Beat()
    {
        // Where the store is slow, beats that wait would take all of its connections, and all threads.
        if (Interlocked.Exchange(ref _beating, 1) == 1)
            return;
        try
        {
            if (_store.Beat(_claim))
                return;
            _isLost = true;
            _ending.Cancel();
        }
        catch (Exception)
        {
            // A beat may miss; where the store stays away, the trial's own reports say so.
        }
        finally
        {
            Volatile.Write(ref _beating, 0);
        }
    }
}
