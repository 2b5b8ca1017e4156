using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Results;

/// <summary>Reads from a finished study who has won, by how much, and what the batch size does.</summary>
internal static class SweepJudge
{
    public static SweepResult Judge(StudySnapshot study, SweepOptions options)
    {
        var confirmations = Confirmations.Of(study.Trials, options);
        // The search's order is not the confirmation's: what counts is the mean over seeds that the search has not used. The better of two is chosen by these same seeds, so that its mean and its lead lean
        // upwards, by less than the spread of a mean.
        var ranked = confirmations.Confirmed
            .OrderBy(c => c.Runs.Average(r => r.Metric) * (options.Metric.IsHigherBetter ? -1 : 1)).ThenBy(c => c.Trial.Plan.Number).ToArray();
        var set = BatchSizeReading.Of(study.Trials, options);
        var report = new RuleEngine(RuleCatalog.Create(typeof(SweepJudge).Assembly, options.RuleOptions), options.Severities).Judge($"sweep {study.Definition.Name}", new Measurements().With(set));
        return new SweepResult(options.Metric, study)
        {
            Winner = ranked.FirstOrDefault(),
            RunnerUp = ranked.Skip(1).FirstOrDefault(),
            Refused = confirmations.Refused,
            BatchSizes = set,
            Report = report,
            CommonFailure = Schedule.CommonFailure(study.Trials),
        };
    }

    /// <summary>The best completed trial of the search; null where there is none.</summary>
    public static TrialRecord? Best(IEnumerable<TrialRecord> trials, SweepMetric metric) => trials
        .Where(t => t is { Plan.Kind: TrialKind.Search, State: TrialState.Completed }).Aggregate((TrialRecord?)null, (best, t) => metric.IsBetter(t.Metric, best?.Metric ?? double.NaN) ? t : best);

    /// <summary>Of a winner's runs the best, whose model is handed out.</summary>
    public static TrialRecord BestRun(Confirmed winner, SweepMetric metric) => winner.Runs.Aggregate((best, r) => metric.IsBetter(r.Metric, best.Metric) ? r : best);
}
