namespace MLNetDebug.AutoML.Spaces;

/// <summary>Checks a sweep's options: every error, in one message, before anything is trained.</summary>
internal static class SweepOptionsChecks
{
    private const int MostWholeNumbers = 10_000;

    /// <exception cref="ArgumentException">At least one option is wrong.</exception>
    public static void ThrowIfInvalid(SweepOptions options)
    {
        List<string> errors = [.. OptionsValidation.Errors(options), .. OfRules(options)];
        // What is null is said above; the rest cannot be read then.
        if (options is { Metric: not null, Space: not null, Budget: not null })
        {
            if (string.IsNullOrWhiteSpace(options.Metric.Name))
                errors.Add($"{nameof(options.Metric)} has no name.");
            errors.AddRange(OfBudget(options.Budget));
            errors.AddRange(OfSpace(options.Space));
            if (options.LeastEpochs > options.Epochs)
                errors.Add($"{nameof(options.LeastEpochs)} is {options.LeastEpochs}, above {nameof(options.Epochs)} ({options.Epochs}).");
            if (options.HeartbeatExpiry / 3 < options.Heartbeat)
                errors.Add($"{nameof(options.HeartbeatExpiry)} must be at least 3 times {nameof(options.Heartbeat)}: a worker that is late once is not dead.");
            if (options.Probe is not null && options.Space.LearningRate is null)
                errors.Add($"{nameof(options.Probe)} tests learning rates, and the space has none.");
            if (options.Baseline is { } baseline && !double.IsFinite(baseline))
                errors.Add($"{nameof(options.Baseline)} must be finite.");
        }

        if (errors.Count > 0)
            throw new ArgumentException("Invalid options: " + string.Join(" ", errors), nameof(options));
    }

    /// <summary>The rules judge at the very end: what is wrong with their options is said before.</summary>
    private static IEnumerable<string> OfRules(SweepOptions options)
    {
        if (options.Severities is null || options.RuleOptions is null || options.RuleOptions.Any(o => o is null))
            return [$"{nameof(options.Severities)} and {nameof(options.RuleOptions)} must not be null or hold null; an empty list leaves them open."];
        var errors = RuleSelectionChecks.Errors([], options.Severities, []).Concat(options.RuleOptions.SelectMany(OptionsValidation.Errors));
        try
        {
            RuleCatalog.Create(typeof(SweepOptionsChecks).Assembly, options.RuleOptions);
            return errors;
        }
        catch (ArgumentException e)
        {
            return errors.Append($"{nameof(options.RuleOptions)}: {e.Message}");
        }
    }

    private static IEnumerable<string> OfBudget(SweepBudget budget)
    {
        foreach (var error in OptionsValidation.Errors(budget))
            yield return error;
        if (budget is { Trials: null, Epochs: null, Time: null })
            yield return $"{nameof(SweepBudget)}: at least one of {nameof(budget.Trials)}, {nameof(budget.Epochs)} and {nameof(budget.Time)} is needed.";
        if (budget.Time <= TimeSpan.Zero)
            yield return $"{nameof(SweepBudget)}: {nameof(budget.Time)} must be above 0.";
    }

    private static IEnumerable<string> OfSpace(SearchSpace space)
    {
        if (space.BatchSizes is null || space.Options is null || space.Options.Any(o => o is null))
        {
            yield return $"{nameof(SearchSpace)}: lists must not be null, nor their options.";
            yield break;
        }

        if (space.LearningRate is { } rate && !(rate.Low > 0 && rate.High >= rate.Low && double.IsFinite(rate.High)))
            yield return FormattableString.Invariant($"{nameof(space.LearningRate)} is {rate.Low} to {rate.High}; expected finite rates above 0, the lower first.");
        if (space.BatchSizes.Any(s => s < 1) || !space.BatchSizes.Zip(space.BatchSizes.Skip(1)).All(p => p.First < p.Second))
            yield return $"{nameof(space.BatchSizes)} must be at least 1 and ascend: {string.Join(", ", space.BatchSizes)}.";
        if (space.LearningRate is null && space.BatchSizes.Count == 0 && space.Options.Count == 0)
            yield return $"{nameof(SearchSpace)}: nothing is searched.";
        var names = space.Options.Select(o => o.Name).Concat([TrialParameters.LearningRateName, TrialParameters.BatchSizeName]).ToArray();
        if (names.Any(string.IsNullOrWhiteSpace) || names.Distinct(StringComparer.Ordinal).Count() < names.Length)
            yield return $"{nameof(space.Options)}: each needs a name of its own, other than {TrialParameters.LearningRateName} and {TrialParameters.BatchSizeName}.";
        foreach (var option in space.Options)
        {
            if (ErrorOf(option) is { } error)
                yield return $"Option '{option.Name}' {error}";
        }
    }

    private static string? ErrorOf(SearchOption option) => option switch
    {
        NumberOption n when !(n.Low < n.High && double.IsFinite(n.High - n.Low)) => FormattableString.Invariant($"goes from {n.Low} to {n.High}; expected finite numbers with a finite difference, the lower first."),
        NumberOption { IsLogarithmic: true, Low: <= 0 } n => FormattableString.Invariant($"is logarithmic and begins at {n.Low}; expected above 0."),
        WholeNumberOption w when w.Low >= w.High || (long)w.High - w.Low >= MostWholeNumbers => FormattableString.Invariant($"goes from {w.Low} to {w.High}; expected the lower first, and at most {MostWholeNumbers:N0} values."),
        ChoiceOption c when c.Choices is null || c.Choices.Count < 2 || c.Choices.Any(string.IsNullOrEmpty) || c.Choices.Distinct(StringComparer.Ordinal).Count() < c.Choices.Count => "needs at least two texts, none empty and each once.",
        NumberOption or WholeNumberOption or ChoiceOption => null,
        _ => $"is a {option.GetType().Name}; expected {nameof(NumberOption)}, {nameof(WholeNumberOption)} or {nameof(ChoiceOption)}.",
    };
}
