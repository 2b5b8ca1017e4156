namespace MLNetDebug;

/// <summary>Puts root causes before symptoms and folds the symptoms under them.</summary>
internal static class ReportOrder
{
    public static IReadOnlyList<Finding> Arrange(IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        // Only a cause that weighs at least Warning explains a symptom away: an Info must not hide a Warning.
        var present = all.Where(f => f.Severity >= Severity.Warning).Select(f => f.Rule.Id).ToHashSet();
        var folded = all.Select(f => f with { FoldedUnder = RootOf(f, present) });
        return
        [
            .. folded
                .OrderBy(f => f.FoldedUnder is not null)
                .ThenBy(f => f.Rule.Category)
                .ThenByDescending(f => f.Severity)
                .ThenBy(f => f.Rule.Id, StringComparer.Ordinal),
        ];
    }

    private static string? RootOf(Finding finding, HashSet<string> present)
    {
        // Facts of Error weight are never hidden under an estimate.
        if (finding.Severity == Severity.Error)
            return null;
        return finding.Rule.SymptomOf.FirstOrDefault(present.Contains);
    }
}
