using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>Watches one fit from outside: hands the trainer an observed view, ends it when asked to, and writes down what was seen.</summary>
internal sealed class FitWatch
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly string _trainer;
    private readonly GuardOptions _options;
    private readonly IReadOnlyList<TrainerHost> _hosts;
    private readonly FitMonitor _monitor;
    private readonly CancellationToken _cancellation;
    private readonly FitMessages _messages;
    private readonly Stopwatch _watch = new();
    private readonly ClosedTrainer? _closed;
    private readonly SignalLog _log;
    private readonly LiveProbe? _probe;
    private readonly string? _unseen;
    private readonly SafeProgress<FitSignal>? _signals;
    private readonly SafeProgress<DiagnosticsProgress>? _progress;
    private bool _hostsCancelled;
    private CheckpointTeller? _teller;

    public FitWatch(object trainer, GuardOptions options, CancellationToken cancellation)
    {
        (_trainer, _options, _cancellation) = (trainer.GetType().Name.Split('`')[0], options, cancellation);
        _hosts = TrainerHost.Of(trainer);
        _monitor = new FitMonitor(GracefulTrainers.Keep(_trainer), options.MaxPasses, cancellation) { IsWatchful = MayEnd(options) || options.Signals is not null || options.Diagnostics.Progress is not null };
        _signals = options.Signals is { } signals ? new SafeProgress<FitSignal>(signals) : null;
        _progress = options.Diagnostics.Progress is { } progress ? new SafeProgress<DiagnosticsProgress>(progress) : null;
        _log = new SignalLog(_signals);
        _closed = ClosedTrainer.Of(trainer);
        if (_closed is not null)
            (_probe, _unseen) = LiveProbe.Create(_closed, _hosts, _monitor, _log, options.OnDivergence == DivergenceAction.KeepBest);
        _monitor.Probe = _probe;
        _messages = new FitMessages(_closed, _probe);
    }

    /// <summary>Fits.</summary>
    /// <returns>The fitted transformer, or the exception that came instead; and what was seen.</returns>
    public (T? Fitted, Exception? Error, FitRun Run) Fit<T>(IDataView input, Func<IDataView, T> fit)
        where T : ITransformer
    {
        var before = _hosts.Select(h => h.Checkpoints).ToArray();
        if (_probe is null && _signals is { } heard)
            _teller = new CheckpointTeller(_hosts, before, r => heard.Report(ToSignal(r, _watch.Elapsed - (DateTime.UtcNow - r.At))));
        using var listening = _messages.Listen(_hosts.FirstOrDefault());
        using var cancel = _cancellation.Register(() => End(StopReason.Cancelled));
        using var stop = _options.StopToken.Register(() => End(StopReason.StopRequested));
        using var budget = _options.TimeBudget is { } time ? new Timer(_ => End(StopReason.TimeBudget), null, time, Timeout.InfiniteTimeSpan) : null;
        using var ticking = _signals is null && _progress is null ? null : new Timer(_ => OnTick(), null, Tick, Tick);
        var fitted = default(T);
        Exception? error = null;
        var logEvery = LogsEveryStep() ? _closed!.Set("LogEveryNStep", 1) : null;
        _watch.Start();
        try
        {
            fitted = fit(new ObservedView(input, _monitor));
            _probe?.Finish(NetworkParameters.ModelOf(fitted));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            error = e;
        }
        finally
        {
            _watch.Stop();
            _teller?.Finish();
            _probe?.Dispose();
            if (logEvery is not null)
                _closed!.Set("LogEveryNStep", logEvery);
            if (Volatile.Read(ref _hostsCancelled))
            {
                foreach (var host in _hosts)
                    host.Revive();
            }
        }

        return (fitted, error, ToRun(error, before));
    }

    private static bool MayEnd(GuardOptions options) =>
        options.CancellationToken.CanBeCanceled || options.Diagnostics.CancellationToken.CanBeCanceled || options.StopToken.CanBeCanceled || options.TimeBudget is not null || options.MaxPasses is not null;

    private void End(StopReason reason)
    {
        _monitor.Interrupt(reason);
        if (_monitor.IsGraceful)
            return;
        // Trainers that hold their rows in memory ask their own host whether to go on; the context above it stays as it is.
        Volatile.Write(ref _hostsCancelled, true);
        foreach (var host in _hosts)
            host.Cancel();
    }

    /// <summary>Trainers that show a loss only in their log are asked to write every one while somebody wants to know it.</summary>
    private bool LogsEveryStep() =>
        _probe is not null && _closed!.Kind is ClosedTrainerKind.QuestionAnswer or ClosedTrainerKind.ObjectDetection
        && (_signals is not null || _options.OnDivergence == DivergenceAction.KeepBest);

    private void OnTick()
    {
        _progress?.Report(new DiagnosticsProgress("fit", _monitor.Rows, null));
        if (_probe is null && _signals is { } signals && _hosts.Select(h => h.Now()).FirstOrDefault(r => r is not null) is { } reading)
            signals.Report(ToSignal(reading, _watch.Elapsed));
        _teller?.Tell();
    }

    private FitRun ToRun(Exception? error, int[] before)
    {
        var ended = DateTime.UtcNow;
        var signals = _hosts.SelectMany((h, i) => h.CheckpointsSince(before[i])).Select(r => ToSignal(r, _watch.Elapsed - (ended - r.At)));
        return new FitRun
        {
            Trainer = _trainer,
            Outcome = OutcomeOf(error),
            Elapsed = _watch.Elapsed,
            Passes = _monitor.Passes,
            ShuffledPasses = _monitor.ShuffledPasses,
            Rows = _monitor.Rows,
            Signals = _probe is null ? [.. signals] : _log.Signals,
            NonFinite = _probe?.NonFinite,
            RestoredEpoch = _probe?.RestoredEpoch,
            Warnings = _messages.Warnings,
            NotObserved = [.. new FitBlindSpots(_trainer, _hosts, _closed, _monitor).Of(_probe, _unseen), .. Deaf()],
            StopReason = _monitor.Reason,
            ReportedAccuracy = _messages.Accuracy,
        };
    }

    private FitOutcome OutcomeOf(Exception? error) => (_monitor.Reason, error) switch
    {
        (StopReason.None, null) => FitOutcome.Completed,
        (StopReason.None, _) => FitOutcome.Failed,
        (StopReason.Diverged or StopReason.GoBack, _) => FitOutcome.Diverged,
        (StopReason.Cancelled, _) => FitOutcome.Cancelled,
        (_, not null) => FitOutcome.Cancelled,
        (_, null) => _monitor.IsGraceful ? FitOutcome.Stopped : FitOutcome.Completed,
    };

    private IEnumerable<string> Deaf()
    {
        if ((_signals?.Error ?? _progress?.Error) is { } thrown)
            yield return $"the rest of the fit, for the listener that was told of it: it threw {thrown.GetType().Name} ({thrown.Message.ReplaceLineEndings(" ")}) and was told nothing more";
    }

    private static FitSignal ToSignal(ProgressReading reading, TimeSpan elapsed) => new(elapsed)
    {
        Iteration = reading.Iteration,
        Loss = reading.Metrics.Where(m => m.Name == "Loss").Select(m => (double?)m.Value).FirstOrDefault(),
        Metrics = [.. reading.Metrics.Where(m => m.Name != "Loss")],
    };
}
