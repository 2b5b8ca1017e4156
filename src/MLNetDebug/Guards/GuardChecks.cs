using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>Checks what is guarded and how: every error, in one message, before any row is read.</summary>
internal static class GuardChecks
{
    /// <exception cref="ArgumentException">The estimator does not train, or at least one option is wrong.</exception>
    public static void ThrowIfInvalid(object trainer, GuardOptions options)
    {
        if (!TrainerInspector.IsTrainer(trainer))
            throw new ArgumentException($"{trainer.GetType().Name.Split('`')[0]} does not train: call Guard() on the estimator that learns, or on a chain that ends in one.", nameof(trainer));
        if (trainer is IGuarded)
            throw new ArgumentException("The trainer is under guard already: set all options in one call of Guard().", nameof(trainer));
        if (options.Diagnostics is null)
            throw new ArgumentException($"Invalid options: {nameof(options.Diagnostics)} must not be null; leave it out for the defaults.", nameof(options));
        OptionsChecks.ThrowIfInvalid(options.Diagnostics);
        var errors = OptionsValidation.Errors(options);
        if (options.Diagnostics.Trainer is not null || options.Diagnostics.Traits is not null)
            errors.Add($"{nameof(options.Diagnostics)}.{nameof(DiagnosticsOptions.Trainer)} and .{nameof(DiagnosticsOptions.Traits)} must be left open: they are the guarded trainer's.");
        if (options.Diagnostics.HoldOut is not null && options.Data != DataChecks.Full)
            errors.Add($"{nameof(options.Diagnostics)}.{nameof(DiagnosticsOptions.HoldOut)} is compared only with {nameof(options.Data)} = {nameof(DataChecks)}.{nameof(DataChecks.Full)}.");
        if (!Enum.IsDefined(options.Data))
            errors.Add($"{nameof(options.Data)}: {(int)options.Data} is no {nameof(DataChecks)}.");
        if (!Enum.IsDefined(options.OnDivergence))
            errors.Add($"{nameof(options.OnDivergence)}: {(int)options.OnDivergence} is no {nameof(DivergenceAction)}.");
        if (errors.Count > 0)
            throw new ArgumentException("Invalid options: " + string.Join(" ", errors), nameof(options));
    }
}
