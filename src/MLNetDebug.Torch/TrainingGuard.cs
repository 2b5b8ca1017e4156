using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Actions;
using MLNetDebug.Torch.Training.Signals;
using MLNetDebug.Torch.Training.Snapshots;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch;

/// <summary>
/// Watches a training loop of the user's own: reads loss, gradients and labels at every step and more at some, lets rules judge what they show, and acts within its <see cref="TrainingPolicy"/>. Use it
/// on the thread that trains. With <see cref="TrainingPolicy.Observe"/> a seeded training ends in the same bits as without.
/// </summary>
/// <example>
/// <code>
/// using var guard = TrainingGuard.Attach(model, optimizer);
/// foreach (var (x, y) in batches)
/// {
///     using var scope = torch.NewDisposeScope();
///     guard.Step((x, y), b => loss.call(model.call(b.x), b.y));
/// }
/// </code>
/// </example>
public sealed partial class TrainingGuard : IDisposable
{
    private readonly nn.Module _model;
    private readonly IReadOnlyList<optim.Optimizer> _optimizers;
    private readonly TrainingGuardOptions _options;
    private readonly FindingLog _log;
    private readonly TrainingSignals _signals;
    private readonly RateControl _rates;
    private readonly GradientClipper _clipper;
    private readonly Mender _mender;
    private readonly HistoryWriters _history;
    private readonly WeightSnapshot? _statistics;
    private readonly List<TrainingEvent> _events = [];
    private readonly int _judgeEvery;
    private GoodSnapshot? _good;
    private Tensor? _random;
    private GuardedStep? _open;
    private NonFiniteIncident? _incident;
    private double _usualNorm = double.NaN;
    private double _bestValidation = double.NaN;
    private bool _wasBeginUsed;
    private bool _isRunning;
    private bool _isDisposed;
    private bool _isStopped;
    private int _inRow;
    private long _skipped;
    private long _located;

    private TrainingGuard(nn.Module model, IReadOnlyList<optim.Optimizer> optimizers, TrainingGuardOptions options)
    {
        _log = new FindingLog(options);
        (_model, _optimizers, _options) = (model, optimizers, options);
        // What shall be mended is to be known early: each step with a rate too large makes it worse.
        _judgeEvery = options.Policy == TrainingPolicy.Mend ? Math.Min(options.JudgeEvery, options.SampleEvery) : options.JudgeEvery;
        _signals = new TrainingSignals(model, optimizers, options.SampleEvery);
        _rates = new RateControl(optimizers);
        _clipper = new GradientClipper(options.Clip);
        _mender = new Mender(_signals, _rates, _clipper, options.MaxMends, Tell);
        _history = new HistoryWriters(options.History);
        _statistics = options.Policy == TrainingPolicy.Observe ? null : WeightSnapshot.OfStatistics(model);
    }

    /// <summary>Steps so far.</summary>
    public long Steps => _signals.Step + 1;

    /// <summary>The run as it stands, in numbers.</summary>
    public TrainingWindow Window => Complete(_signals.Window());

    /// <summary>Counts the time of the loop's own passes and updates within <c>Step</c>; null where nobody asks.</summary>
    internal LentTime? Lent
    {
        get => _signals.Lent;
        set => _signals.Lent = value;
    }

    /// <summary>Begins to watch a training with one optimizer.</summary>
    /// <param name="model">The network.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="options">How to watch. Default: warn, leave out steps that are not finite, stop after three in a row.</param>
    /// <returns>The guard; dispose it where training ends.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors are in one message.</exception>
    public static TrainingGuard Attach(nn.Module model, optim.Optimizer optimizer, TrainingGuardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return Attach(model, [optimizer], options);
    }

