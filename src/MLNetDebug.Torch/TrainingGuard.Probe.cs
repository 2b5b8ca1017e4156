using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch;

/// <content>What an experiment needs of the guard.</content>
public sealed partial class TrainingGuard
{
    internal nn.Module Model => _model;

    internal IReadOnlyList<optim.Optimizer> Optimizers => _optimizers;

    internal double RateFactor => _rates.Factor;

    /// <summary>Experiments on the training as it stands, between two of its steps; afterwards everything is as it was.</summary>
    /// <returns>The probe; it may be used as long as the guard.</returns>
    /// <example>
    /// <code>
    /// var range = guard.Probe().LearningRateRange(batches, b => loss.call(model.call(b.x), b.y));
    /// Console.WriteLine(range);
    /// </code>
    /// </example>
    /// <exception cref="InvalidOperationException">The training was stopped before.</exception>
    /// <exception cref="ObjectDisposedException">The guard was disposed.</exception>
    public TrainingProbe Probe()
    {
        ThrowIfOver();
        return new TrainingProbe(this);
    }

    /// <exception cref="InvalidOperationException">No experiment may run now.</exception>
    internal void ThrowIfNotBetweenSteps()
    {
        ThrowIfOver();
        if (_open is not null || _isRunning)
            throw new InvalidOperationException("A probe runs between two steps: the one that was begun is not disposed yet.");
    }
}
