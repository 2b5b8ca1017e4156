using MLNetDebug.AutoML;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.Torch.Trainers;

namespace MLNetDebug.Torch.AutoML.Trials;

/// <summary>Makes the trainer of a trial from the one that the user gave.</summary>
/// <param name="template">The user's trainer.</param>
/// <param name="space">The space, whose choices the function may ask for.</param>
/// <param name="configure">Sets further options by the trial; null for none.</param>
internal sealed class TrialTrainers(TorchTrainer template, SearchSpace space, Func<TrialContext, TorchTrainerOptions, TorchTrainerOptions>? configure)
{
    private readonly ChoiceTexts _choices = ChoiceTexts.Of(space);

    /// <summary>The trainer of what is tried and not trained to an end: nothing is reported.</summary>
    /// <inheritdoc cref="Make(TrialContext)"/>
    public TorchTrainer Make(TrialPlan plan) => Make(new TrialContext(plan, _choices, _ => { }));

    /// <summary>The template with the trial's rate, batch size, seed and epochs, and with what the user sets beyond.</summary>
    /// <exception cref="ArgumentException">An option is wrong, or names other columns than those that were read.</exception>
    public TorchTrainer Make(TrialContext trial)
    {
        var options = template.Options;
        options = options with
        {
            LearningRate = double.IsNaN(trial.LearningRate) ? options.LearningRate : trial.LearningRate,
            BatchSize = trial.BatchSize == 0 ? options.BatchSize : trial.BatchSize,
            Seed = trial.Seed,
            Epochs = Math.Max(1, trial.Epochs),
        };
        if (configure is not null)
        {
            options = configure(trial, options) ?? throw new ArgumentException("The function that sets a trial's options returned null; return the options it was given, with what you change.", nameof(configure));
            if (options.LabelColumnName != template.Options.LabelColumnName || options.FeatureColumnName != template.Options.FeatureColumnName)
                throw new ArgumentException($"The function that sets a trial's options named columns '{options.LabelColumnName}' and '{options.FeatureColumnName}'; rows are read once for all trials, from '{template.Options.LabelColumnName}' and '{template.Options.FeatureColumnName}'.", nameof(configure));
        }

        return template.With(options);
    }
}
