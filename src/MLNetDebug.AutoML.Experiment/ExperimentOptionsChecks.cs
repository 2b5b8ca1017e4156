using Microsoft.ML;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Checks <see cref="GuardedExperimentOptions"/>: every error, in one message, before the first trial.</summary>
internal static class ExperimentOptionsChecks
{
    private const string Prefix = "Invalid options: ";

    /// <exception cref="ArgumentException">At least one option is wrong.</exception>
    public static void ThrowIfInvalid(GuardedExperimentOptions options)
    {
        var errors = OptionsValidation.Errors(options);
        if (options.Pruning is { } pruning)
            errors.AddRange(OptionsValidation.Errors(pruning));
        if (options.Guard is null)
            errors.Add($"{nameof(options.Guard)} must not be null; leave it out for the defaults.");
        else
            AddErrorsOf(options, errors);
        if (errors.Count > 0)
            throw new ArgumentException(Prefix + string.Join(" ", errors), nameof(options));
    }

    /// <summary>Any trainer will do to have the guard itself check its options; none is fitted.</summary>
    private static void AddErrorsOf(GuardedExperimentOptions options, List<string> errors)
    {
        try
        {
            _ = new MLContext().Regression.Trainers.Sdca().Guard(options.Guard);
        }
        catch (ArgumentException e)
        {
            errors.Add($"{nameof(options.Guard)}: {e.Message.Replace(Prefix, string.Empty, StringComparison.Ordinal).Split(" (Parameter")[0]}");
        }
    }
}
