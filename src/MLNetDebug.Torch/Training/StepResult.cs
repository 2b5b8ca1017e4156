namespace MLNetDebug.Torch.Training;

/// <summary>What became of a step.</summary>
/// <param name="Step">Its zero-based number over the run.</param>
/// <param name="Loss">Its loss; not finite where it was not.</param>
/// <param name="IsTaken">False where the optimizer was not stepped.</param>
/// <param name="RolledBack">True where the run was put back to an earlier point.</param>
public readonly record struct StepResult(long Step, double Loss, bool IsTaken, bool RolledBack)
{
    /// <summary>What was found at this step for the first time; empty at most steps.</summary>
    public IReadOnlyList<Finding> Found { get; init; } = [];
}
