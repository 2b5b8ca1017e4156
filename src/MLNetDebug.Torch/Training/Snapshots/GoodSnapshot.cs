using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Snapshots;

/// <summary>
/// A point of the run to go back to: one copy of parameters and buffers, of the optimizers' state where a rollback needs it, and the CPU's random state. Made once, then taken again into the same memory.
/// </summary>
internal sealed class GoodSnapshot : IDisposable
{
    private readonly WeightSnapshot _weights;
    private readonly OptimizerSnapshot[] _optimizers;
    private Tensor? _random;

    /// <param name="model">The network.</param>
    /// <param name="optimizers">The optimizers to go back with it; none where the weights alone are kept.</param>
    public GoodSnapshot(nn.Module model, IEnumerable<optim.Optimizer> optimizers)
    {
        optim.Optimizer[] all = [.. optimizers];
        // What an optimizer moves and no module holds goes back with its state.
        _weights = new WeightSnapshot(model.parameters().Concat(all.OfType<OptimizerHelper>().SelectMany(o => o.parameters())), model.buffers());
        _optimizers = [.. all.Select(o => new OptimizerSnapshot(o))];
        _random = _optimizers.Length > 0 ? RandomState.Get().DetachFromDisposeScope() : null;
    }

    /// <summary>The step before which it was taken.</summary>
    public long Step { get; private set; }

    /// <summary>The smoothed loss, or the held-out loss, at that time; NaN where there was none.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>False where an optimizer's state cannot be put back.</summary>
    public bool IsComplete => _optimizers.All(o => o.IsComplete);

    /// <summary>Says what it was taken at.</summary>
    public GoodSnapshot At(long step, double loss)
    {
        (Step, Loss) = (step, loss);
        return this;
    }

    public void Take(long step, double loss)
    {
        At(step, loss);
        _weights.Take();
        foreach (var optimizer in _optimizers)
            optimizer.Take();
        if (_optimizers.Length == 0)
            return;
        _random?.Dispose();
        _random = RandomState.Get().DetachFromDisposeScope();
    }

    /// <summary>Puts everything back; optimizers and random state only where they were kept.</summary>
    public void Restore()
    {
        _weights.Restore();
        foreach (var optimizer in _optimizers)
            optimizer.Restore();
        if (_random is not null)
            RandomState.Set(_random);
    }

    public void Dispose()
    {
        _weights.Dispose();
        foreach (var optimizer in _optimizers)
            optimizer.Dispose();
        _random?.Dispose();
    }
}
