using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Losses;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>
/// Reads what a training run shows, on the training thread: the loss, the gradients and the labels at every step, parameters, updates and outputs at the sampled ones. It changes nothing and judges
/// nothing.
/// </summary>
internal sealed class TrainingSignals : IDisposable
{
    // A loss that three batches did not betray is the user's own.
    private const int LossSearches = 3;

    private readonly nn.Module _model;
    private readonly int _sampleEvery;
    private readonly SquareSums _sums = new();
    private readonly Ring _norms = new(TrainingWindow.GradientSteps);
    private readonly OutputWatch _outputs = new();
    private readonly List<EpochRecord> _epochs = [];
    private readonly Action? _removeRoot;
    private readonly ParameterIdentities _identities;
    private readonly OptimizerWatch[] _optimizers;
    private CallOrder? _order;
    private int?[]? _places;
    private int[]? _sorted;
    private Tensor? _output;
    private bool _isListening;
    private bool _wasRootCalled;
    private LossProfile? _kind;
    private int _searches;
    private readonly List<double> _constants = [];
    private (double Sum, long Count) _epochLoss;
    private (double Sum, long Count) _epochAccuracy;
    private long _epochStart;
    private long _updates;

    public TrainingSignals(nn.Module model, IReadOnlyList<optim.Optimizer> optimizers, int sampleEvery)
    {
        (_model, _sampleEvery) = (model, sampleEvery);
        var named = model.named_parameters().Where(p => p.parameter is { IsInvalid: false }).Select(p => (Name: p.name, Parameter: p.parameter)).ToArray();
        _identities = new ParameterIdentities(named);
        _optimizers = [.. optimizers.Select(o => new OptimizerWatch(o, _identities))];
        var modules = model.named_modules().Where(m => m.module is not null).Select(m => (m.name, m.module)).Prepend((name: "", module: model))
            .DistinctBy(m => m.name).ToDictionary(m => m.name, m => new ModuleProfile { Name = m.name, Type = m.module.GetType().Name, Kind = ModuleReader.KindOf(m.module) });
        var profiles = ParameterReader.Read(named, modules, _identities, new Dictionary<string, int?>());
        Parameters = [.. profiles.Zip(named, (p, n) => (Profile: p, n.Parameter)).Where(p => p.Profile.TiedTo is null).Select(p => new ParameterWatch(p.Profile, modules[p.Profile.Module].Type, p.Parameter))];
        _order = new CallOrder(model, () => IsInStep);
        _removeRoot = ModuleHooks.On(model, _ => { }, ReturnedByRoot);
    }

    public IReadOnlyList<ParameterWatch> Parameters { get; }

    public LossSeries Loss { get; } = new();

    public BatchWatch Batches { get; } = new();

    /// <summary>The optimizers as they stand.</summary>
    public IReadOnlyList<OptimizerProfile> Optimizers => [.. _optimizers.Select(o => o.Read())];

    /// <summary>Finished epochs.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>The running step; -1 before the first.</summary>
    public long Step { get; private set; } = -1;

    /// <summary>Zero-based.</summary>
    public int Epoch => _epochs.Count;

    /// <summary>The first step of the running epoch.</summary>
    public long EpochStart => _epochStart;

    /// <summary>True where the running step is looked at closely.</summary>
    public bool IsSampling { get; private set; }

    /// <summary>True from the beginning of a step until its gradients are read.</summary>
    public bool IsInStep { get; private set; }

    /// <summary>The norm over all gradients of the last step; NaN where it was not finite or there was none.</summary>
    public double GradientNorm => _norms.Last;

    /// <summary>Norms of the last steps.</summary>
    public Ring GradientNorms => _norms;

    /// <summary>The first parameter that was disposed since; null where all are there.</summary>
    public ParameterWatch? Gone
    {
        get
        {
            // At every step, and nearly always in vain: no closure is made for it.
            for (var i = 0; i < Parameters.Count; i++)
            {
                if (Parameters[i].Parameter.IsInvalid)
                    return Parameters[i];
            }

            return null;
        }
    }

    /// <summary>The parameters whose gradients were not finite at the last step.</summary>
    public IEnumerable<ParameterWatch> BadGradients => Parameters.Where(p => p.IsGradientNonFinite);

