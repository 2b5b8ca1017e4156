using System.Reflection;

namespace MLNetDebug;

/// <summary>Checks what options say of rules: the ids exist, the severities too, and nothing is said twice. The options that have them call them alike.</summary>
internal static class RuleSelectionChecks
{
    private static readonly HashSet<string> BuiltIn =
    [
        .. typeof(RuleIds).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!),
    ];

    /// <summary>One sentence per error. None of the lists may be null or hold null.</summary>
    public static IEnumerable<string> Errors(IReadOnlyCollection<string> silence, IReadOnlyDictionary<string, Severity> severities, IReadOnlyList<Rule> rules)
    {
        var known = BuiltIn.Concat(rules.Select(r => r.Descriptor.Id)).ToHashSet();
        return
        [
            .. Unknown("Silence", silence, known),
            .. Unknown("Severities", severities.Keys, known),
            .. severities.Where(s => !Enum.IsDefined(s.Value)).Select(s => $"Severities: {(int)s.Value} is no severity."),
            .. severities.Keys.Intersect(silence).Select(id => $"{id} stands both in Silence and in Severities."),
            .. rules.Select(r => r.Descriptor.Id).Where(BuiltIn.Contains).Select(id => $"Rules: {id} is a built-in rule's id; give your rule another."),
            .. rules.GroupBy(r => r.Descriptor.Id).Where(g => g.Count() > 1).Select(g => $"Rules: two rules have the id {g.Key}."),
        ];
    }

    /// <summary>Lists that were set to null, or hold one: nothing else can be said of them.</summary>
    /// <exception cref="ArgumentException">At least one is null or holds null.</exception>
    public static void ThrowIfNull(params (string Name, IEnumerable<object?>? List)[] lists)
    {
        var wrong = lists.Where(l => l.List?.Contains(null) ?? true).Select(l => l.Name).ToArray();
        if (wrong.Length > 0)
            throw new ArgumentException($"Invalid options: {string.Join(", ", wrong)} must not be null or hold null; an empty list leaves it open.", "options");
    }

    private static IEnumerable<string> Unknown(string member, IEnumerable<string> ids, HashSet<string> known) =>
        ids.Where(id => !known.Contains(id)).Select(id => $"{member}: '{id}' is no rule; ids are {known.Min(StringComparer.Ordinal)} to {known.Max(StringComparer.Ordinal)}, see {nameof(RuleIds)}.");
}
