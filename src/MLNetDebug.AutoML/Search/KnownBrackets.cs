namespace MLNetDebug.AutoML.Search;

/// <summary>What range tests have shown, by batch size.</summary>
internal static class KnownBrackets
{
    /// <summary>The brackets of the sizes that were tested.</summary>
    public static SortedDictionary<int, LearningRateBracket> Tested(IEnumerable<TrialRecord> trials) =>
        new(trials.Where(t => t is { Plan.Kind: TrialKind.RangeTest, Bracket: not null }).ToDictionary(t => t.Plan.Parameters.BatchSize, t => t.Bracket!));

    /// <summary>The same, and for each other size what the nearest on both sides say: rates between theirs, and no boundary that one of them does not allow.</summary>
    public static IReadOnlyDictionary<int, LearningRateBracket> Of(IEnumerable<TrialRecord> trials, IReadOnlyList<int> sizes)
    {
        var tested = Tested(trials);
        if (tested.Count == 0)
            return tested;
        var all = new Dictionary<int, LearningRateBracket>(tested);
        foreach (var size in sizes.Where(s => !tested.ContainsKey(s)))
        {
            var below = tested.LastOrDefault(t => t.Key < size);
            var above = tested.FirstOrDefault(t => t.Key > size);
            all[size] = (below.Value, above.Value) switch
            {
                (null, { } only) => only,
                ({ } only, null) => only,
                ({ } low, { } high) => Between(low, high, (Math.Log(size) - Math.Log(below.Key)) / (Math.Log(above.Key) - Math.Log(below.Key))),
                _ => new LearningRateBracket(),
            };
        }

        return all;
    }

    /// <summary>The bracket of the size that is nearest; null where none was tested.</summary>
    public static LearningRateBracket? Nearest(IEnumerable<TrialRecord> trials, int size) =>
        Tested(trials).OrderBy(t => Math.Abs(Math.Log(t.Key) - Math.Log(size))).Select(t => t.Value).FirstOrDefault();

    private static LearningRateBracket Between(LearningRateBracket low, LearningRateBracket high, double share) => new()
    {
        Moves = Mean(low.Moves, high.Moves, share),
        Suggested = Mean(low.Suggested, high.Suggested, share),
        DivergesLow = Math.Min(low.DivergesLow, high.DivergesLow),
        DivergesHigh = Math.Max(low.DivergesHigh, high.DivergesHigh),
    };

    private static double Mean(double a, double b, double share) =>
        double.IsFinite(a) && double.IsFinite(b) ? Math.Exp(((1 - share) * Math.Log(a)) + (share * Math.Log(b))) : double.IsFinite(a) ? a : b;
}