    /// <summary>Counts the time of the loop's own passes; null where nobody asks.</summary>
    public LentTime? Lent { get; set; }

    /// <summary>Which update the first that was sampled, since the run began or was put back, was for the optimizer; 0 before.</summary>
    public long FirstSampledUpdate { get; private set; }

    /// <summary>True where an output of the network was seen.</summary>
    public bool SawOutput { get; private set; }

    public void Begin(IReadOnlyList<Tensor> batch)
    {
        Step++;
        IsInStep = true;
        IsSampling = _isListening = Step % _sampleEvery == 0;
        Batches.Add(Step, batch);
        if (!IsSampling)
            return;
        foreach (var parameter in Parameters)
            parameter.SampleBefore();
    }

    /// <summary>Says whether the forward pass to come is on the batch whose labels were read: of several, the last one is.</summary>
    public void Listen(bool isLast) => _isListening = IsSampling && isLast;

    /// <summary>Listens no more until the next step: what is called between (a validation, a probe, a replay) says nothing of the training.</summary>
    public void StopListening()
    {
        IsInStep = _isListening = false;
        _output?.Dispose();
        _output = null;
    }

    /// <summary>Tells the parameters that an optimizer moves.</summary>
    public Func<ParameterWatch, bool> MovedBy(optim.Optimizer optimizer)
    {
        var names = optimizer.parameters().Select(_identities.NameOf).OfType<string>().ToHashSet();
        return p => names.Contains(p.Name);
    }

    /// <summary>Takes what the network returned, where the loop hands it over.</summary>
    public void Output(Tensor output)
    {
        if (!_wasRootCalled)
            Returned(output);
    }

    /// <summary>Reads loss and gradients after the backward pass. True where all are finite.</summary>
    /// <param name="loss">The loss as a number.</param>
    /// <param name="value">The same as a tensor; null where it is gone.</param>
    /// <param name="target">What it was computed against; null where that is not known.</param>
    /// <param name="isStepped">Tells the parameters that this step shall move: what the others hold are leftovers of another step. Null where all are.</param>
    public bool AfterBackward(double loss, Tensor? value, Tensor? target, Func<ParameterWatch, bool>? isStepped = null)
    {
        EndOfFirstForward();
        Loss.Add(Step, loss);
        if (double.IsFinite(loss))
            _epochLoss = (_epochLoss.Sum + loss, _epochLoss.Count + 1);
        _sums.ReadGradients(Parameters, IsSampling, isStepped);
        double squares = 0;
        var (any, finite) = (false, true);
        foreach (var parameter in Parameters)
        {
            finite &= !parameter.IsGradientNonFinite;
            if (double.IsNaN(parameter.GradientNorm))
                continue;
            any = true;
            squares += parameter.GradientNorm * parameter.GradientNorm;
        }

        _norms.Add(any && finite ? Math.Sqrt(squares) : double.NaN);
        if (IsSampling)
            LookForTheLoss(value, target);
        StopListening();
        return finite && double.IsFinite(loss);
    }

    /// <summary>Looks at the parameters after the update. True where they were not looked at, or are finite.</summary>
    public bool AfterUpdate(bool isTaken)
    {
        _updates += isTaken ? 1 : 0;
        if (!IsSampling)
            return true;
        if (isTaken && FirstSampledUpdate == 0)
            FirstSampledUpdate = _updates;
        var finite = true;
        foreach (var parameter in Parameters)
        {
            parameter.SampleAfter(isTaken);
            finite &= !parameter.IsNonFinite;
        }

        return finite;
    }

    /// <summary>Forgets what a rollback has undone.</summary>
    /// <param name="updates">Updates that the optimizer's state, as it was put back, stands on.</param>
    public void StartAnew(long updates)
    {
        (_updates, FirstSampledUpdate) = (updates, 0);
        _outputs.StartAnew();
        Loss.StartAnew();
        _norms.Clear();
        foreach (var parameter in Parameters)
            parameter.StartAnew();
    }

