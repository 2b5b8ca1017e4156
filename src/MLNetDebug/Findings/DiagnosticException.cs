namespace MLNetDebug;

/// <summary>Thrown before training where a finding reaches the severity to fail on.</summary>
public sealed class DiagnosticException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence per finding that stops.</param>
    /// <param name="report">The whole report.</param>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public DiagnosticException(string message, DiagnosticReport report)
        : base(message)
    {
        ArgumentNullException.ThrowIfNull(report);
        Report = report;
    }

    /// <summary>The whole report.</summary>
    public DiagnosticReport Report { get; }
}
