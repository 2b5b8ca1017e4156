namespace MLNetDebug.Torch.Training.Actions;

/// <summary>What becomes of a step whose gradients are there.</summary>
internal enum StepDecision
{
    /// <summary>It is taken.</summary>
    Take,

    /// <summary>It is not taken.</summary>
    Skip,

    /// <summary>It is not taken, and the run stands at an earlier point again.</summary>
    RolledBack,
}
