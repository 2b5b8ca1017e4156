namespace MLNetDebug;

/// <summary>Thrown where a finding reaches the severity to fail on: before training, and by a guard also while it runs and after it.</summary>
public sealed class DiagnosticException : Exception, IReported
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence per finding that stops.</param>
    /// <param name="report">The whole report.</param>
    /// <param name="innerException">What the trainer threw, where it threw.</param>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public DiagnosticException(string message, DiagnosticReport report, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(report);
        Report = report;
    }

    /// <summary>The whole report.</summary>
    public DiagnosticReport Report { get; }
}
