using MLNetDebug.Pipeline;

namespace Microsoft.ML;

/// <summary>The ways into MLNetDebug.</summary>
public static class DiagnosticsExtensions
{
    /// <summary>Checks of data that need no pipeline.</summary>
    /// <param name="ml">The context.</param>
    /// <returns>The catalogue.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ml"/> is null.</exception>
    public static DiagnosticsCatalog Diagnostics(this MLContext ml)
    {
        ArgumentNullException.ThrowIfNull(ml);
        return new DiagnosticsCatalog(ml);
    }
}
