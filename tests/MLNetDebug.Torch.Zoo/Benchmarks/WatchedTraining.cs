using MLNetDebug.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>How a training is watched.</summary>
internal enum Watching
{
    Plain,
    Default,
    Observe,
    Mend,

    /// <summary>The loop runs its passes itself, between Begin and Check.</summary>
    Begin,

    /// <summary>Without a guard: the loss and every gradient are asked whether they are finite, in the way that comes to mind first.</summary>
    Naive,

    /// <summary>Without a guard: libtorch's anomaly mode around the whole step.</summary>
    AnomalyInStep,

    /// <summary>Without a guard: libtorch's anomaly mode around the backward pass only.</summary>
    AnomalyInBackward,
}

/// <summary>One training, step by step, and how long its steps take.</summary>
internal sealed class WatchedTraining : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _model;
    private readonly optim.Optimizer _optimizer;
    private readonly CrossEntropyLoss _loss = CrossEntropyLoss();
    private readonly LentTime _lent = new(ThreadClock.Now);
    private readonly Parameter[] _parameters;

    public WatchedTraining(BenchmarkNetwork network, Watching watching, int seed)
    {
        random.manual_seed(seed);
        Watching = watching;
        _model = network.Create();
        _optimizer = network.Optimizer(_model);
        _parameters = [.. _model.parameters()];
        TrainingPolicy? policy = watching switch
        {
            Watching.Default or Watching.Begin => TrainingPolicy.Default,
            Watching.Observe => TrainingPolicy.Observe,
            Watching.Mend => TrainingPolicy.Mend,
            _ => null,
        };
        Guard = policy is { } p ? TrainingGuard.Attach(_model, _optimizer, new() { Policy = p }) : null;
        if (Guard is not null)
            Guard.Lent = _lent;
    }

    public Watching Watching { get; }

    public TrainingGuard? Guard { get; }

    /// <summary>Takes one step and says how long it took, how much of that was the guard's own code, and how long the update took, in nanoseconds.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The labels.</param>
    /// <param name="isWatched">False: the step is a plain one, of the same network and the same optimizer.</param>
    public (long Whole, long Own, long Update) Step(Tensor x, Tensor y, bool isWatched = true)
    {
        var started = ThreadClock.Now();
        long own;
        using (NewDisposeScope())
            own = Step(x, y, isWatched ? Watching : Watching.Plain);
        return (ThreadClock.Now() - started, own, _lent.Update);
    }

    public void Dispose()
    {
        Guard?.Dispose();
        _optimizer.Dispose();
        _model.Dispose();
        _loss.Dispose();
    }

    private long Step(Tensor x, Tensor y, Watching watching)
    {
        switch (watching)
        {
            case Watching.Default or Watching.Observe or Watching.Mend:
                var (started, lent) = (ThreadClock.Now(), _lent.Total);
                Guard!.Step((x, y), b => _loss.call(_model.call(b.x), b.y));
                return ThreadClock.Now() - started - (_lent.Total - lent);
            case Watching.Begin:
                return BeginAndCheck(x, y);
            case Watching.Naive:
                if (float.IsFinite(Backward(x, y).ToSingle()) && _parameters.All(IsFinite))
                    _optimizer.step();
                return 0;
            case Watching.AnomalyInStep:
                using (autograd.detect_anomaly(true))
                {
                    Backward(x, y);
                    _optimizer.step();
                }

                return 0;
            case Watching.AnomalyInBackward:
                var loss = Forward(x, y);
                using (autograd.detect_anomaly(true))
                    loss.backward();
                _optimizer.step();
                return 0;
            default:
                Backward(x, y);
                Update();
                return 0;
        }
    }

    private void Update()
    {
        _lent.Begin();
        _optimizer.step();
        _lent.EndUpdate();
    }

    // What the hook on the network takes at sampled steps stands amid the forward pass and is not in the guard's own time here.
    private long BeginAndCheck(Tensor x, Tensor y)
    {
        var started = ThreadClock.Now();
        using var step = Guard!.Begin(x, y);
        var own = ThreadClock.Now() - started;
        var loss = Backward(x, y);
        started = ThreadClock.Now();
        var isFine = step.Check(loss);
        own += ThreadClock.Now() - started;
        if (isFine)
            Update();
        started = ThreadClock.Now();
        step.Dispose();
        return own + ThreadClock.Now() - started;
    }

    private Tensor Forward(Tensor x, Tensor y)
    {
        _optimizer.zero_grad();
        return _loss.call(_model.call(x), y);
    }

    private Tensor Backward(Tensor x, Tensor y)
    {
        var loss = Forward(x, y);
        loss.backward();
        return loss;
    }

    private static bool IsFinite(Parameter parameter)
    {
        using var gradient = parameter.grad;
        return gradient is null || gradient.isfinite().all().item<bool>();
    }
}
