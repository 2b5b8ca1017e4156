using System.Reflection;

namespace MLNetDebug.Pipeline;

/// <summary>Checks <see cref="DiagnosticsOptions"/>: every error, in one message, before any row is read.</summary>
internal static class OptionsChecks
{
    private static readonly HashSet<string> BuiltIn =
    [
        .. typeof(RuleIds).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!),
    ];

    /// <exception cref="ArgumentException">At least one option is wrong.</exception>
    public static void ThrowIfInvalid(DiagnosticsOptions options)
    {
        ThrowIfNull(options);
        var errors = OptionsValidation.Errors(options);
        var known = BuiltIn.Concat(options.Rules.Select(r => r.Descriptor.Id)).ToHashSet();
        errors.AddRange(UnknownIds(nameof(options.Silence), options.Silence, known));
        errors.AddRange(UnknownIds(nameof(options.Severities), options.Severities.Keys, known));
        errors.AddRange(options.Severities.Where(s => !Enum.IsDefined(s.Value)).Select(s => $"{nameof(options.Severities)}: {(int)s.Value} is no severity."));
        errors.AddRange(options.Severities.Keys.Intersect(options.Silence).Select(id => $"{id} stands both in {nameof(options.Silence)} and in {nameof(options.Severities)}."));
        errors.AddRange(options.Rules.Select(r => r.Descriptor.Id).Where(BuiltIn.Contains).Select(id => $"{nameof(options.Rules)}: {id} is a built-in rule's id; give your rule another."));
        errors.AddRange(options.Rules.GroupBy(r => r.Descriptor.Id).Where(g => g.Count() > 1).Select(g => $"{nameof(options.Rules)}: two rules have the id {g.Key}."));
        if (!Enum.IsDefined(options.FailOn))
            errors.Add($"{nameof(options.FailOn)}: {(int)options.FailOn} is no severity.");
        if (!Enum.IsDefined(options.Task))
            errors.Add($"{nameof(options.Task)}: {(int)options.Task} is no task.");
        if (options.TrainingBudget < TimeSpan.Zero)
            errors.Add($"{nameof(options.TrainingBudget)} must not be negative; zero trains no models.");
        errors.AddRange(DoubleRoles(options));
        if (errors.Count > 0)
            throw new ArgumentException("Invalid options: " + string.Join(" ", errors), nameof(options));
    }

    /// <summary>Lists that were set to null, or hold one: nothing else can be said of them.</summary>
    private static void ThrowIfNull(DiagnosticsOptions options)
    {
        (string Name, IEnumerable<object?>? List)[] lists =
        [
            (nameof(options.Features), options.Features), (nameof(options.Silence), options.Silence),
            (nameof(options.Severities), options.Severities?.Keys), (nameof(options.RuleOptions), options.RuleOptions),
            (nameof(options.Rules), options.Rules), (nameof(options.Sinks), options.Sinks ?? []),
        ];
        var wrong = lists.Where(l => l.List?.Contains(null) ?? true).Select(l => l.Name).ToArray();
        if (wrong.Length > 0)
            throw new ArgumentException($"Invalid options: {string.Join(", ", wrong)} must not be null or hold null; an empty list leaves it open.", nameof(options));
    }

    private static IEnumerable<string> UnknownIds(string member, IEnumerable<string> ids, HashSet<string> known) =>
        ids.Where(id => !known.Contains(id)).Select(id => $"{member}: '{id}' is no rule; ids are {known.Min(StringComparer.Ordinal)} to {known.Max(StringComparer.Ordinal)}, see {nameof(RuleIds)}.");

    private static IEnumerable<string> DoubleRoles(DiagnosticsOptions options) =>
        new (string Role, string? Column)[]
        {
            (nameof(options.Label), options.Label), (nameof(options.Group), options.Group),
            (nameof(options.Weight), options.Weight), (nameof(options.Time), options.Time),
        }
        .Concat(options.Features.Select(f => (Role: nameof(options.Features), Column: (string?)f)))
        .Where(r => r.Column is not null)
        .GroupBy(r => r.Column!, r => r.Role)
        .Where(g => g.Count() > 1)
        .Select(g => $"Column '{g.Key}' is named as {string.Join(" and ", g)}; one column has one role.");
}
