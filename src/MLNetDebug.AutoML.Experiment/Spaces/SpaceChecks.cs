using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>
/// Finds what AutoML 0.23 accepts and samples wrongly, as seen when it was run: its own checks are <c>Contract.Assert</c>, which Release builds leave out.
/// </summary>
internal static class SpaceChecks
{
    /// <summary>A value that is never drawn matters where it is at least this share of what should be.</summary>
    private const double LostShare = 0.01;

    /// <summary>A default that rounding has moved past a bound is none of ours.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Judges every option.</summary>
    /// <param name="options">The options, keys unique.</param>
    /// <param name="tuner">The tuner that walks the space: some faults are one tuner's only.</param>
    public static IReadOnlyList<SearchSpaceIssue> Judge(IReadOnlyList<SpaceOption> options, TunerKind tuner)
    {
        var issues = options.SelectMany(o => o.IsNumber ? OfNumber(o, tuner) : o.Kind == SpaceOptionKind.Choice ? OfChoice(o, tuner) : []).ToList();
        if (options.Count > 0 && !options.Any(IsVaried))
            issues.Add(new SearchSpaceIssue(string.Empty, "The search space holds no range and no choice of two or more: every trial has the same parameters.", "Give options a range, or train once without a sweep."));
        return issues;
    }

    private static bool IsVaried(SpaceOption option) =>
        option.Kind == SpaceOptionKind.Unknown || (option.IsNumber ? option.Max != option.Min : option.Choices.Distinct().Count() > 1);

    private static IEnumerable<SearchSpaceIssue> OfNumber(SpaceOption o, TunerKind tuner)
    {
        if ((FaultOf(o) ?? FaultOf(o, tuner)) is { } fault)
        {
            yield return fault with { IsFatal = true };
            yield break;
        }

        if (o.Kind == SpaceOptionKind.Int && o.Max > o.Min && ShareOfLast(o) >= LostShare)
        {
            yield return new SearchSpaceIssue(
                o.Key,
                $"The upper bound of {Range(o)} is as good as never drawn: AutoML rounds down, so {Words.Number(o.Max)} comes only from the very end of the range.",
                $"Write {Words.Number(o.Max + 1)} as the upper bound to have {Words.Number(o.Max)} drawn.");
        }
    }

    private static SearchSpaceIssue? FaultOf(SpaceOption o)
    {
        if (!double.IsFinite(o.Min) || !double.IsFinite(o.Max))
            return new SearchSpaceIssue(o.Key, $"A bound of {Range(o)} is no finite number.", "Give two finite bounds.");
        if (o.Max < o.Min)
            return new SearchSpaceIssue(o.Key, $"The bounds of {Range(o)} are reversed: AutoML would draw from below the lower one.", "Give the smaller bound first.");
        if (o.IsLog && o.Min <= 0)
            return new SearchSpaceIssue(o.Key, $"A logarithmic range cannot begin at {Words.Number(o.Min)}: AutoML draws NaN or infinite values.", "Begin above 0, such as at 1e-8.");
        if (!double.IsFinite(o.IsLog ? o.Max / o.Min : o.Max - o.Min))
            return new SearchSpaceIssue(o.Key, $"{Range(o)} is wider than a number can say: AutoML draws infinite values.", "Narrow it.");
        return null;
    }

    /// <summary>What random and grid search, which never map a value back to its place in the range, take without harm.</summary>
    private static SearchSpaceIssue? FaultOf(SpaceOption o, TunerKind tuner)
    {
        if (o.Max == o.Min && tuner is TunerKind.EciCostFrugal or TunerKind.CostFrugal or TunerKind.Smac)
            return new SearchSpaceIssue(o.Key, $"Both bounds are {Words.Number(o.Min)}: this tuner divides by their distance, and then proposes NaN or never ends.", "Leave the option out and set its value, or give it a range.");
        var outside = o.Start.Where(s => !(s >= -Rounding && s <= 1 + Rounding)).ToArray();
        if (outside.Length > 0 && tuner is TunerKind.EciCostFrugal or TunerKind.CostFrugal)
            return new SearchSpaceIssue(o.Key, $"Its default lies outside of {Range(o)}, {Words.Number(outside[0])} of the way from the lower to the upper bound, and this tuner begins there.", "Move the default inside.");
        return null;
    }

    private static IEnumerable<SearchSpaceIssue> OfChoice(SpaceOption o, TunerKind tuner)
    {
        if (o.Choices.Count == 0)
            yield return new SearchSpaceIssue(o.Key, "It has no choice to draw.", "Give at least one.") { IsFatal = true };
        var repeated = o.Choices.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key).ToArray();
        if (repeated.Length > 0)
            yield return new SearchSpaceIssue(o.Key, $"Choices stand twice and are drawn as often: {Words.Names(repeated)}.", "List each once.");
        // 0 dimensions but 1 step: every later number of the grid's vector goes to the option before its own.
        if (tuner == TunerKind.Grid && o.Choices.Count == 1)
        {
            var isSchema = o.Key.EndsWith(SpaceReader.SchemaKey, StringComparison.Ordinal);
            yield return new SearchSpaceIssue(
                o.Key,
                $"{(isSchema ? "A pipeline without alternatives is a choice of one" : "It is a choice of one")}, which AutoML's grid tuner does not skip: all options after it (in the order of their "
                    + "names) are shifted, and points repeat.",
                isSchema ? "Take another tuner, such as SetRandomSearchTuner." : "Take another tuner, such as SetRandomSearchTuner, or leave the option out.");
        }
    }

    /// <summary>The share of a range that its last whole number should get.</summary>
    private static double ShareOfLast(SpaceOption o) =>
        o.IsLog ? Math.Log((o.Max + 1) / o.Max) / Math.Log((o.Max + 1) / o.Min) : 1 / (o.Max - o.Min + 1);

    private static string Range(SpaceOption o) => $"[{Words.Number(o.Min)}, {Words.Number(o.Max)}]{(o.IsLog ? " (logarithmic)" : string.Empty)}";
}
