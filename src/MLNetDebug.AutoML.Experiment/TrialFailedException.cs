namespace MLNetDebug.AutoML.Experiment;

/// <summary>
/// What a monitor is told of a failed trial (<c>IMonitor.ReportFailTrial</c>). It is an <see cref="OperationCanceledException"/> because AutoML goes on after one, even when it is the first
/// trial that fails.
/// </summary>
public sealed class TrialFailedException : OperationCanceledException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="report">The trial.</param>
    /// <param name="innerException">What the trial threw; null where it did not throw.</param>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public TrialFailedException(TrialReport report, Exception? innerException = null)
        : base(MessageOf(report), innerException) => Trial = report;

    /// <summary>The trial.</summary>
    public TrialReport Trial { get; }

    private static string MessageOf(TrialReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return $"Trial {report.TrialId} failed ({report.Outcome}): {report.Reason}";
    }
}
