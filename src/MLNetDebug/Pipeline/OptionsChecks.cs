namespace MLNetDebug.Pipeline;

/// <summary>Checks <see cref="DiagnosticsOptions"/>: every error, in one message, before any row is read.</summary>
internal static class OptionsChecks
{
    /// <exception cref="ArgumentException">At least one option is wrong.</exception>
    public static void ThrowIfInvalid(DiagnosticsOptions options)
    {
        RuleSelectionChecks.ThrowIfNull(
            (nameof(options.Features), options.Features), (nameof(options.Silence), options.Silence),
            (nameof(options.Severities), options.Severities?.Keys), (nameof(options.RuleOptions), options.RuleOptions),
            (nameof(options.Rules), options.Rules), (nameof(options.Sinks), options.Sinks ?? []));
        var errors = OptionsValidation.Errors(options);
        errors.AddRange(RuleSelectionChecks.Errors(options.Silence, options.Severities!, options.Rules));
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
