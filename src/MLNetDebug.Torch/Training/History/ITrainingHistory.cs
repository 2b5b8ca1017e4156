namespace MLNetDebug.Torch.Training;

/// <summary>
/// Takes what a guard has measured, in the order it happened and on the training thread. Give one or several to <see cref="TrainingGuardOptions.History"/>. What an implementation throws ends its own
/// recording, never the training: the guard's report says so.
/// </summary>
public interface ITrainingHistory : IDisposable
{
    /// <summary>Says every how many steps <see cref="ParameterSample.Histogram"/> is wanted, a multiple of the guard's sampling; 0 for never.</summary>
    int HistogramEvery => 0;

    /// <summary>A step ended.</summary>
    /// <param name="step">The step; it may be kept.</param>
    void Add(StepRecord step);

    /// <summary>An epoch ended.</summary>
    /// <param name="epoch">The epoch.</param>
    void Add(EpochRecord epoch);

    /// <summary>Something was found or done.</summary>
    /// <param name="happened">What.</param>
    void Add(TrainingEvent happened);

    /// <summary>Hands what is buffered to the operating system.</summary>
    void Flush();
}
