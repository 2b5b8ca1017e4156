namespace MLNetDebug.Torch.Training;

/// <summary>Thrown where a guard stops a training that cannot go on. The network holds the best weights it had.</summary>
public sealed class TrainingStoppedException : Exception, IReported
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what the network holds now.</param>
    /// <param name="report">The whole report.</param>
    /// <param name="step">The step at which it was stopped.</param>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public TrainingStoppedException(string message, DiagnosticReport report, long step)
        : base(message)
    {
        ArgumentNullException.ThrowIfNull(report);
        (Report, Step) = (report, step);
    }

    /// <summary>The whole report.</summary>
    public DiagnosticReport Report { get; }

    /// <summary>The zero-based step at which it was stopped.</summary>
    public long Step { get; }
}
