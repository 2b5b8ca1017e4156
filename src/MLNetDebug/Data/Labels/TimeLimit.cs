using System.Diagnostics;

namespace MLNetDebug.Data;

/// <summary>What is left of a stretch of wall time.</summary>
internal readonly struct TimeLimit(long startedAt, TimeSpan total)
{
    public TimeSpan Total { get; } = total;

    public TimeSpan Left
    {
        get
        {
            var left = Total - Stopwatch.GetElapsedTime(startedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
