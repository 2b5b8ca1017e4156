using MLNetDebug.AutoML.Spaces;

namespace MLNetDebug.AutoML.Search;

/// <summary>What a worker is to do next.</summary>
/// <param name="Stage">The stage the sweep is in.</param>
/// <param name="Plan">The trial to run; null where there is none.</param>
/// <param name="IsDone">True where nothing is left; else, without a plan, other workers are to be waited for.</param>
internal sealed record NextStep(string Stage, TrialPlan? Plan, bool IsDone = false);

/// <summary>
/// Decides from a study as it stands what comes next: range tests, the search, the confirmation of the best, the arms of the batch size. It keeps nothing, so that any worker, also one that begins anew after
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
        return OfRangeTests(trials) ?? OfSearch(study) ?? OfConfirmation(trials) ?? OfArms(trials) ?? new NextStep(Done, null, true);
    }

    /// <summary>The reason that the first trials have all failed for; null where they have not.</summary>
    public static string? CommonFailure(IReadOnlyList<TrialRecord> trials)
    {
        var first = trials.Where(t => t.Plan.Kind == TrialKind.Search && t.State != TrialState.Running).Take(AlikeFailures).ToArray();
        return first.Length == AlikeFailures && first.All(t => t.State == TrialState.Failed && t.Reason == first[0].Reason) ? first[0].Reason : null;
    }

    /// <summary>What range tests have shown, by batch size.</summary>
    public static IReadOnlyDictionary<int, LearningRateBracket> Brackets(IEnumerable<TrialRecord> trials) =>
        trials.Where(t => t is { Plan.Kind: TrialKind.RangeTest, Bracket: not null }).ToDictionary(t => t.Plan.Parameters.BatchSize, t => t.Bracket!);

    private NextStep? OfRangeTests(IReadOnlyList<TrialRecord> trials)
    {
        if (options.Probe is null)
            return null;
        var tests = trials.Where(t => t.Plan.Kind == TrialKind.RangeTest).ToArray();
        var map = new SpaceMap(options.Space, new Dictionary<int, LearningRateBracket>(), []);
        // From the middle outwards: each test begins where those beside it have shown something.
        var middle = map.Sizes.Count / 2;
        var missing = map.Sizes.Where(s => tests.All(t => t.Plan.Parameters.BatchSize != s)).OrderBy(s => Math.Abs(Place(map.Sizes, s) - middle)).ThenBy(s => s).ToArray();
        if (missing.Length > 0)
        {
            var plan = new TrialPlan(trials.Count, TrialKind.RangeTest, map.With(missing[0], Math.Sqrt(map.Spans[missing[0]].Low * map.Spans[missing[0]].High)), options.Seed, 0);
            return new NextStep(RangeTests, plan);
        }

        return tests.Any(t => t.State == TrialState.Running) ? new NextStep(RangeTests, null) : null;
    }

    private NextStep? OfSearch(StudySnapshot study)
    {
        var search = study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray();
        if (CommonFailure(study.Trials) is not null)
            return new NextStep(Done, null, true);
        // Once a later stage has begun, the search is over, whatever a clock says.
        var isOver = study.Trials.Any(t => t.Plan.Kind is TrialKind.Confirmation or TrialKind.Arm) || _budget.IsSpent(study);
        if (!isOver)
        {
            var brackets = Brackets(study.Trials);
            var proposer = new Proposer(options, new SpaceMap(options.Space, brackets, search), brackets);
            return new NextStep(Search, new TrialPlan(study.Trials.Count, TrialKind.Search, proposer.Next(search), options.Seed, options.Epochs));
        }

        return search.Any(t => t.State == TrialState.Running) ? new NextStep(Search, null) : null;
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

        return trials.Any(t => t.Plan.Kind == TrialKind.Arm && t.State == TrialState.Running) ? new NextStep(Arms, null) : null;
    }

    private static int Place(IReadOnlyList<int> sizes, int size)
    {
        for (var i = 0; i < sizes.Count; i++)
        {
            if (sizes[i] == size)
                return i;
        }

        return -1;
    }
}
