using MLNetDebug.AutoML;

namespace MLNetDebug.Zoo.Studies;

/// <summary>What is wrong with a finished study, as its record and its events stand in the store.</summary>
internal static class StudyFaults
{
    private static readonly TrialEventKind[] Ends = [TrialEventKind.Completed, TrialEventKind.Pruned, TrialEventKind.Failed];

    public static IEnumerable<string> Of(StudySnapshot study, IReadOnlyList<TrialEvent> events)
    {
        var trials = study.Trials;
        for (var i = 0; i < trials.Count; i++)
        {
            if (trials[i].Plan.Number != i)
                yield return $"Trial {trials[i].Plan.Number} stands at place {i}.";
        }

        if (!events.Select(e => e.Sequence).SequenceEqual(Enumerable.Range(1, events.Count).Select(i => (long)i)))
            yield return "The sequence of events has gaps.";
        if (events.FirstOrDefault(e => e.Trial >= trials.Count) is { } stray)
            yield return $"There is an event of trial {stray.Trial}, and no such trial.";
        if (trials.Count(t => t.Plan.Kind == TrialKind.Search) is var search && search != SweepWorker.Trials)
            yield return $"The search has {search} trials in place of {SweepWorker.Trials}.";
        foreach (var twice in trials.Where(t => t.Plan.Kind is not TrialKind.Search).GroupBy(t => t.Plan with { Number = 0 }).Where(g => g.Count() > 1))
            yield return $"The same was asked of trials {string.Join(", ", twice.Select(t => t.Plan.Number))}.";
        foreach (var fault in trials.SelectMany(t => OfTrial(t, [.. events.Where(e => e.Trial == t.Plan.Number)]).Select(f => $"Trial {t.Plan.Number}: {f}")))
            yield return fault;
    }

    private static IEnumerable<string> OfTrial(TrialRecord trial, TrialEvent[] events)
    {
        if (trial.State == TrialState.Running || trial.Ended is null)
            yield return "it runs, and nobody is there.";
        var ends = events.Where(e => Ends.Contains(e.Kind)).ToArray();
        if (ends.Length != 1 || events[^1] != ends[0])
            yield return $"it has {ends.Length} ends, and {events.Length - 1 - Array.FindIndex(events, e => Ends.Contains(e.Kind))} events after the first.";
        else if (ends[0].Kind.ToString() != trial.State.ToString() || ends[0].Attempt != trial.Attempt)
            yield return $"it is {trial.State} by attempt {trial.Attempt}, and its event says {ends[0].Kind} by attempt {ends[0].Attempt}.";
        var begins = events.Where(e => e.Kind is TrialEventKind.Started or TrialEventKind.TakenOver).ToArray();
        for (var i = 0; i < begins.Length; i++)
        {
            if (begins[i].Attempt != i + 1 || begins[i].Kind != (i == 0 ? TrialEventKind.Started : TrialEventKind.TakenOver))
                yield return $"its begin {i + 1} is {begins[i].Kind} of attempt {begins[i].Attempt}.";
        }

        var last = begins.LastOrDefault()?.Worker ?? "nobody";
        if (begins.Length != trial.Attempt || last != trial.Worker)
            yield return $"it was begun {begins.Length} times, last by {last}; its record says {trial.Attempt}, {trial.Worker}.";
        foreach (var attempt in events.GroupBy(e => e.Attempt).Where(g => !begins.Contains(g.First())))
            yield return $"attempt {attempt.Key} begins with {attempt.First().Kind}.";
        if (events.Zip(events.Skip(1)).Any(p => p.Second.Attempt < p.First.Attempt) || events.Any(e => e.Attempt > begins.Length))
            yield return "a worker that had lost it has written to it.";
        if (!trial.Points.SequenceEqual(events.Where(e => e.Kind == TrialEventKind.Reported && e.Attempt == trial.Attempt).Select(e => e.Point!)))
            yield return "its record's points are not those of its events.";
        foreach (var attempt in events.Where(e => e.Kind == TrialEventKind.Reported).GroupBy(e => e.Attempt))
        {
            if (attempt.Zip(attempt.Skip(1)).Any(p => p.Second.Point!.Epoch != p.First.Point!.Epoch + 1) || attempt.First().Point!.Epoch != 1)
                yield return $"the epochs of attempt {attempt.Key} are {string.Join(", ", attempt.Select(e => e.Point!.Epoch))}.";
        }
    }
}