    /// <summary>Begins to watch a training with several optimizers.</summary>
    /// <param name="model">The network.</param>
    /// <param name="optimizers">Its optimizers, at least one and each once.</param>
    /// <param name="options">How to watch.</param>
    /// <inheritdoc cref="Attach(nn.Module, optim.Optimizer, TrainingGuardOptions)"/>
    public static TrainingGuard Attach(nn.Module model, IReadOnlyList<optim.Optimizer> optimizers, TrainingGuardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizers);
        if (optimizers.Count == 0 || optimizers.Contains(null!))
            throw new ArgumentException("At least one optimizer is needed, and none may be null.", nameof(optimizers));
        if (optimizers.Distinct().Count() < optimizers.Count)
            throw new ArgumentException("An optimizer stands twice among the optimizers: a step would step it twice.", nameof(optimizers));
        return new TrainingGuard(model, [.. optimizers], options ?? new());
    }

    /// <summary>Ends an epoch.</summary>
    /// <param name="validation">What was measured on held-out rows; null where nothing was.</param>
    /// <returns>The epoch.</returns>
    /// <exception cref="ArgumentException">The validation's tensors do not fit each other.</exception>
    /// <exception cref="InvalidOperationException">The training was stopped before.</exception>
    /// <exception cref="ObjectDisposedException">The guard was disposed.</exception>
    public EpochRecord EndEpoch(Validation? validation = null)
    {
        ThrowIfOver();
        CloseStep();
        var held = validation is null ? null : ValidationReader.Read(validation);
        var record = _signals.EndEpoch(held, _rates.Current);
        _history.Add(record);
        Judge(Complete(_signals.Window()) with { IsEpochEnd = true });
        // A guard that mends goes back by the training loss: its snapshot must be fit to go on from.
        if (_options.Policy == TrainingPolicy.Default && held is not null && double.IsFinite(held.Loss) && !(held.Loss >= _bestValidation))
        {
            _bestValidation = held.Loss;
            _good?.Take(Steps, held.Loss);
        }

        ReportProgress();
        return record;
    }

    /// <summary>Stops watching: takes its hooks away, ends its histories and frees its copies. The network is left as it is, and the report can still be read.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        CloseStep();
        _isDisposed = true;
        _rates.Dispose();
        _history.Dispose();
        _signals.Dispose();
        _statistics?.Dispose();
        _good?.Dispose();
        _random?.Dispose();
    }

    private void Open(IReadOnlyList<Tensor> batch)
    {
        ThrowIfOver();
        if (_isRunning)
            throw new InvalidOperationException("A step is running: its loss cannot begin another.");
        CloseStep();
        if (_signals.Gone is { } gone)
            throw new InvalidOperationException($"The network's parameters were replaced after the guard was attached, as by `to`: {gone.Name} is gone. Convert the network first, then make its optimizer, then attach a guard.");
        _random?.Dispose();
        _random = RandomState.Get().DetachFromDisposeScope();
        KeepGood();
        _statistics?.Take();
        _signals.Begin(batch);
    }

    private void AfterUpdate(double loss, IReadOnlyList<KeyValuePair<string, double>> terms, bool isTaken)
    {
        var wasSampling = _signals.IsSampling;
        var finite = _signals.AfterUpdate(isTaken);
        if (!_history.IsEmpty)
            _history.Add(_signals, loss, terms, _rates.Current, isTaken, wasSampling);
        if (!finite && isTaken && _incident is null && _signals.Parameters.FirstOrDefault(p => p.IsNonFinite) is { } broken)
        {
            _incident = new NonFiniteIncident
            {
                Step = _signals.Step,
                Direction = NonFiniteDirection.Update,
                Seen = $"parameter {broken.Name}",
                Module = broken.Module,
                Tensor = broken.Name,
            };
            Judge(Complete(_signals.Window()));
        }

        if (_signals.Step % _options.JudgeEvery == _options.JudgeEvery - 1)
            ReportProgress();
    }

    private IReadOnlyList<Finding> Judge(TrainingWindow window) => Judge(window, out _);

    private IReadOnlyList<Finding> Judge(TrainingWindow window, out IReadOnlyList<Finding> first)
    {
        var all = _log.Judge(window, out first);
        foreach (var finding in first)
        {
            Tell(TrainingEventKind.Found, finding.Rule.Id, finding.Message);
            _options.OnFinding?.Invoke(finding);
        }

        return all;
    }

    private TrainingWindow Complete(TrainingWindow window) => window with { RateFactor = _rates.Factor, LastActionStep = _mender.LastActionStep, NonFinite = _incident };

    private void ThrowIfOver()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isStopped)
            throw new InvalidOperationException("This training was stopped; attach a new guard to go on.");
    }

    private void CloseStep()
    {
        _open?.Dispose();
        _open = null;
    }
}
