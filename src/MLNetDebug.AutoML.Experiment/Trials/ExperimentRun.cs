using Microsoft.ML.AutoML;
using Microsoft.ML.Runtime;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>What one call of an experiment's <c>RunAsync</c> has: its services, its limits, how far it is.</summary>
internal sealed class ExperimentRun
{
    // AutoML's own timer ends the trial without an exception that would reach the caller: where nothing has succeeded, ours is first.
    private const double MarginShare = 0.02;
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostMargin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostTime = TimeSpan.FromDays(40);

    private readonly long _started = System.Diagnostics.Stopwatch.GetTimestamp();
    private readonly Lazy<ITuner?> _tuner;
    private readonly TimeSpan? _time;
    private int _trials;

    public ExperimentRun(IServiceProvider services)
    {
        Services = services;
        Settings = Get<AutoMLExperiment.AutoMLExperimentSettings>();
        Monitor = Get<IMonitor>();
        Log = Get<IChannel>();
        IsMaximized = Get<IMetricManager>() is { } metric ? MetricDirections.IsMaximized(metric) : null;
        _tuner = new Lazy<ITuner?>(Get<ITuner>);
        _time = Settings is null || TimeSpan.FromSeconds(Settings.MaxExperimentTimeInSeconds) is var limit && limit > MostTime ? null : TimeSpan.FromSeconds(Settings.MaxExperimentTimeInSeconds);
    }

    public IServiceProvider Services { get; }

    public AutoMLExperiment.AutoMLExperimentSettings? Settings { get; }

    public IMonitor? Monitor { get; }

    public IChannel? Log { get; }

    /// <summary>Whether more of the metric is better; null where no metric was set.</summary>
    public bool? IsMaximized { get; }

    /// <summary>The tuner; not to be asked before the search space is known to be sound.</summary>
    public TunerKind Tuner => TunerKinds.Of(_tuner.Value);

    /// <summary>True in the last trial that AutoML will run.</summary>
    public bool IsLastTrial => _trials >= Settings?.MaxModels;

    /// <summary>How long until AutoML ends the experiment, less the time it takes to be first; null without a limit.</summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            if (_time is not { } time)
                return null;
            var margin = time * MarginShare;
            margin = margin < LeastMargin ? LeastMargin : margin > MostMargin ? MostMargin : margin;
            return time - margin - System.Diagnostics.Stopwatch.GetElapsedTime(_started);
        }
    }

    /// <summary>Counts a trial that begins.</summary>
    public void Begin() => _trials++;

    public T? Get<T>()
        where T : class => Services.GetService(typeof(T)) as T;
}
