using System.Diagnostics;
using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Zoo.Fuzz;

/// <summary>Fuzzed rows and options through a guarded trainer: a living model, a report that stopped it, one clear exception, or what the trainer throws without a guard as well.</summary>
internal static class FuzzGuard
{
    /// <summary>Runs one input.</summary>
    public static FuzzOutcome Of(int seed)
    {
        var started = Stopwatch.GetTimestamp();
        var random = new Random(seed);
        var trainer = StockTrainers.All[random.Next(StockTrainers.All.Count)];
        using var cancellation = new CancellationTokenSource();
        var (rows, isHostile) = Rows(random, trainer);
        var view = random.Next(10) == 0 ? new CancellingRows(rows, cancellation, random.Next(400)) : rows;
        var options = Options(random, cancellation.Token);
        var (kind, detail) = Judge(trainer, view, options, () => trainer.Create(new MLContext(1)).Fit(rows), () => cancellation.IsCancellationRequested);
        return new FuzzOutcome(seed, kind, detail is null ? null : $"{trainer.Name}{(isHostile ? " on hostile columns" : string.Empty)}: {detail}", Stopwatch.GetElapsedTime(started));
    }

    private static (string Kind, string? Detail) Judge(StockTrainer trainer, IDataView view, GuardOptions options, Func<object> unguarded, Func<bool> isCancelled)
    {
        try
        {
            var model = trainer.Guarded(new MLContext(1), options).Fit(view);
            var report = model.DiagnosticReports().Single();
            _ = report.ToText();
            _ = report.ToJson(includeValues: true);
            // The promise: with its defaults no dead model leaves a guard.
            if (options is { CheckModel: true, Diagnostics.FailOn: not Severity.None } && PublicParameters.Of(model) is { NonFinite: > 0 } dead)
                return (FuzzOutcome.Other, $"a model with {dead.NonFinite} parameters that are not finite left the guard");
            return ("model", null);
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
        catch (TimeoutException)
        {
            return ("out of budget", null);
        }
        catch (Exception e)
        {
            return FuzzOutcome.IsClear(e) ? (FuzzOutcome.Clear, e.Message) : ThrowsAsWell(unguarded, e) ? ("as without a guard", e.Message) : (FuzzOutcome.Other, e.ToString());
        }
    }

    private static bool ThrowsAsWell(Func<object> unguarded, Exception guarded)
    {
        try
        {
            _ = unguarded();
            return false;
        }
        catch (Exception alone)
        {
            return alone.GetType() == guarded.GetType() && alone.Message == guarded.Message;
        }
    }

    private static (IDataView Rows, bool IsHostile) Rows(Random random, StockTrainer trainer)
    {
        var count = random.Next(8) switch { 0 => 0, 1 => 1, 2 => random.Next(2, 12), _ => random.Next(20, 200) };
        if (count == 0 || random.Next(3) == 0)
        {
            MemoryColumn[] columns = [FuzzColumns.Any(random, "Features", count), .. trainer.Label is { } label ? [random.Next(2) == 0 ? FuzzColumns.Label(random, label, count) : FuzzColumns.Any(random, label, count)] : Array.Empty<MemoryColumn>(), FuzzColumns.Any(random, HostileText.Name(random), count)];
            return (new MemoryView(count, columns), true);
        }

        var drawn = StockRows.Draw(count, random.Next(3, 8), random.Next());
        float[] hostile = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon, 1e20f, 0];
        for (var damages = random.Next(4); damages > 0; damages--)
        {
            var (value, one, every) = (hostile[random.Next(hostile.Length)], random.Next(count), random.Next(3) == 0);
            drawn = drawn.WithFeature(random.Next(drawn.Features.Length), (v, i) => every ? v * value : i == one ? value : v);
        }

        var target = hostile[random.Next(hostile.Length)];
        var at = random.Next(count * 2);
        return (drawn.ToView((v, i) => i == at ? target : v), false);
    }

    private static GuardOptions Options(Random random, CancellationToken token)
    {
        var diagnostics = new DiagnosticsOptions { Sinks = [], FailOn = random.Next(4) == 0 ? (Severity)random.Next(4) : Severity.Error, TrainingBudget = TimeSpan.FromMilliseconds(20), Seed = random.Next() };
        return new GuardOptions
        {
            Diagnostics = random.Next(12) == 0 ? FuzzOptions.Any(random, ["Features", "Label"], token) : diagnostics,
            Data = (DataChecks)random.Next(3),
            CheckModel = random.Next(6) != 0,
            ScoredRows = random.Next(10) == 0 ? random.Next(-1, 100_001) : 100,
            MaxPasses = random.Next(6) == 0 ? random.Next(0, 6) : null,
            // Without an end SDCA never comes back from rows that all lack a feature.
            TimeBudget = random.Next(8) == 0 ? TimeSpan.FromMilliseconds(random.Next(0, 30)) : TimeSpan.FromSeconds(3),
            CancellationToken = token,
        };
    }

    private sealed class CancellingRows(IDataView source, CancellationTokenSource cancellation, int row) : WatchedView(source, r => Cancel(cancellation, r, row))
    {
        private static void Cancel(CancellationTokenSource cancellation, long read, int row)
        {
            if (read == row)
                cancellation.Cancel();
        }
    }
}
