namespace MLNetDebug.Pipeline;

/// <summary>Checks the options of evaluations, before any row is read.</summary>
internal static class PredictionOptionsChecks
{
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public static void ThrowIfInvalid(EvaluateOptions options)
    {
        if (options.Losses is null || options.Losses.Contains(null!))
            throw new ArgumentException($"Invalid options: {nameof(options.Losses)} must not be null or hold null; an empty list leaves it open.", nameof(options));
        ThrowIfInvalid(options.Diagnostics);
    }

    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public static void ThrowIfInvalid(DiagnosticsOptions? diagnostics)
    {
        if (diagnostics is null)
            throw new ArgumentException("Invalid options: Diagnostics must not be null; leave it out for the defaults.", nameof(diagnostics));
        OptionsChecks.ThrowIfInvalid(diagnostics);
    }
}
