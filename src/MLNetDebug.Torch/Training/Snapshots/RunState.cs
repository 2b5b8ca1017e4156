using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Snapshots;

/// <summary>
/// All that steps of an experiment may change, as it was between two steps of the training: parameters, gradients, buffers, modes, the optimizers' state and rates, the CPU's random state.
/// <see cref="Dispose"/> puts it back to the bit; the gradients are the very tensors that were there. While it lives there are no gradients.
/// </summary>
internal sealed class RunState : IDisposable
{
    private readonly StateSnapshot _state;
    private readonly WeightSnapshot _parameters;
    private readonly OptimizerSnapshot[] _optimizers;
    private readonly (ParamGroup Group, double? Rate)[] _rates;
    private readonly (Tensor Leaf, Tensor? Gradient)[] _gradients;

    /// <param name="model">The network.</param>
    /// <param name="optimizers">The optimizers.</param>
    /// <param name="inputs">Tensors of the batches: a backward pass adds to the gradients of those that want one.</param>
    public RunState(nn.Module model, IReadOnlyList<optim.Optimizer> optimizers, IEnumerable<Tensor> inputs)
    {
        _rates = [.. optimizers.SelectMany(o => o.ParamGroups.OfType<ParamGroup>()).Select(g => (g, g.Options.LearningRate))];
        // What a loss of the user's own trains stands in a group and in no module.
        Parameter[] parameters = [.. model.parameters().Concat(_rates.SelectMany(r => r.Group.Parameters)).Where(p => p is { IsInvalid: false }).DistinctBy(p => p.Handle)];
        _state = new StateSnapshot(model);
        _parameters = new WeightSnapshot(parameters, []);
        _optimizers = [.. optimizers.Select(o => new OptimizerSnapshot(o))];
        // All are read before the first is taken away: two parameters may be one.
        _gradients = [.. parameters.Concat(inputs.Where(t => t is { IsInvalid: false, requires_grad: true, is_leaf: true })).Select(l => (l, l.grad?.DetachFromDisposeScope()))];
        ClearGradients();
    }

    /// <summary>Puts everything back but the gradients, of which there are none then.</summary>
    public void Restore()
    {
        _state.Restore();
        _parameters.Restore();
        foreach (var optimizer in _optimizers)
            optimizer.Restore();
        RestoreRates();
        ClearGradients();
    }

    /// <summary>Multiplies each group's own rate.</summary>
    public void ScaleRates(double factor)
    {
        foreach (var (group, rate) in _rates)
            group.Options.LearningRate = rate * factor;
    }

    public void Dispose()
    {
        Restore();
        foreach (var (leaf, gradient) in _gradients)
        {
            if (!leaf.IsInvalid)
                leaf.grad = gradient;
        }

        foreach (var (_, gradient) in _gradients)
            gradient?.Dispose();
        foreach (var optimizer in _optimizers)
            optimizer.Dispose();
        _parameters.Dispose();
        _state.Dispose();
    }

    private void RestoreRates()
    {
        foreach (var (group, rate) in _rates)
            group.Options.LearningRate = rate;
    }

    private void ClearGradients()
    {
        foreach (var (leaf, _) in _gradients)
        {
            if (!leaf.IsInvalid)
                leaf.grad = null;
        }
    }
}
