using MLNetDebug.AutoML.Results;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.Guards;

namespace MLNetDebug.AutoML.Search;

/// <summary>Tells the caller where a sweep stands. Neither a caller that throws nor a store that cannot be read now ends anything.</summary>
internal sealed class SweepTeller(SweepOptions options, IStudyStore store, string study, BudgetCheck budget, TimeProvider clock)
{
    private const double LeastSecondsBetweenReports = 0.1;

    // Of a training's time, telling takes a tenth at most: the whole study is read for it.
    private const double ReadsBetweenReads = 10;

    private readonly SafeProgress<SweepProgress>? _progress = options.Progress is { } progress ? new SafeProgress<SweepProgress>(progress) : null;
    private readonly ChoiceTexts _choices = ChoiceTexts.Of(options.Space);
    private long _told = clock.GetTimestamp();
    private double _wait;

    /// <summary>The stage the sweep is in.</summary>
    public string Stage { get; set; } = Schedule.RangeTests;

    /// <summary>Tells it where the last time was long enough ago.</summary>
    public void TellAtTimes()
    {
        if (clock.GetElapsedTime(_told).TotalSeconds >= _wait)
            Tell();
    }

    /// <summary>Tells it now, as the store has it.</summary>
    public void Tell()
    {
        if (_progress is not { Error: null })
            return;
        var from = clock.GetTimestamp();
        try
        {
            Tell(store.Read(study));
        }
        catch (Exception)
        {
            // Where the store stays away, the next word on a trial says so.
        }

        _told = clock.GetTimestamp();
        _wait = Math.Max(LeastSecondsBetweenReports, ReadsBetweenReads * clock.GetElapsedTime(from, _told).TotalSeconds);
    }

    /// <summary>Tells it of a study that was read.</summary>
    public void Tell(StudySnapshot snapshot)
    {
        if (_progress is not { Error: null } progress)
            return;
        var best = SweepJudge.Best(snapshot.Trials, options.Metric);
        progress.Report(new SweepProgress(study, Stage, options.Metric, snapshot.Trials, best, snapshot.Now - snapshot.Created, Stage == Schedule.Done ? TimeSpan.Zero : budget.Left(snapshot)) { Choices = _choices });
    }
}
