namespace MLNetDebug.Reports;

/// <summary>The findings of one rule at one severity, and the symptoms that are folded under them.</summary>
/// <param name="Findings">At least one finding, all of one rule and severity.</param>
/// <param name="Symptoms">Findings that follow from these.</param>
internal sealed record FindingGroup(IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> Symptoms)
{
    public RuleDescriptor Rule => Findings[0].Rule;

    public Severity Severity => Findings[0].Severity;

    /// <summary>Groups in the report's order; every finding stands in exactly one group, as a finding or as a symptom.</summary>
    public static IReadOnlyList<FindingGroup> Arrange(DiagnosticReport report)
    {
        var parents = report.Findings.Where(f => f.FoldedUnder is not null)
            .GroupBy(f => f.Rule.Id)
            .ToDictionary(g => g.Key, g => g.First().FoldedUnder!);
        var roots = report.Unfolded.Select(f => f.Rule.Id).ToHashSet();

        // A symptom whose root is not in the report stands for itself.
        var rootOf = report.Findings.Select(f => f.FoldedUnder is null ? null : Root(f.FoldedUnder, roots, parents)).ToArray();
        var symptoms = report.Findings.Zip(rootOf).Where(p => p.Second is not null).ToLookup(p => p.Second!, p => p.First);
        var groups = report.Findings.Zip(rootOf).Where(p => p.Second is null).Select(p => p.First)
            .GroupBy(f => (f.Rule.Id, f.Severity)).ToArray();

        var placed = new HashSet<string>();
        return [.. groups.Select(g => new FindingGroup([.. g], placed.Add(g.Key.Id) ? [.. symptoms[g.Key.Id]] : []))];
    }

    private static string? Root(string id, HashSet<string> roots, Dictionary<string, string> parents)
    {
        // At most as many steps as there are rules: a circle of symptoms has no root.
        for (var steps = 0; steps <= parents.Count; steps++)
        {
            if (roots.Contains(id))
                return id;
            if (!parents.TryGetValue(id, out var parent))
                return null;
            id = parent;
        }

        return null;
    }
}
