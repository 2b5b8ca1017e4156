using MLNetDebug.AutoML.Spaces;

namespace MLNetDebug.AutoML.Search;

/// <summary>What a worker is to do next.</summary>
/// <param name="Stage">The stage the sweep is in.</param>
/// <param name="Plan">The trial to run; null where there is none.</param>
/// <param name="IsDone">True where nothing is left; else, without a plan, other workers are to be waited for.</param>
internal sealed record NextStep(string Stage, TrialPlan? Plan, bool IsDone = false);

/// <summary>
/// Decides from a study as it stands what comes next: the search with its range tests, the confirmation of the best, the arms of the batch size. It keeps nothing, so that any worker, also one that begins anew after
/// all were killed, goes on from the same place.
/// </summary>
internal sealed class Schedule(SweepOptions options)
{
    public const string RangeTests = "range tests";
    public const string Search = "search";
    public const string Confirmation = "confirmation";
    public const string Arms = "arms";
    public const string Done = "done";

    // Where the first so many trials fail alike, the rest will.
    private const int AlikeFailures = 5;

    private readonly BudgetCheck _budget = new(options);

    /// <summary>The next step.</summary>
    public NextStep Next(StudySnapshot study)
    {
        var trials = study.Trials;
        return OfSearch(study) ?? OfConfirmation(trials) ?? OfArms(trials) ?? new NextStep(Done, null, true);
    }

    /// <summary>The reason that the first trials have all failed for; null where they have not.</summary>
    public static string? CommonFailure(IReadOnlyList<TrialRecord> trials)
    {
        var first = trials.Where(t => t.Plan.Kind == TrialKind.Search && t.State != TrialState.Running).Take(AlikeFailures).ToArray();
        return first.Length == AlikeFailures && first.All(t => t.State == TrialState.Failed && t.Reason == first[0].Reason) ? first[0].Reason : null;
    }

    private NextStep? OfSearch(StudySnapshot study)
    {
        var search = study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray();
        if (CommonFailure(study.Trials) is not null)
            return OfRunning(study.Trials, Search) ?? new NextStep(Done, null, true);
        // Once a later stage has begun, the search is over, whatever a clock says.
        var isOver = study.Trials.Any(t => t.Plan.Kind is TrialKind.Confirmation or TrialKind.Arm) || _budget.IsSpent(study);
        if (isOver)
            return study.Trials.Any(t => t.Plan.Kind is TrialKind.Search or TrialKind.RangeTest && t.State == TrialState.Running) ? new NextStep(Search, null) : null;
        var brackets = KnownBrackets.Of(study.Trials, options.Space.BatchSizes);
        var proposer = new Proposer(options, new SpaceMap(options.Space, brackets, search), brackets);
        var proposed = proposer.Next(search);
        return TestBefore(study.Trials, proposed, proposer) ?? new NextStep(Search, new TrialPlan(study.Trials.Count, TrialKind.Search, proposed, options.Seed, options.Epochs));
    }

    /// <summary>The range test that a trial waits for: each batch size is tested before its first trial, and one that is never tried is never tested.</summary>
    private NextStep? TestBefore(IReadOnlyList<TrialRecord> trials, TrialParameters proposed, Proposer proposer)
    {
        if (options.Probe is null)
            return null;
        TrialRecord? TestOf(int size) => trials.FirstOrDefault(t => t.Plan.Kind == TrialKind.RangeTest && t.Plan.Parameters.BatchSize == size);
        var test = TestOf(proposed.BatchSize);
        if (test is { State: not TrialState.Running })
            return null;
        // While another worker is at that test, one that will be needed soon can be run.
        var size = test is null ? proposed.BatchSize : proposer.FirstSizes.Select(s => (int?)s).FirstOrDefault(s => TestOf(s!.Value) is null);
        return size is null
            ? new NextStep(RangeTests, null)
            : new NextStep(RangeTests, new TrialPlan(trials.Count, TrialKind.RangeTest, proposer.Middle(size.Value), options.Seed, 0));
    }

    private NextStep? OfConfirmation(IReadOnlyList<TrialRecord> trials)
    {
        var confirmation = Confirmations.Of(trials, options);
        if (confirmation.Missing is { } missing)
            return new NextStep(Confirmation, missing with { Number = trials.Count });
        return confirmation.IsRunning ? new NextStep(Confirmation, null) : null;
    }

    private NextStep? OfArms(IReadOnlyList<TrialRecord> trials)
    {
        var arms = BatchSizeArms.Of(trials, options);
        foreach (var plan in arms.Plans)
        {
            if (BatchSizeArms.RunOf(trials, plan) is null)
                return new NextStep(Arms, plan with { Number = trials.Count });
        }

        // An arm may be answered by a confirmation, also by one of a trial that was refused meanwhile.
        return OfRunning(trials, Arms);
    }

    /// <summary>Waits for whatever runs: it may change what the study says.</summary>
    private static NextStep? OfRunning(IReadOnlyList<TrialRecord> trials, string stage) => trials.Any(t => t.State == TrialState.Running) ? new NextStep(stage, null) : null;
}
