using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNetDebug.Pipeline;

/// <summary>Takes the report of a fitted stage. Called on the thread that fits, before <see cref="DiagnosticException"/> is thrown.</summary>
public abstract class DiagnosticsSink
{
    /// <summary>
    /// What is used where nothing else is said: the whole text to standard error, where there is a finding of
    /// <see cref="Severity.Warning"/> or above; nothing otherwise.
    /// </summary>
    public static DiagnosticsSink Default { get; } = new TextSink(() => System.Console.Error, Severity.Warning);

    /// <summary>What is used where nothing else is said and the context is known: standard error as above, and <see cref="MLContext.Log"/>.</summary>
    internal static IReadOnlyList<DiagnosticsSink> Defaults(IHostEnvironment? environment) =>
        environment is null ? [Default] : [Default, new ContextLogSink(environment)];

    /// <summary>Takes one report.</summary>
    /// <param name="report">The report.</param>
    public abstract void Write(DiagnosticReport report);

    /// <summary>The whole text to a writer, where a finding reaches a severity.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="from">The least severity a report must reach to be written; <see cref="Severity.None"/> writes all.</param>
    /// <returns>The sink.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public static DiagnosticsSink Text(TextWriter writer, Severity from = Severity.None)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return new TextSink(() => writer, from);
    }

    /// <summary>One message per unfolded finding to <see cref="MLContext.Log"/>, source <c>MLNetDebug</c>.</summary>
    /// <param name="ml">The context.</param>
    /// <returns>The sink.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ml"/> is null.</exception>
    public static DiagnosticsSink Log(MLContext ml)
    {
        ArgumentNullException.ThrowIfNull(ml);
        return new ContextLogSink(ml);
    }

    /// <summary>One entry per unfolded finding to a logger, with rule, severity, place and message as properties.</summary>
    /// <param name="logger">The logger.</param>
    /// <returns>The sink.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="logger"/> is null.</exception>
    public static DiagnosticsSink Log(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return new LoggerSink(logger);
    }

    /// <summary>Calls back with the report.</summary>
    /// <param name="callback">What to call.</param>
    /// <returns>The sink.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public static DiagnosticsSink Callback(Action<DiagnosticReport> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new CallbackSink(callback);
    }
}
