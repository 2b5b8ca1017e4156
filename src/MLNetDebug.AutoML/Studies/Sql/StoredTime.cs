namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>Moments as a study store writes them: microseconds since 1970, UTC. All databases hold them alike, and compare them.</summary>
internal static class StoredTime
{
    public static readonly long Latest = Of(DateTimeOffset.MaxValue);

    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Of(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
