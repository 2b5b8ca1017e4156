namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>What a store refuses to write, because it could not be read back.</summary>
internal static class StudyChecks
{
    private const int LongestName = 200;

    public static void Definition(StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Name is not { Length: > 0 and <= LongestName })
            throw new ArgumentException($"A study's name has 1 to {LongestName} characters; this one has {definition.Name?.Length ?? 0}.", nameof(definition));
        if (definition.Settings is null)
            throw new ArgumentException($"The study '{definition.Name}' has no settings: a JSON object is expected.", nameof(definition));
    }

    public static void Plan(TrialPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!Enum.IsDefined(plan.Kind) || plan.Parameters is null || plan.Arm is null)
            throw new ArgumentException($"Trial {plan.Number} cannot be kept: its kind is {plan.Kind}, and a known kind, parameters and an arm are expected.", nameof(plan));
    }

    public static void End(TrialEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        if (end.State is not (TrialState.Completed or TrialState.Pruned or TrialState.Failed))
            throw new ArgumentException($"A trial ends as completed, pruned or failed, not as {end.State}.", nameof(end));
        if (end.Findings is null || end.Findings.Any(f => f is not { RuleId: not null, Message: not null } || !Enum.IsDefined(f.Severity)))
            throw new ArgumentException("A finding of a trial has a rule, a known severity and a message; one of these has not.", nameof(end));
        if (end.Bracket is { Rates: null } or { Losses: null })
            throw new ArgumentException("A bracket has lists of rates and losses, which may be empty; this one has none.", nameof(end));
    }

    public static void Expiry(TimeSpan expiry)
    {
        if (expiry < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(expiry), expiry, "The time that a worker may be silent is 0 or longer.");
    }
}
