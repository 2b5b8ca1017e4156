using MLNetDebug.Torch.Networks.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// Measures on a trained network what its batch normalisation meets in evaluation, and what statistics gathered anew without dropout are worth. Nothing is trained, and nothing stays changed.
/// </summary>
internal static class Recalibration
{
    /// <summary>Measures; null where there is no batch normalisation with running statistics, or no batch.</summary>
    /// <exception cref="ArgumentException">The held-out batch is missing.</exception>
    public static RecalibrationProfile? Measure(nn.Module model, Func<Tensor, Tensor> forward, LossFunction loss, RecalibrationData data)
    {
        var norms = Norms(model);
        if (norms.Count == 0 || data.Training.Count == 0)
            return null;
        if (data.HeldOutInput is null || data.HeldOutTarget is null)
            throw new ArgumentException("RecalibrationData needs HeldOutInput and HeldOutTarget: a batch that was not trained on, and its target.", nameof(data));
        // Disposed last to first: momenta, then modes, buffers and the random state.
        using var state = new StateSnapshot(model);
        using var states = new Disposables(norms);
        using var _ = no_grad();
        model.eval();
        var before = HeldOutLoss.Of(loss, () => forward(data.HeldOutInput), data.HeldOutTarget);
        Watched(norms, () => Pass(forward, data.Training, () => { }, () => { }));
        foreach (var norm in norms)
            norm.Gather();
        Pass(forward, data.Training, () => norms.ForEach(n => n.BeforeBatch()), () => norms.ForEach(n => n.AfterBatch()));
        state.Restore();
        model.eval();
        foreach (var norm in norms)
            norm.Apply();
        var after = HeldOutLoss.Of(loss, () => forward(data.HeldOutInput), data.HeldOutTarget);
        return new RecalibrationProfile
        {
            Loss = before.Mean,
            RecalibratedLoss = after.Mean,
            StandardError = HeldOutLoss.StandardErrorOfDifference(before, after),
            Layers = [.. norms.Select(n => n.Ratio()).OfType<BatchNormRatio>()],
        };
    }

    private static List<BatchNormState> Norms(nn.Module model) =>
    [
        .. new[] { ("", model) }.Concat(model.named_modules())
            .Where(m => m.Item2 is TorchSharp.Modules.BatchNorm { track_running_stats: true, running_var: not null, running_mean: not null })
            .Select(m => new BatchNormState(m.Item1, (TorchSharp.Modules.BatchNorm)m.Item2)),
    ];

    private static void Watched(List<BatchNormState> norms, Action pass)
    {
        var hooks = norms.ConvertAll(n => n.Watch());
        try
        {
            pass();
        }
        finally
        {
            hooks.ForEach(remove => remove());
        }
    }

    // What the network makes on the way is its own and may be kept by it: only what it returns is disposed.
    private static void Pass(Func<Tensor, Tensor> forward, IReadOnlyList<Tensor> batches, Action before, Action after)
    {
        foreach (var batch in batches)
        {
            before();
            using var output = forward(batch);
            after();
        }
    }

    private sealed class Disposables(List<BatchNormState> norms) : IDisposable
    {
        public void Dispose() => norms.ForEach(n => n.Dispose());
    }
}
