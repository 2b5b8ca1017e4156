namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>Checks a trainer's options: every error, in one message, before any row is read.</summary>
internal static class TrainerOptionsChecks
{
    /// <exception cref="ArgumentException">At least one option is wrong.</exception>
    public static void ThrowIfInvalid(TorchTrainerOptions options, TorchTask task)
    {
        var errors = OptionsValidation.Errors(options);
        if (options.LabelColumnName == options.FeatureColumnName)
            errors.Add($"{nameof(options.LabelColumnName)} and {nameof(options.FeatureColumnName)} are both '{options.LabelColumnName}'; one column has one role.");
        if (options.Calibrate && task == TorchTask.Regression)
            errors.Add($"{nameof(options.Calibrate)}: a regression has no probabilities to calibrate.");
        if (options.Validation is null && options.ValidationFraction == 0)
        {
            if (options.Calibrate)
                errors.Add($"{nameof(options.Calibrate)} needs held-out rows: set {nameof(options.ValidationFraction)} above 0 or pass {nameof(options.Validation)}.");
            if (options.Patience is not null)
                errors.Add($"{nameof(options.Patience)} needs held-out rows: set {nameof(options.ValidationFraction)} above 0 or pass {nameof(options.Validation)}.");
        }

        if (options.CheckpointFolder is { } folder && string.IsNullOrWhiteSpace(folder))
            errors.Add($"{nameof(options.CheckpointFolder)} is empty; leave it null to write no checkpoints.");
        if (errors.Count > 0)
            throw new ArgumentException("Invalid options: " + string.Join(" ", errors), nameof(options));
    }
}
