using System.Diagnostics;
using Microsoft.ML;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>
/// Watches a network from the cursor that feeds it: when the trainer asks for the first row of a batch, the step before is done and its gradients still stand. Reads
/// weights and gradients, and changes nothing.
/// </summary>
internal sealed class LiveProbe : IRowProbe, IDisposable
{
    private readonly ClosedTrainer _trainer;
    private readonly IReadOnlyList<TrainerHost> _hosts;
    private readonly TorchAccess _torch;
    private readonly FitMonitor _monitor;
    private readonly SignalLog _log;
    private readonly BatchLoss? _loss;
    private readonly BestWeights? _best;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private LiveTrainer? _live;
    private Action? _unhook;
    private double? _rate;
    private double? _logged;
    private double _firstNorm = double.NaN;
    private int _pass = -1;
    private int _updates;
    private int _rows;
    private long _step;
    private bool _passBegins;

    private LiveProbe(ClosedTrainer trainer, IReadOnlyList<TrainerHost> hosts, TorchAccess torch, FitMonitor monitor, SignalLog log, bool keepsBest)
    {
        (_trainer, _hosts, _torch, _monitor, _log) = (trainer, hosts, torch, monitor, log);
        _loss = BatchLoss.Of(trainer);
        _best = keepsBest ? new BestWeights(torch) : null;
    }

    public IEnumerable<DataViewSchema.Column> Columns => [];

    /// <summary>The moment the numbers were left; null where they never were.</summary>
    public FitSignal? NonFinite { get; private set; }

    /// <summary>The epoch whose weights were put back; null where they were not.</summary>
    public int? RestoredEpoch { get; private set; }

    /// <summary>True where steps were seen.</summary>
    public bool HasSeen => _live is not null;

    private int Epoch => _pass - 1;

    /// <summary>A probe, or the reason why there is none.</summary>
    public static (LiveProbe? Probe, string? Reason) Create(ClosedTrainer trainer, IReadOnlyList<TrainerHost> hosts, FitMonitor monitor, SignalLog log, bool keepsBest)
    {
        if (TorchPackages.TorchSharpOf(trainer.Trainer.GetType().Assembly) is not { } assembly || TorchAccess.Of(assembly) is not { } torch)
            return (null, "TorchSharp is not the one that is known");
        return torch.Missing.Count > 0 ? (null, $"TorchSharp has no {string.Join(", ", torch.Missing)}") : (new LiveProbe(trainer, hosts, torch, monitor, log, keepsBest), null);
    }

    public IRowProbe? Begin(DataViewRow row)
    {
        _pass++;
        _passBegins = true;
        _loss?.Begin(row);
        return this;
    }

    public void BeforeRow()
    {
        if (_passBegins)
        {
            // The last batch of the pass before is done by now, however few rows it had.
            if (_live is not null && _rows > 0)
                EndStep();
            if (_live is not null && NonFinite is null)
                EndEpoch();
            else
                Attach();
            _passBegins = false;
            _updates = _live?.Updates ?? 0;
        }
        else if (_live is not null && _rows > 0 && IsStepOver())
        {
            EndStep();
        }
    }

    public void OnRow()
    {
        // Rows that are only counted belong to no step.
        if (_live is null)
            return;
        _rows++;
        _loss?.OnRow();
    }

    /// <summary>The trainer wrote the loss of the step it has just done into the log.</summary>
    public void OnLogged(double loss) => _logged = loss;

    /// <summary>Looks at the finished network: the last step of all is followed by no row.</summary>
    /// <param name="model">The network of the fitted transformer; null where it is not shown.</param>
    public void Finish(object? model)
    {
        if (_live is not null && model is not null && NonFinite is null && _rows > 0)
            EndStep();
        if (_best?.Epoch is { } epoch && _monitor.Reason == StopReason.GoBack && model is not null)
        {
            _best.Restore(model);
            RestoredEpoch = epoch;
        }
    }

    public void Dispose()
    {
        _unhook?.Invoke();
        _best?.Dispose();
    }

    private void Attach()
    {
        // While rows are counted there is no network yet.
        if (_live is not null || _pass == 0 || LiveTrainer.Find(_hosts) is not { } live)
            return;
        _live = live;
        _rate = live.LearningRate;
        _firstNorm = Math.Sqrt(_torch.Parameters(live.Model).Sum(p => _torch.Scan(p.Tensor).SquaredNorm));
        if (_loss is not null && _torch.Modules(live.Model).FirstOrDefault(m => m.Name.EndsWith("Classifier.dense", StringComparison.Ordinal)).Module is { } head)
            _unhook = _torch.OnOutput(head, o => _loss.OnOutput(_torch, o));
    }

    private bool IsStepOver()
    {
        if (_trainer.Kind != ClosedTrainerKind.QuestionAnswer)
            return _rows == _trainer.BatchSize;
        // Rows whose answer cannot be found are skipped: only the trainer knows when a batch is full.
        var updates = _live!.Updates;
        if (updates == _updates)
            return false;
        _updates = updates;
        return true;
    }

    private void EndStep()
    {
        var scansWeights = _step < LiveLimits.FirstSteps || _step % LiveLimits.StepsPerScan == 0;
        var seen = new WeightScan(_torch, _live!.Model, scansWeights);
        var signal = new FitSignal(_watch.Elapsed)
        {
            Epoch = Epoch - (_passBegins ? 1 : 0),
            Step = _step,
            Loss = _loss?.Value ?? _logged,
            GradientNorm = seen.GradientNorm,
            ParameterNorm = seen.ParameterNorm,
            LearningRate = _rate,
            NonFiniteTensors = seen.NonFinite,
            FirstNonFinite = seen.First,
        };
        _log.Add(signal);
        _rate = _live.LearningRate;
        _step++;
        _rows = 0;
        _logged = null;
        _loss?.EndStep();
        if (seen.NonFinite > 0 || (signal.Loss is { } loss && !double.IsFinite(loss)) || seen.ParameterNorm > _firstNorm * LiveLimits.NormGrowth)
            Diverged(signal);
    }

    private void EndEpoch() => _best?.Offer(_live!.Model, Epoch - 1, _log.MeanLoss(Epoch - 1));

    private void Diverged(FitSignal signal)
    {
        NonFinite ??= signal;
        _monitor.Interrupt(_best?.Epoch is null ? StopReason.Diverged : StopReason.GoBack);
    }
}
