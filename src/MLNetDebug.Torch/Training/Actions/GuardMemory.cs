namespace MLNetDebug.Torch.Training;

/// <summary>What a guard has done that lasts beyond the step, for a run that another process goes on with.</summary>
/// <param name="RateFactor">What it multiplies rates with.</param>
/// <param name="ClipLimit">Where it clips gradients; NaN where it does not.</param>
/// <param name="Mends">Mends used up.</param>
/// <param name="Passed">Batches left out.</param>
/// <param name="FirstLoss">The loss with which the run began: what an untrained network costs. NaN before the first step.</param>
internal readonly record struct GuardMemory(double RateFactor, double ClipLimit, int Mends, int Passed, double FirstLoss)
{
    /// <summary>Of a guard that has done nothing.</summary>
    public static GuardMemory None { get; } = new(1, double.NaN, 0, 0, double.NaN);
}
