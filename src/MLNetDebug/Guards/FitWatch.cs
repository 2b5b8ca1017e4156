using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>Watches one fit from outside: hands the trainer an observed view, ends it when asked to, and writes down what was seen.</summary>
internal sealed class FitWatch
{
    private const int MaxWarnings = 100;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly string _trainer;
    private readonly GuardOptions _options;
    private readonly IReadOnlyList<TrainerHost> _hosts;
    private readonly FitMonitor _monitor;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _warnings = [];
    private readonly Stopwatch _watch = new();
    private readonly ClosedTrainer? _closed;
    private readonly SignalLog _log;
    private readonly LiveProbe? _probe;
    private readonly string? _unseen;
    private bool _hostsCancelled;
    private double? _accuracy;
    private CheckpointTeller? _teller;

    public FitWatch(object trainer, GuardOptions options, CancellationToken cancellation)
    {
        (_trainer, _options, _cancellation) = (trainer.GetType().Name.Split('`')[0], options, cancellation);
        _hosts = TrainerHost.Of(trainer);
        _monitor = new FitMonitor(GracefulTrainers.Keep(_trainer), options.MaxPasses, cancellation);
        _log = new SignalLog(options.Signals);
        _closed = ClosedTrainer.Of(trainer);
        if (_closed is not null)
            (_probe, _unseen) = LiveProbe.Create(_closed, _hosts, _monitor, _log, options.OnDivergence == DivergenceAction.KeepBest);
        _monitor.Probe = _probe;
    }

    /// <summary>Fits.</summary>
    /// <returns>The fitted transformer, or the exception that came instead; and what was seen.</returns>
    public (T? Fitted, Exception? Error, FitRun Run) Fit<T>(IDataView input, Func<IDataView, T> fit)
        where T : ITransformer
    {
        var before = _hosts.Select(h => h.Checkpoints).ToArray();
        if (_options.Signals is { } heard)
            _teller = new CheckpointTeller(_hosts, before, r => heard.Report(ToSignal(r, _watch.Elapsed - (DateTime.UtcNow - r.At))));
        using var listening = _hosts.FirstOrDefault()?.Listen(OnMessage);
        using var cancel = _cancellation.Register(() => End(StopReason.Cancelled));
        using var stop = _options.StopToken.Register(() => End(StopReason.StopRequested));
        using var budget = _options.TimeBudget is { } time ? new Timer(_ => End(StopReason.TimeBudget), null, time, Timeout.InfiniteTimeSpan) : null;
        using var ticking = _options.Signals is null && _options.Diagnostics.Progress is null ? null : new Timer(_ => OnTick(), null, Tick, Tick);
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
        && (_options.Signals is not null || _options.OnDivergence == DivergenceAction.KeepBest);

    private void OnMessage(string source, ChannelMessage message)
    {
        if (message.Kind < ChannelMessageKind.Warning)
        {
            if (_probe is not null && message.Kind == ChannelMessageKind.Info && LoggedLoss.TryRead(message.Message, out var loss))
                _probe.OnLogged(loss);
            else if (_closed is not null && message.Kind == ChannelMessageKind.Info && ValidationPass.TryReadAccuracy(message.Message, out var accuracy))
                _accuracy = accuracy;
            return;
        }

        var text = message.Message.ReplaceLineEndings(" ");
        lock (_warnings)
        {
            if (_warnings.Count < MaxWarnings && !_warnings.Contains(text))
                _warnings.Add(text);
        }
    }

    private void OnTick()
    {
        _options.Diagnostics.Progress?.Report(new DiagnosticsProgress("fit", _monitor.Rows, null));
        if (_probe is null && _options.Signals is { } signals && _hosts.Select(h => h.Now()).FirstOrDefault(r => r is not null) is { } reading)
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
            Warnings = [.. _warnings],
            NotObserved = [.. NotObserved()],
            StopReason = _monitor.Reason,
            ReportedAccuracy = _accuracy,
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

    private IEnumerable<string> NotObserved()
    {
        var missing = _hosts.SelectMany(h => h.Missing).Distinct().ToArray();
        if (missing.Length > 0)
            yield return $"this version of ML.NET has no {Words.Names(missing)}: what {_trainer} logs and reports, and the end of loops that read no rows, could not be observed";
        if (_hosts.Count == 0)
            yield return $"{_trainer} keeps no host: what it logs and reports could not be observed";
        if (_unseen is not null || (_closed is not null && _probe?.HasSeen != true && _monitor.Passes > 1))
            yield return $"losses, gradients and weights while {_trainer} ran: {_unseen ?? "the object that trains was not found in this version"}";
        else if (_closed?.Kind == ClosedTrainerKind.NamedEntityRecognition)
            yield return "the loss of NerTrainer: it fits labels to tokens inside; gradients and weights were watched";
        if (GracefulTrainers.CannotBeReached(_trainer) && _monitor.Passes <= 1)
            yield return $"{_trainer} loads its rows first and asks nobody while it learns: a cancellation or a time budget takes effect when it has ended";
    }

    private static FitSignal ToSignal(ProgressReading reading, TimeSpan elapsed) => new(elapsed)
    {
        Iteration = reading.Iteration,
        Loss = reading.Metrics.Where(m => m.Name == "Loss").Select(m => (double?)m.Value).FirstOrDefault(),
        Metrics = [.. reading.Metrics.Where(m => m.Name != "Loss")],
    };
}
