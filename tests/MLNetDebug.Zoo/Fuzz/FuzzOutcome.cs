using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Reports;

namespace MLNetDebug.Zoo.Fuzz;

/// <summary>What came of one fuzzed input.</summary>
/// <param name="Seed">The input's seed.</param>
/// <param name="Kind">Such as <c>report</c> or <c>cancelled</c>; <c>other</c> where the house's rules were broken.</param>
/// <param name="Detail">What was thrown: all of it for <c>other</c>, the message for a clear exception.</param>
/// <param name="Elapsed">Wall time.</param>
internal sealed record FuzzOutcome(int Seed, string Kind, string? Detail, TimeSpan Elapsed)
{
    public const string Other = "other";

    public const string Clear = "one clear exception";

    /// <summary>Runs one input.</summary>
    public static FuzzOutcome Of(int seed)
    {
        var started = Stopwatch.GetTimestamp();
        var (kind, detail) = seed % 10 == 3 ? OfFile(seed) : OfData(seed);
        return new FuzzOutcome(seed, kind, detail, Stopwatch.GetElapsedTime(started));
    }

    private static (string Kind, string? Detail) OfData(int seed)
    {
        using var input = new FuzzInput(seed);
        return Judge(() => Reports(new MLContext(1), input), () => input.IsCancelled);
    }

    private static (string Kind, string? Detail) OfFile(int seed)
    {
        var (random, file) = (new Random(seed), default(FuzzFile));
        try
        {
            file = new FuzzFile(seed);
        }
        catch (Exception)
        {
            // ML.NET's own option classes refuse some values when they are set.
            return ("refused by ML.NET's options", null);
        }

        using (file)
        {
            var path = random.Next(20) == 0 ? file.Path + ".absent" : file.Path;
            return Judge(() => [new MLContext(1).Diagnostics().CheckFile(path, file.Options, new DiagnosticsOptions { Sinks = [] })], () => false);
        }
    }

    private static (string Kind, string? Detail) Judge(Func<IReadOnlyList<DiagnosticReport>> run, Func<bool> isCancelled)
    {
        try
        {
            foreach (var report in run())
            {
                _ = report.ToText();
                _ = report.ToJson(includeValues: true);
            }

            return ("report", null);
        }
        catch (DiagnosticException stopped)
        {
            _ = stopped.Report.ToText();
            return ("stopped", null);
        }
        catch (OperationCanceledException) when (isCancelled())
        {
            return ("cancelled", null);
        }
        catch (SourceBrokenException)
        {
            return ("source's own exception", null);
        }
        catch (Exception e)
        {
            return IsClear(e) ? (Clear, e.Message) : (Other, e.ToString());
        }
    }

    private static IReadOnlyList<DiagnosticReport> Reports(MLContext ml, FuzzInput input)
    {
        if (!input.AsPipeline)
            return [ml.Diagnostics().Validate(input.Train, input.Test, input.Options)];
        // A chain without a trainer: what is thrown is ours to answer for.
        IEstimator<ITransformer> pipeline = new EstimatorChain<ITransformer>();
        return pipeline.AppendDiagnostics(input.Options with { HoldOut = input.Test }).Fit(input.Train).DiagnosticReports();
    }

    /// <summary>One sentence of our own, thrown by our own code.</summary>
    public static bool IsClear(Exception e)
    {
        if (e is not (ArgumentException or InvalidOperationException or FileNotFoundException) || e is ObjectDisposedException)
            return false;
        var thrower = new StackTrace(e).GetFrames()
            .Select(f => f.GetMethod()?.DeclaringType).OfType<Type>()
            .FirstOrDefault(t => t != typeof(ArgumentNullException) && t != typeof(ArgumentException) && t != typeof(ArgumentOutOfRangeException));
        var sentence = e.Message.Split(" (Parameter '")[0].TrimEnd();
        return thrower?.Assembly == typeof(Finding).Assembly && sentence.Length >= 20 && sentence.Contains(' ');
    }
}
