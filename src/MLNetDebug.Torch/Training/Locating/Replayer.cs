using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>What a replayed pass came to.</summary>
/// <param name="Trace">What passed at the modules.</param>
/// <param name="Loss">What is not finite in the loss.</param>
/// <param name="Value">The loss; NaN where it is not one number.</param>
/// <param name="Thrown">What the pass threw; null where it ended.</param>
internal sealed record Replayed(PassTrace Trace, NonFiniteCount Loss, double Value, Exception? Thrown) : IDisposable
{
    public bool IsLossBad => Loss.IsBad;

    public void Dispose() => Trace.Dispose();
}

/// <summary>
/// Runs a step's passes again, each from the same state: random state before the step, buffers, modes and absent gradients. <see cref="Dispose"/> puts everything back as it was when it was made.
/// </summary>
internal sealed class Replayer : IDisposable
{
    private readonly StepReplay _step;
    private readonly StateSnapshot _state;
    private readonly GradientKeeper _gradients;

    public Replayer(StepReplay step)
    {
        _step = step;
        _state = new StateSnapshot(step.Model);
        _gradients = new GradientKeeper([.. step.Parameters.Select(p => p.Parameter), .. step.Batch.Select(b => b.Tensor)]);
        Modules = [.. step.Model.named_modules().Select(m => new NamedModule(m.name, m.module)).Prepend(new("", step.Model)).DistinctBy(m => m.Module, ReferenceEqualityComparer.Instance)];
    }

    /// <summary>The network and all modules in it, under their first names.</summary>
    public IReadOnlyList<NamedModule> Modules { get; }

    public StepReplay Step => _step;

    /// <summary>Runs the forward pass and the loss, and whatever shall follow while the graph lives.</summary>
    public Replayed Run(PassPlan? plan = null, Action<Tensor>? then = null)
    {
        _state.Restore();
        _gradients.Clear();
        if (_step.RandomState is { } random)
            RandomState.Set(random);
        using var cleaner = TensorCleaner.Of(plan?.Without ?? []);
        var trace = new PassTrace(Modules, plan ?? new());
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        // In anomaly mode a backward pass ends at what shall be seen.
        using var quiet = torch.autograd.set_detect_anomaly(false);
        var (count, value) = (default(NonFiniteCount), double.NaN);
        try
        {
            var loss = _step.Loss!();
            trace.Stop();
            (count, value) = (NonFiniteCount.Of(loss), loss.numel() == 1 ? loss.ToDouble() : double.NaN);
            then?.Invoke(loss);
            return new(trace, count, value, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new(trace, count, value, e);
        }
        finally
        {
            trace.Stop();
        }
    }

    public void Dispose()
    {
        _gradients.Dispose();
        _state.Dispose();
    }
}
