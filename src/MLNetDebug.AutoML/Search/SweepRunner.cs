using System.Diagnostics;
using MLNetDebug.AutoML.Results;

namespace MLNetDebug.AutoML.Search;

/// <summary>One worker of a sweep: takes what comes next, until nothing is left.</summary>
internal sealed class SweepRunner(TrialBody body, SweepOptions options, IStudyStore store, string study, string worker)
{
    private const double MostPolls = 0.25;
    private const double LeastSecondsBetweenReports = 0.1;

    private readonly Schedule _schedule = new(options);
    private readonly BudgetCheck _budget = new(options);
    private readonly Rungs _rungs = new(options);
    private readonly KeptModels _models = new(options.Metric);
    private readonly Dictionary<string, ChoiceOption> _choices = options.Space.Options.OfType<ChoiceOption>().ToDictionary(c => c.Name, StringComparer.Ordinal);
    private string _stage = Schedule.RangeTests;
    private long _told;

    /// <summary>Works until the study is finished.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was finished is kept.</exception>
    public async Task<SweepResult> RunAsync(CancellationToken cancellationToken)
    {
        using var models = _models;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (store.TryTakeOver(study, worker, options.HeartbeatExpiry) is { } taken)
            {
                await TakeOver(taken, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var snapshot = store.Read(study);
            var next = _schedule.Next(snapshot);
            _stage = next.Stage;
            Tell(snapshot);
            if (next.IsDone)
                return await Finish(snapshot, cancellationToken).ConfigureAwait(false);
            if (next.Plan is null)
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(MostPolls, options.Heartbeat.TotalSeconds)), cancellationToken).ConfigureAwait(false);
            else if (store.TryAdd(study, next.Plan, worker) is { } claim)
                await Run(claim, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeOver(TrialClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Attempt <= options.MaxAttempts)
        {
            await Run(claim, cancellationToken).ConfigureAwait(false);
            return;
        }

        var reason = $"{options.MaxAttempts} workers began it and none was heard of again: it takes its process with it, as memory that is used up or a fault in native code does.";
        store.Finish(claim, new TrialEnd(TrialState.Failed) { Reason = reason });
    }

    private async Task Run(TrialClaim claim, CancellationToken cancellationToken)
    {
        Tell(null);
        if (claim.Plan.Kind == TrialKind.RangeTest)
        {
            await RangeTestRun.RunAsync(claim, options, store, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var run = new TrialRun(claim, options, store, _rungs, () => TellAtTimes());
            if (await run.RunAsync(body, _choices, cancellationToken).ConfigureAwait(false))
                _models.Take(claim.Plan, run.Metric, run.Model);
        }

        Tell(null);
    }

    private async Task<SweepResult> Finish(StudySnapshot snapshot, CancellationToken cancellationToken)
    {
        var result = SweepJudge.Judge(snapshot, options);
        if (result.Winner is null)
            return result;
        if (_models.Of(result.Winner) is { } kept)
            return result with { Model = kept };
        return options.Refit && !_models.NoneWereMade ? await Refit(result, result.Winner, cancellationToken).ConfigureAwait(false) : result;
    }

    /// <summary>Trains the winner again where another process had it: same parameters, same seed. Where that fails, the sweep's result stands without a model.</summary>
    private async Task<SweepResult> Refit(SweepResult result, Confirmed winner, CancellationToken cancellationToken)
    {
        var run = SweepJudge.BestRun(winner, options.Metric);
        try
        {
            var outcome = await body(new TrialContext(run.Plan, _choices, _ => { }), cancellationToken).ConfigureAwait(false);
            if (double.IsFinite(outcome.Metric))
                return result with { Model = outcome.Model };
            (outcome.Model as IDisposable)?.Dispose();
            return result with { RefitFailure = FormattableString.Invariant($"its {options.Metric.Name} is {outcome.Metric}") };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return result with { RefitFailure = $"{e.GetType().Name}: {e.Message}" };
        }
    }

    private void TellAtTimes()
    {
        if (options.Progress is not null && Stopwatch.GetElapsedTime(_told).TotalSeconds >= LeastSecondsBetweenReports)
            Tell(null);
    }

    private void Tell(StudySnapshot? snapshot)
    {
        if (options.Progress is not { } progress)
            return;
        _told = Stopwatch.GetTimestamp();
        snapshot ??= store.Read(study);
        var best = SweepJudge.Best(snapshot.Trials, options.Metric);
        progress.Report(new SweepProgress(study, _stage, options.Metric, snapshot.Trials, best, snapshot.Now - snapshot.Created, _stage == Schedule.Done ? TimeSpan.Zero : _budget.Left(snapshot)));
    }
}
