namespace MLNetDebug.Guards;

/// <summary>
/// A listener that may fail: what it throws is remembered, and it is told nothing more. On a timer's thread its exception would end the process, on a trainer's the training. Safe on threads.
/// </summary>
internal sealed class SafeProgress<T>(IProgress<T> inner) : IProgress<T>
{
    private Exception? _error;

    /// <summary>What it threw; null where it did not.</summary>
    public Exception? Error => Volatile.Read(ref _error);

    public void Report(T value)
    {
        if (Error is not null)
            return;
        try
        {
            inner.Report(value);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _error, e, null);
        }
    }
}
