using Microsoft.ML.AutoML;
using MLNetDebug.Guards;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>One running trial: its token, the reason it is to end for, and the losses it shows. Thread-safe.</summary>
internal sealed class TrialControl : IProgress<FitSignal>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly GuardedExperimentOptions _options;
    private readonly MedianRule? _pruner;
    private readonly CancellationTokenSource _source;
    private readonly LossCurve _curve = new();
    private readonly long _started = System.Diagnostics.Stopwatch.GetTimestamp();
    private readonly List<Timer> _timers = [];

    // A listener that throws must not end pruning with it.
    private readonly SafeProgress<FitSignal>? _heard;
    private TrialEnd? _end;
    private bool _isDisposed;

    public TrialControl(TrialSettings settings, GuardedExperimentOptions options, MedianRule? pruner, CancellationToken experiment)
    {
        (Settings, _options, _pruner) = (settings, options, pruner);
        _heard = options.Guard.Signals is { } signals ? new SafeProgress<FitSignal>(signals) : null;
        (Parameters, Group) = (ParameterText.Of(settings), ParameterText.GroupOf(settings));
        _source = CancellationTokenSource.CreateLinkedTokenSource(experiment, options.Guard.CancellationToken);
    }

    public TrialSettings Settings { get; }

    /// <summary>The parameters as text.</summary>
    public string Parameters { get; }

    /// <summary>The pipeline; trials of one pipeline show comparable losses.</summary>
    public string Group { get; }

    /// <summary>Cancelled when this trial is to end, and with the experiment.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Wall time so far.</summary>
    public TimeSpan Elapsed => System.Diagnostics.Stopwatch.GetElapsedTime(_started);

    /// <summary>Why this trial is to end; null where it may go on.</summary>
    public TrialEnd? End
    {
        get
        {
            lock (_gate)
                return _end;
        }
    }

    /// <summary>Asks the trial to end; the first reason stays.</summary>
    public void Finish(TrialOutcome outcome, string reason)
    {
        lock (_gate)
        {
            if (_isDisposed || _end is not null)
                return;
            _end = new TrialEnd(outcome, reason);
        }

        // Outside of the lock: what listens to the token may ask for the reason.
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    /// <summary>Asks the trial to end after a time.</summary>
    public void FinishAfter(TimeSpan time, TrialOutcome outcome, string reason) =>
        _timers.Add(new Timer(_ => Finish(outcome, reason), null, time > TimeSpan.Zero ? time : TimeSpan.Zero, Timeout.InfiniteTimeSpan));

    /// <summary>The guard of this trial's next fit.</summary>
    /// <param name="isHeard">Whether its losses count for pruning: those of the first fold do.</param>
    public GuardOptions Guard(bool isHeard = true)
    {
        var own = _options.Guard;
        return own with
        {
            CancellationToken = Token,
            TimeBudget = Least(own.TimeBudget, _options.TrialBudget - Elapsed),
            Signals = isHeard && _pruner is not null ? this : own.Signals,
            // A hundred trials would fill the console; whoever wants that sets the sinks.
            Diagnostics = own.Diagnostics with { Sinks = own.Diagnostics.Sinks ?? [] },
        };
    }

    /// <summary>Takes what training shows of itself, on whatever thread.</summary>
    public void Report(FitSignal value)
    {
        _heard?.Report(value);
        if (_pruner is null || value.Loss is not { } loss || (value.Step ?? value.Iteration) is not { } position)
            return;
        string? reason;
        lock (_gate)
            reason = !_isDisposed && _curve.Add(position, loss) ? _pruner.Judge(Group, _curve) : null;
        if (reason is not null)
            Finish(TrialOutcome.Pruned, reason);
    }

    /// <summary>Makes the losses of this trial, which has completed, a measure for later ones.</summary>
    public void Complete()
    {
        lock (_gate)
            _isDisposed = true;
        if (_curve.Position > double.NegativeInfinity)
            _pruner?.Finish(Group, _curve);
    }

    public void Dispose()
    {
        lock (_gate)
            _isDisposed = true;
        _timers.ForEach(t => t.Dispose());
        _source.Dispose();
    }

    private static TimeSpan? Least(TimeSpan? one, TimeSpan? other)
    {
        var least = one is null || other < one ? other : one;
        // A budget that is over already is one that ends at once.
        return least is { } time && time < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : least;
    }
}
