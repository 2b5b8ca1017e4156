namespace MLNetDebug.Torch.Training;

/// <summary>
/// What a training run looks like after some step: the last steps one by one, what is known of the steps before, of each parameter, of the batches, of the outputs and of finished epochs.
/// Immutable; numbers only. The rules on training read it.
/// </summary>
public sealed record TrainingWindow
{
    /// <summary>At most so many of the last losses are listed one by one.</summary>
    public const int Steps = 256;

    /// <summary>At most so many of the last gradient norms of a parameter are listed.</summary>
    public const int GradientSteps = 128;

    /// <summary>At most so many of the last sampled steps are listed.</summary>
    public const int Samples = 32;

    /// <summary>The network's type.</summary>
    public required string Network { get; init; }

    /// <summary>Zero-based number of the last step that was seen.</summary>
    public required long Step { get; init; }

    /// <summary>Zero-based epoch; 0 where the loop never ends one.</summary>
    public int Epoch { get; init; }

    /// <summary>True where the window was made while its last step can still be left out: loss and gradients are known, the parameters have not moved.</summary>
    public bool IsBeforeUpdate { get; init; }

    /// <summary>True where the window was made at the end of an epoch.</summary>
    public bool IsEpochEnd { get; init; }

    /// <summary>Every how many steps parameters, updates and outputs are sampled.</summary>
    public int SampleEvery { get; init; } = 10;

    /// <summary>The loss.</summary>
    public required LossTrack Loss { get; init; }

    /// <summary>The norm over all gradients of each of the last <see cref="GradientSteps"/> steps at most, oldest first, before any clipping; NaN where it was not finite.</summary>
    public IReadOnlyList<double> GradientNorms { get; init; } = [];

    /// <summary>Each trained parameter, in order of execution where that is known, else as the network lists them.</summary>
    public IReadOnlyList<ParameterTrack> Parameters { get; init; } = [];

    /// <summary>The batches.</summary>
    public BatchTrack Batches { get; init; } = new();

    /// <summary>What the network returned at the last sampled step; null where it was never seen (its root is not called by <c>call</c> and no output was handed over).</summary>
    public OutputTrack? Output { get; init; }

    /// <summary>The optimizers as they stand.</summary>
    public IReadOnlyList<Networks.OptimizerProfile> Optimizers { get; init; } = [];

    /// <summary>The factor that actions have laid upon the learning rates of the optimizers; 1 where none has.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>Finished epochs, oldest first.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>What was not finite at the last step; null where everything was.</summary>
    public NonFiniteIncident? NonFinite { get; init; }

    /// <summary>The last action that changed the course of training (rollback, lower rate, clipping, skipped step); null where none has.</summary>
    public long? LastActionStep { get; init; }
}
