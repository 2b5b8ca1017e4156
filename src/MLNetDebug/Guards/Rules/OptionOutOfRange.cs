using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>Holds a network trainer's options against the ranges in which it can train: its own checks are not in the released package.</summary>
internal sealed class OptionOutOfRange : Rule<TrainerSetup>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.OptionOutOfRange, nameof(RuleIds.OptionOutOfRange), "An option is outside the range in which the trainer can train.", RuleCategory.Setup, Severity.Error, ProofKind.Fact)
    { Notes = [3] };

    protected override void Judge(TrainerSetup measured, FindingSink sink)
    {
        foreach (var range in OptionRanges.Of(measured.Kind))
        {
            foreach (var option in measured.Options.Where(o => o.Name == range.Option && !range.Holds(o.Value)))
                sink.Report(OutOfRange(measured, range, option.Value));
        }

        if (measured.LearningRates > 1)
        {
            sink.Report(new FindingDraft(Place(measured, "LearningRate"), $"{Words.Number((long)measured.LearningRates)} learning rates were given, one per epoch as the documentation has it; {measured.Trainer} reads the first and no other.")
            {
                Severity = Severity.Info,
                Evidence = [new Evidence("learning rates", measured.LearningRates) { Threshold = 1 }],
                Advice = [new Advice("Give one rate; the scheduler warms up and decays by itself.", "LearningRate = [1e-4]")],
            });
        }

        if (measured.HasValidationSet)
            OfValidation(measured, sink);
    }

    private static FindingDraft OutOfRange(TrainerSetup setup, OptionRange range, double value) => new(
        Place(setup, range.Option),
        $"{range.Option} of {setup.Trainer} is {Words.Number(value)}; it must lie in {range.Text}. Otherwise {range.Otherwise}.")
    {
        Evidence = [new Evidence(range.Option, value) { Threshold = value > range.Max ? range.Max : range.Min }],
        Advice = [new Advice("Set it within the range, or leave it at its default.", $"{range.Option} = ... // {range.Text}")],
    };

    private static void OfValidation(TrainerSetup setup, FindingSink sink)
    {
        if (setup.Kind == ClosedTrainerKind.NamedEntityRecognition)
        {
            sink.Report(new FindingDraft(
                Place(setup, "ValidationSet"),
                "NerTrainer compares predictions of one shape with labels of another when it validates: Fit throws 'The size of tensor a must match the size of tensor b' after the first epoch.")
            {
                Evidence = [new Evidence("validation sets", 1) { Threshold = 0 }],
                Advice = [new Advice("Leave its ValidationSet empty, and look at the model's own predictions for these rows.", "model.Transform(validation)")],
            });
        }
        else if (setup.Kind is ClosedTrainerKind.QuestionAnswer or ClosedTrainerKind.ObjectDetection)
        {
            sink.Report(new FindingDraft(Place(setup, "ValidationSet"), $"{setup.Trainer} takes a validation set and never reads it.")
            {
                Severity = Severity.Info,
                Evidence = [new Evidence("validation sets read", 0) { Threshold = 1 }],
                Advice = [new Advice("Score these rows with the fitted model instead.", "model.Transform(validation)")],
            });
        }
    }

    private static Subject Place(TrainerSetup setup, string option) => new(SubjectKind.Trainer, $"{setup.Trainer}.{option}");
}
