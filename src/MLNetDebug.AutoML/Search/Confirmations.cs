namespace MLNetDebug.AutoML.Search;

/// <summary>
/// The best of the search over again with other seeds, until two have come through with all of them: the best of many trials owes its metric to luck, and one that dies at another seed is no winner.
/// </summary>
/// <param name="Confirmed">Those that came through, best of the search first; at most two.</param>
/// <param name="Refused">Those of which a seed was pruned or failed.</param>
/// <param name="Missing">A trial to run, without its number; null where there is none.</param>
/// <param name="IsRunning">True where a worker is at one.</param>
internal sealed record Confirmations(IReadOnlyList<Confirmed> Confirmed, IReadOnlyList<TrialRecord> Refused, TrialPlan? Missing, bool IsRunning)
{
    private const int Wanted = 2;

    public static Confirmations Of(IReadOnlyList<TrialRecord> trials, SweepOptions options)
    {
        List<Confirmed> confirmed = [];
        List<TrialRecord> refused = [];
        var (isRunning, open) = (false, 0);
        foreach (var candidate in Candidates(trials, options.Metric))
        {
            if (confirmed.Count + open == Wanted)
                break;
            var arm = NameOf(candidate);
            var runs = trials.Where(t => t.Plan.Kind == TrialKind.Confirmation && t.Plan.Arm == arm).ToArray();
            if (runs.Any(r => r.State is TrialState.Pruned or TrialState.Failed))
            {
                refused.Add(candidate);
                continue;
            }

            var seeds = Enumerable.Range(0, options.Repeats).Select(r => Seeds.OfRepeat(options.Seed, r)).Where(s => runs.All(r => r.Plan.Seed != s)).ToArray();
            if (seeds.Length > 0)
                return new(confirmed, refused, new TrialPlan(0, TrialKind.Confirmation, candidate.Plan.Parameters, seeds[0], options.Epochs) { Arm = arm }, false);
            if (runs.Any(r => r.State == TrialState.Running))
                (isRunning, open) = (true, open + 1);
            else
                confirmed.Add(new Confirmed(candidate, [.. runs.OrderBy(r => r.Plan.Number)]));
        }

        return new(confirmed, refused, null, isRunning);
    }

    /// <summary>The completed trials of the search, best first, each set of parameters once.</summary>
    private static IEnumerable<TrialRecord> Candidates(IReadOnlyList<TrialRecord> trials, SweepMetric metric) => trials
        .Where(t => t is { Plan.Kind: TrialKind.Search, State: TrialState.Completed } && double.IsFinite(t.Metric))
        .OrderBy(t => metric.IsHigherBetter ? -t.Metric : t.Metric).ThenBy(t => t.Plan.Number).DistinctBy(t => t.Plan.Parameters);

    private static string NameOf(TrialRecord candidate) => FormattableString.Invariant($"trial {candidate.Plan.Number}");
}

/// <summary>A trial of the search that came through with every seed.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Runs">It over again, a run for each seed.</param>
internal sealed record Confirmed(TrialRecord Trial, IReadOnlyList<TrialRecord> Runs);
