using System.Diagnostics;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>One run of the engine over a text file.</summary>
internal static class FileRun
{
    public static DiagnosticReport Execute(string path, TextLoader.Options loaderOptions, DiagnosticsOptions options, CancellationToken cancellation)
    {
        using var linked = DiagnosticsRun.Link(options, cancellation);
        var engine = DiagnosticsRun.EngineOf(options, r => r.Measured == typeof(FileCheck));
        var started = Stopwatch.GetTimestamp();
        var check = FileChecker.Check(path, loaderOptions, linked.Token, options.Progress);
        var elapsed = Stopwatch.GetElapsedTime(started);
        return engine.Judge($"file {check.FileName}", new Measurements().With(check)) with
        {
            Timings = [new Timing(nameof(FileCheck), elapsed)],
            Facts = [new Evidence($"{check.FileName}: rows", check.Rows) { Unit = "rows" }],
        };
    }
}