    /// <summary>Ends an epoch.</summary>
    public EpochRecord EndEpoch(ValidationRecord? validation, double learningRate)
    {
        Batches.EndEpoch();
        var record = new EpochRecord
        {
            Epoch = Epoch,
            FirstStep = _epochStart,
            Steps = Step + 1 - _epochStart,
            MeanLoss = _epochLoss.Count > 0 ? _epochLoss.Sum / _epochLoss.Count : double.NaN,
            Accuracy = _epochAccuracy.Count > 0 ? _epochAccuracy.Sum / _epochAccuracy.Count : double.NaN,
            LearningRate = learningRate,
            Validation = validation,
        };
        _epochs.Add(record);
        foreach (var optimizer in _optimizers)
            optimizer.Forget();
        (_epochLoss, _epochAccuracy, _epochStart) = ((0, 0), (0, 0), Step + 1);
        return record;
    }

    /// <summary>The run as it stands.</summary>
    public TrainingWindow Window() => new()
    {
        Network = _model.GetType().Name,
        Step = Step,
        Epoch = Epoch,
        SampleEvery = _sampleEvery,
        Loss = Loss.ToTrack() with
        {
            Kind = _kind?.Kind ?? LossKind.Unknown,
            Reduction = _kind?.Reduction ?? LossReduction.Unknown,
            Classes = _kind?.Classes ?? 0,
            ConstantLoss = ConstantLoss(),
        },
        GradientNorms = _norms.View(),
        Parameters = Tracks(),
        Batches = Batches.ToTrack(),
        Output = _outputs.ToTrack(),
        Optimizers = Optimizers,
        Epochs = [.. _epochs],
    };

    public void Dispose()
    {
        _removeRoot?.Invoke();
        _order?.Dispose();
        _output?.Dispose();
        foreach (var parameter in Parameters)
            parameter.Dispose();
    }

    private void ReturnedByRoot(object? result)
    {
        if (!_isListening)
            return;
        _wasRootCalled = true;
        // This is amid the loop's own forward pass.
        Lent?.End();
        Returned(result);
        Lent?.Begin();
    }

    private void Returned(object? result)
    {
        if (!_isListening || ModuleHooks.Tensors(result).FirstOrDefault(t => t is { IsInvalid: false }) is not { } output)
            return;
        SawOutput = true;
        _output?.Dispose();
        // Shares the memory and holds no graph; code behind the network may still change it in place.
        _output = output.detach().DetachFromDisposeScope();
        _outputs.Add(_output, Batches.Labels);
        if (!double.IsNaN(_outputs.Accuracy))
            _epochAccuracy = (_epochAccuracy.Sum + _outputs.Accuracy, _epochAccuracy.Count + 1);
    }

    private void LookForTheLoss(Tensor? value, Tensor? target)
    {
        if (_searches >= LossSearches || value is not { IsInvalid: false } || target is not { IsInvalid: false } || _output is null)
            return;
        _searches++;
        var profile = LossMeasurer.Describe(null, null, _output, target, value, null);
        if (_kind is null || _kind.Kind == LossKind.Unknown)
            _kind = profile;
        if (profile.Kind == _kind.Kind && double.IsFinite(profile.ConstantLoss))
            _constants.Add(profile.ConstantLoss);
    }

    private double ConstantLoss()
    {
        if (_kind is null)
            return double.NaN;
        var counts = Batches.Classes.Values.ToArray();
        var all = (double)counts.Sum();
        if (_kind.Kind is LossKind.CrossEntropy or LossKind.NegativeLogLikelihood or LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits && Batches.HasClassLabels && all > 0)
            return -counts.Sum(c => c / all * Math.Log(c / all));
        return _constants.Count > 0 ? _constants.Average() : double.NaN;
    }

    private ParameterTrack[] Tracks()
    {
        var tracks = new ParameterTrack[Parameters.Count];
        for (var i = 0; i < tracks.Length; i++)
        {
            var at = _sorted?[i] ?? i;
            tracks[i] = Parameters[at].ToTrack(_places?[at]);
        }

        return tracks;
    }

    private void EndOfFirstForward()
    {
        if (_order is null)
            return;
        int?[] places = [.. Parameters.Select(p => _order.Of(p.Module))];
        // Stable: what was not called keeps its place behind.
        (_places, _sorted) = (places, [.. Enumerable.Range(0, places.Length).OrderBy(i => places[i] ?? int.MaxValue)]);
        _order.Dispose();
        _order = null;
    }
}
