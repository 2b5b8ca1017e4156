namespace MLNetDebug.Data;

/// <summary>How much work goes on at once: each thread holds buffers of the sample's size.</summary>
internal static class Parallelism
{
    private const int MaxThreads = 2;

    public static ParallelOptions With(CancellationToken cancellation) =>
        new() { CancellationToken = cancellation, MaxDegreeOfParallelism = MaxThreads };
}
