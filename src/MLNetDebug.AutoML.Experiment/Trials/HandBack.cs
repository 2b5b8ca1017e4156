using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>
/// What AutoML is given for a failed trial. Each way was run on AutoML 0.23 with each of its tuners, 60 trials, 20 seeds, trials failing in half of the space, at random, at first and always:
/// a finite loss, however large, is crowned when all trials fail. double.MaxValue ended 9 of 20 experiments of the ECI tuner (IndexOutOfRangeException), and with SMAC hung (one tree cannot be
/// grown from too few finite losses) or ended the experiment. NaN in the first trial poisons the cost-frugal tuners: their median best loss was 0.28 instead of 0.04. -Infinity wins.
/// An OperationCanceledException (which AutoML itself turns into a failed trial) and +Infinity gave the same, sound searches with ECI, CostFrugal, Random and Grid, and nothing was crowned; the
/// monitor hears of a failure only from the exception. With SMAC the exception becomes a loss of double.MaxValue, and hangs as that does; +Infinity it leaves out, so that it waits for enough
/// trials that trained. So: the exception, but +Infinity for SMAC, whose monitor is told beforehand.
/// </summary>
internal static class HandBack
{
    /// <exception cref="TrialFailedException">The trial failed, and the tuner is not SMAC.</exception>
    public static TrialResult Failed(TrialSettings settings, TrialReport report, TrialEnd end, ExperimentRun run)
    {
        var error = new TrialFailedException(report, end.Error);
        if (run.Tuner != TunerKind.Smac)
            throw error;
        run.Monitor?.ReportFailTrial(settings, error);
        return new TrialResult
        {
            TrialSettings = settings,
            Loss = double.PositiveInfinity,
            // SMAC takes the least metric for its best loss, and 0 would look perfect to whoever reads it.
            Metric = run.IsMaximized == true ? double.MinValue : double.MaxValue,
            DurationInMilliseconds = Milliseconds(report.Duration),
        };
    }

    /// <summary>A duration AutoML can take: of 0 the ECI tuner thinks that the trial failed.</summary>
    public static double Milliseconds(TimeSpan duration) => Math.Max(1, duration.TotalMilliseconds);
}
