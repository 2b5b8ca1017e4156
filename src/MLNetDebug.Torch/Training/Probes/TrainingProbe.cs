using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Training.Probes;
using MLNetDebug.Torch.Training.Snapshots;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// Experiments on a training as it stands, between two of its steps. Afterwards everything is as it was, to the bit: parameters, gradients, buffers, modes, the optimizers' state and rates, the random state of
/// the CPU, what the guard has seen. What a network keeps in fields of its own and the random state of a GPU, which TorchSharp does not show, are not put back. Get it by <see cref="TrainingGuard.Probe"/>.
/// </summary>
public sealed class TrainingProbe
{
    private readonly TrainingGuard _guard;

    internal TrainingProbe(TrainingGuard guard) => _guard = guard;

    /// <summary>
    /// Trains for some steps, from the training's present point, with a rate that rises exponentially, and reads from the loss which rates move it and which are too large (L. N. Smith, WACV 2017).
    /// Groups of different rates keep their ratios: all are multiplied by one factor, and the rates in the result are those of the first optimizer's first group.
    /// </summary>
    /// <typeparam name="TBatch">A tensor, a tuple of tensors or a list of them, or what <paramref name="loss"/> takes.</typeparam>
    /// <param name="batches">Batches of the training data, at least one; best some dozens. They are taken in a new order each time they have all been used.</param>
    /// <param name="loss">Runs the network on one of them and returns the loss, a scalar. The mode of the network is left as it is.</param>
    /// <param name="options">How to run. Default: 3 times 100 steps from 1e-7 to 10.</param>
    /// <returns>The curves and what they say.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no batch, an option is wrong (all errors are in one message), or the loss is no scalar.</exception>
    /// <exception cref="InvalidOperationException">A step is open, the training was stopped, or an optimizer shows no state that could be put back.</exception>
    /// <exception cref="OperationCanceledException"><see cref="LearningRateRangeOptions.Cancellation"/> was cancelled.</exception>
    public LearningRateRange LearningRateRange<TBatch>(IReadOnlyList<TBatch> batches, Func<TBatch, Tensor> loss, LearningRateRangeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(loss);
        options ??= new();
        ThrowIfInvalid(options);
        if (batches.Count == 0)
            throw new ArgumentException("At least one batch is needed.", nameof(batches));
        _guard.ThrowIfNotBetweenSteps();
        var optimizers = _guard.Optimizers;
        if (optimizers.FirstOrDefault(o => o is not OptimizerHelper) is { } closed)
            throw new InvalidOperationException($"{closed.GetType().Name} shows no state that could be put back; a range test would change the training.");
        ParamGroup[] groups = [.. optimizers.SelectMany(o => o.ParamGroups.OfType<ParamGroup>())];
        // A warm-up may stand at 0, and nothing can be scaled by that.
        var own = groups.Select(g => g.LearningRate).FirstOrDefault(r => r > 0, double.NaN);
        if (double.IsNaN(own))
            throw new InvalidOperationException("No group of the optimizer has a rate above 0 that could be scaled.");
        LearningRateCurve[] curves;
        using (var state = new RunState(_guard.Model, optimizers, batches.SelectMany(b => ModuleHooks.Tensors(b))))
            curves = new RangeTest<TBatch>(optimizers, batches, loss, options).Run(state, own);
        return RangeSummary.Of(curves, options) with { Current = own * _guard.RateFactor, Notes = [.. Notes(groups, batches.Count)] };
    }

    private IEnumerable<string> Notes(ParamGroup[] groups, int batches)
    {
        if (groups.Select(g => g.LearningRate).Distinct().Count() > 1)
            yield return $"The {groups.Length} parameter groups have different rates: all were scaled by one factor, and the rates here are those of the first group whose rate is above 0.";
        if (_guard.RateFactor != 1)
            yield return "The guard lays a factor upon the optimizer's rates, which the rates here do not know: attach a new guard when you set one.";
        if (!_guard.Model.training)
            yield return "The network was in evaluation mode: dropout and batch statistics had no part in it. Call train() first.";
        if (batches == 1)
            yield return "There was one batch only: the losses show how fast it is learnt by heart.";
        if (_guard.Model.parameters().Any(p => p.device_type != DeviceType.CPU))
            yield return "The random state of the GPU has moved on: TorchSharp does not show it.";
    }

    private static void ThrowIfInvalid(LearningRateRangeOptions options)
    {
        var errors = OptionsValidation.Errors(options);
        if (options.From >= options.To)
            errors.Add($"{nameof(LearningRateRangeOptions)}: {nameof(options.To)} must be above {nameof(options.From)}.");
        if (errors.Count > 0)
            throw new ArgumentException("Invalid options: " + string.Join(" ", errors), nameof(options));
    }
}
