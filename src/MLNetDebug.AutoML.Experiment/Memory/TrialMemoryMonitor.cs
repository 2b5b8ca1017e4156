using System.Diagnostics;
using Microsoft.ML.AutoML;
using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>
/// Watches the process while a trial runs, as AutoML's own monitor does, but ends only the trial above the limit, by the trial's own token: AutoML counts a trial whose token it cancels itself
/// as the end of the experiment (8 trials asked for, 3 run, none reported as failed).
/// </summary>
/// <param name="guard">The experiment's guard.</param>
/// <param name="limit">Megabytes above which a trial is ended; null without limit.</param>
/// <param name="interval">How often memory is looked at.</param>
/// <param name="memory">Megabytes the process has now.</param>
internal sealed class TrialMemoryMonitor(ExperimentGuard guard, double? limit, TimeSpan interval, Func<double> memory) : IPerformanceMonitor
{
    private readonly Lock _gate = new();
    private Timer? _timer;
    private TimeSpan _processor;
    private long _sampled;
    private double _limit = double.PositiveInfinity;
    private double? _peakMemory;
    private double? _peakProcessor;

    /// <inheritdoc/>
    public event EventHandler<TrialPerformanceMetrics>? PerformanceMetricsUpdated;

    /// <summary>Megabytes of physical memory that the process has.</summary>
    public static double WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024.0 * 1024);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">AutoML did not ask for the guard's runner: a later call has replaced it.</exception>
    public void Start()
    {
        // AutoML makes the trial's runner just before this call. Its exceptions reach the caller while there is no best trial.
        if (!guard.WasAsked)
            throw new InvalidOperationException("The guard's trial runner was replaced, so that no trial is guarded: call UseGuard after SetPipeline and SetTrialRunner, the last call wins.");
        if (limit is { } most)
            _limit = Math.Max(most, Baseline(most));
        (_processor, _sampled) = (ProcessorTime(), Stopwatch.GetTimestamp());
        Sample();
        _timer = new Timer(_ => Sample(), null, interval, interval);
    }

    /// <inheritdoc/>
    public void Pause() => _timer?.Change(Timeout.Infinite, Timeout.Infinite);

    /// <inheritdoc/>
    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    /// <inheritdoc/>
    public double? GetPeakMemoryUsageInMegaByte() => _peakMemory;

    /// <inheritdoc/>
    public double? GetPeakCpuUsage() => _peakProcessor;

    /// <inheritdoc/>
    public void OnPerformanceMetricsUpdatedHandler(TrialSettings trialSettings, TrialPerformanceMetrics metrics, CancellationTokenSource trialCancellationTokenSource)
    {
        if (metrics.PeakMemoryUsage is not { } peak || peak <= _limit || guard.Current is not { } trial || trial.Settings.TrialId != trialSettings.TrialId)
            return;
        var kept = _limit > limit ? $" and above the {Words.Number(_limit)} MB that it could not give back before the trial" : string.Empty;
        trial.Finish(TrialOutcome.OutOfMemory, $"The process had {Words.Number(peak)} MB while the trial ran, above the limit of {Words.Number(limit!.Value)} MB{kept}.");
    }

    /// <summary>What the process has before the trial, where that is above the limit already and stays so: no fault of this trial, which may only not add to it.</summary>
    private double Baseline(double most)
    {
        if (memory() <= most)
            return most;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        // A twentieth for what any trial needs.
        return memory() * 1.05;
    }

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private void Sample()
    {
        TrialPerformanceMetrics metrics;
        lock (_gate)
        {
            var (processor, now) = (ProcessorTime(), Stopwatch.GetTimestamp());
            var wall = Stopwatch.GetElapsedTime(_sampled, now);
            var used = wall > TimeSpan.Zero ? (processor - _processor) / (wall * Environment.ProcessorCount) : 0;
            (_processor, _sampled) = (processor, now);
            _peakProcessor = Math.Max(used, _peakProcessor ?? 0);
            _peakMemory = Math.Max(memory(), _peakMemory ?? 0);
            metrics = new TrialPerformanceMetrics { PeakCpuUsage = _peakProcessor, PeakMemoryUsage = _peakMemory };
        }

        PerformanceMetricsUpdated?.Invoke(this, metrics);
    }
}
