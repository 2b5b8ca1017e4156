namespace MLNetDebug;

/// <summary>An exception that has a report.</summary>
internal interface IReported
{
    /// <summary>The report.</summary>
    DiagnosticReport Report { get; }
}
