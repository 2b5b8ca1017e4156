using System.Globalization;
using MLNetDebug.AutoML;

namespace MLNetDebug.Zoo.Studies;

/// <summary>What is wrong with a study as its workers tell it: what one was told is kept must be there, and all that came to an end must crown the same.</summary>
internal static class WorkerFaults
{
    public static IEnumerable<string> Of(StudySnapshot study, IReadOnlyList<TrialEvent> events, IReadOnlyList<WorkerProcess> workers)
    {
        foreach (var worker in workers.Where(w => !w.IsKilled && w.ExitCode != 0))
            yield return $"{worker.Name} ended with {worker.ExitCode}: {string.Join(' ', worker.Errors)}";
        string[] winners = [.. workers.Where(w => !w.IsKilled).Select(Winner).Distinct()];
        if (winners is not [var winner])
            yield return $"The winner is {string.Join(" or ", winners)}.";
        else if (winner.Split(' ') is not [_, var number, _] || study.Trials[int.Parse(number, CultureInfo.InvariantCulture)] is not { Plan.Kind: TrialKind.Search, State: TrialState.Completed })
            yield return $"'{winner}' is no completed trial of the search.";
        foreach (var worker in workers)
        {
            foreach (var line in worker.Lines.Where(l => !l.StartsWith(SweepWorker.Won, StringComparison.Ordinal) && !IsTrue(l, worker.Name, study, events)))
                yield return $"{worker.Name} was told '{line}', and the store knows nothing of it.";
        }
    }

    /// <summary>The trials that a worker had lost, and was told so.</summary>
    public static int Lost(StudySnapshot study, WorkerProcess worker) => worker.Lines.Select(l => l.Split(' ')).Where(l => l[0] == TellingStudyStore.Refused)
        .Select(l => (Number: int.Parse(l[1], CultureInfo.InvariantCulture), Attempt: int.Parse(l[2], CultureInfo.InvariantCulture))).Distinct().Count(l => study.Trials[l.Number].Attempt > l.Attempt);

    private static string Winner(WorkerProcess worker) => worker.Lines.LastOrDefault(l => l.StartsWith(SweepWorker.Won, StringComparison.Ordinal)) ?? $"unsaid by {worker.Name}";

    private static bool IsTrue(string line, string worker, StudySnapshot study, IReadOnlyList<TrialEvent> events)
    {
        if (line.Split(' ') is not [var what, var numberText, var attemptText, .. var rest])
            return false;
        var (number, attempt) = (int.Parse(numberText, CultureInfo.InvariantCulture), int.Parse(attemptText, CultureInfo.InvariantCulture));
        if (number >= study.Trials.Count)
            return false;
        var trial = study.Trials[number];
        var own = events.Where(e => e.Trial == number && e.Attempt == attempt && e.Worker == worker);
        return what switch
        {
            TellingStudyStore.Began => own.Any(e => e.Kind == (attempt == 1 ? TrialEventKind.Started : TrialEventKind.TakenOver)),
            TellingStudyStore.Reported => own.Any(e => e.Point is { } p && FormattableString.Invariant($"{p.Epoch} {p.Metric:R}") == string.Join(' ', rest)),
            TellingStudyStore.Ended => trial.Worker == worker && trial.Attempt == attempt && FormattableString.Invariant($"{trial.State} {trial.Metric:R}") == string.Join(' ', rest),
            // Only who has lost a trial is refused; a beat, who has ended it too.
            TellingStudyStore.Refused => trial.Attempt > attempt || (rest is [TellingStudyStore.LateBeat] && trial.Attempt == attempt && trial.State != TrialState.Running),
            _ => false,
        };
    }
}
