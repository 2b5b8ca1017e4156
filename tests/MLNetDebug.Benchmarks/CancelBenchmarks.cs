using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Tables;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Benchmarks;

/// <summary>How long a fit goes on after its token was cancelled from another thread, at moments spread over the training: 200,000 cached rows of 20 features.</summary>
internal static class CancelBenchmarks
{
    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        var ml = new MLContext(1);
        var view = ml.Data.Cache(StockRows.Draw(arguments.Quick ? 20_000 : 200_000).ToView());
        var judged = new List<(StockTrainer Trainer, double Median, bool IsUsable)>();
        foreach (var trainer in StockTrainers.All.Where(t => arguments.Wants(t.Name)))
        {
            var watch = Stopwatch.StartNew();
            trainer.Create(ml).Fit(view);
            var training = watch.Elapsed;
            var delays = Enumerable.Range(1, arguments.Quick ? 5 : 15).Select(i => Delay(ml, trainer, view, training * i / (arguments.Quick ? 6 : 16))).OfType<double>().Order().ToArray();
            // The same context trains on.
            var isUsable = trainer.Create(ml).Fit(ml.Data.TakeRows(view, 1_000)) is not null;
            if (delays.Length == 0)
                continue;
            judged.Add((trainer, delays[delays.Length / 2], isUsable));
            yield return TableRow.Shown($"2.cancel-{trainer.Name}", delays.Length, delays[delays.Length / 2], $"ms median, {delays[^1]:0.0} at most; {(trainer.ReadsByCursor ? "reads by cursor" : "loads its rows first")}, {training.TotalMilliseconds:0} ms in all{(isUsable ? "" : "; the context is broken")}");
        }

        var byCursor = judged.Where(j => j.Trainer.ReadsByCursor).ToArray();
        yield return new TableRow("2.cancel-ms", byCursor.Length, byCursor.Max(j => j.Median), null, null, $"ms; worst: {byCursor.MaxBy(j => j.Median).Trainer.Name}", "<=", 50);
        yield return TableRow.Share("2.cancel-context-usable", judged.Count(j => j.IsUsable), judged.Count, "==", 1);
    }

    /// <summary>Milliseconds from the cancellation to the exception; null where the fit had ended before.</summary>
    private static double? Delay(MLContext ml, StockTrainer trainer, IDataView view, TimeSpan after)
    {
        using var cancel = new CancellationTokenSource();
        var guarded = trainer.Guarded(ml, new GuardOptions { Data = DataChecks.None, CancellationToken = cancel.Token, Diagnostics = new DiagnosticsOptions { Sinks = [] } });
        var cancelled = 0L;
        using var timer = new Timer(
            _ =>
            {
                Volatile.Write(ref cancelled, Stopwatch.GetTimestamp());
                cancel.Cancel();
            },
            null, after, Timeout.InfiniteTimeSpan);
        try
        {
            guarded.Fit(view);
            return null;
        }
        catch (OperationCanceledException)
        {
            return Stopwatch.GetElapsedTime(Volatile.Read(ref cancelled)).TotalMilliseconds;
        }
    }
}
