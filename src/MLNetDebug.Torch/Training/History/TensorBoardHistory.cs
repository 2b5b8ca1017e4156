namespace MLNetDebug.Torch.Training;

/// <summary>
/// Writes a run as an event file that TensorBoard reads (<c>tensorboard --logdir FOLDER</c>), a new file at each opening: the scalars <c>loss</c>, <c>loss/TERM</c>, <c>gradient_norm</c> and
/// <c>learning_rate</c> at every step; <c>gradient_norm/NAME</c>, <c>norm/NAME</c>, <c>update_ratio/NAME</c> and the histogram <c>parameter/NAME</c> of each parameter at sampled ones; <c>epoch/loss</c>,
/// <c>epoch/accuracy</c>, <c>validation/loss</c>, <c>validation/accuracy</c>, <c>validation/log_loss</c> and <c>validation/calibration_error</c> at the last step of an epoch; events as texts under
/// <c>events/KIND</c>. TensorBoard holds scalars in single precision. What is not known is left out.
/// <para>
/// Records are handed to the operating system whole: a process that is killed leaves a file in which at most the last record is torn, which TensorBoard takes. Give each run a folder of its own, and one that
/// is gone on with the same. Not thread-safe: a guard calls it on the training thread.
/// </para>
/// </summary>
public sealed class TensorBoardHistory : ITrainingHistory
{
    private readonly EventFile _file;

    /// <summary>Begins a new event file in a folder.</summary>
    /// <param name="folder">The folder, such as <c>runs/first</c>; it is made where there is none.</param>
    /// <param name="flushEvery">Steps are handed to the operating system after so many of them, in [1, 1000000]; besides after each epoch, after each event and wherever 64 KB have gathered. Default 20.</param>
    /// <param name="histogramEvery">Every how many steps parameters are written with a histogram, in [0, 1000000]; 0 for never. Default 100.</param>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="IOException">The file could not be made or written.</exception>
    public TensorBoardHistory(string folder, int flushEvery = 20, int histogramEvery = 100)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        HistogramEvery = HistoryRanges.Checked(histogramEvery, 0);
        _file = new EventFile(folder, HistoryRanges.Checked(flushEvery, 1));
    }

    /// <summary>The event file, in full: <c>events.out.tfevents.SECONDS.HOST.PROCESS.NUMBER</c>.</summary>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public int HistogramEvery { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written, now or before.</exception>
    public void Add(StepRecord step)
    {
        ArgumentNullException.ThrowIfNull(step);
        _file.Add(step.Step, EventSummaries.Of(step));
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written, now or before.</exception>
    public void Add(EpochRecord epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        _file.Add(epoch.FirstStep + Math.Max(0, epoch.Steps - 1), EventSummaries.Of(epoch));
        Flush();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written, now or before.</exception>
    public void Add(TrainingEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        _file.Add(happened.Step, EventSummaries.Of(happened));
        Flush();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written, now or before.</exception>
    public void Flush() => _file.Flush();

    /// <summary>Writes what is buffered and closes the file.</summary>
    /// <exception cref="IOException">What was buffered could not be written; the file is closed.</exception>
    public void Dispose() => _file.Dispose();
}
