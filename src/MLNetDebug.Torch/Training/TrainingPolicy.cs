namespace MLNetDebug.Torch.Training;

/// <summary>What a guard may do.</summary>
public enum TrainingPolicy
{
    /// <summary>
    /// Warns. A step with a loss, a gradient or a parameter that is not finite is not taken; after <see cref="TrainingGuardOptions.StopAfterNonFinite"/> of them in a row training is stopped with the
    /// report, and the network gets the best weights it had.
    /// </summary>
    Default = 0,

    /// <summary>
    /// Besides: on a confirmed finding of a rate too large, a spike, an exploding gradient or a number that is not finite the last good snapshot is put back (parameters, optimizer state, buffers, random
    /// state) and the rate is divided by 3, as often as the length of the first update calls for, or gradients are clipped, or a single batch is left out: at most <see cref="TrainingGuardOptions.MaxMends"/> of these.
    /// </summary>
    Mend = 1,

    /// <summary>Touches nothing: it watches and reports. Not even a step that is not finite is left out.</summary>
    Observe = 2,
}

/// <summary>How a guard that mends clips gradients.</summary>
public enum GradientClip
{
    /// <summary>By the norm over all gradients, at the 90th percentile of its own history.</summary>
    ByNorm = 0,

    /// <summary>By value: every element, at ten times the root mean square of an element in a gradient of that norm.</summary>
    ByValue = 1,
}
