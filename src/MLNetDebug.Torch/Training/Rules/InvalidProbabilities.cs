using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>Held-out probabilities that are none: outside of [0, 1], or not summing to 1. Numbers that are not finite are the dead model's.</summary>
internal sealed class InvalidProbabilities : Rule<TrainingWindow>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.InvalidProbabilities, nameof(RuleIds.InvalidProbabilities), "What is called a probability is none.",
        RuleCategory.LossAndOutput, Severity.Error, ProofKind.Fact)
    { Notes = [20] };

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        if (measured.Epochs.LastOrDefault(e => e.Validation is { InvalidRows: >= 0 }) is not { Validation: { } validation } epoch)
            return;
        var invalid = validation.InvalidRows - validation.NonFiniteRows;
        if (invalid <= 0)
            return;
        var (what, advice) = What(validation);
        sink.Report(new FindingDraft(
            new Subject(SubjectKind.Model, measured.Network) { Epoch = epoch.Epoch, Rows = validation.FirstInvalidRow >= 0 ? [validation.FirstInvalidRow] : [] },
            $"{Words.Number(invalid)} of {Words.Count(validation.Rows, "row")} of held-out probabilities after epoch {Words.Number((long)epoch.Epoch)} are none (values from {Words.Number(validation.Min)} to {Words.Number(validation.Max)}" +
            $"{(validation.MaxSumError > 0 ? $", a row's sum up to {Words.Number(validation.MaxSumError)} off 1" : string.Empty)}; first {Words.Rows([validation.FirstInvalidRow])}): {what}. Log-loss, calibration and confidence have no meaning for them.")
        {
            Evidence =
            [
                new Evidence("rows that are no distribution", invalid) { Threshold = 0, Unit = "rows" },
                new Evidence("least value", validation.Min) { Threshold = 0 },
                new Evidence("largest value", validation.Max) { Threshold = 1 },
                .. double.IsNaN(validation.MaxSumError) ? Array.Empty<Evidence>() : [new Evidence("largest distance of a row's sum from 1", validation.MaxSumError) { Threshold = 1e-3 }],
            ],
            Advice = [advice],
        });
    }

    private static (string What, Advice Advice) What(ValidationRecord validation)
    {
        var one = double.IsNaN(validation.MaxSumError);
        return validation switch
        {
            { Max: <= 1e-6 } => ("they look like log-probabilities", new Advice("Hand over their exponentials.", "guard.EndEpoch(new Validation { Probabilities = output.exp(), Labels = y });")),
            { Min: < -1e-6 } or { Max: > 1 + 1e-6 } => (
                one ? "they look like logits; what a sigmoid makes of them are probabilities" : "they look like logits; what a softmax makes of them are probabilities",
                new Advice("Hand over probabilities.", $"guard.EndEpoch(new Validation {{ Probabilities = {(one ? "output.sigmoid()" : "torch.nn.functional.softmax(output, 1)")}, Labels = y }});")),
            _ => (
                "each number can be a probability, the rows do not sum to 1 (a softmax over the wrong dimension, or one sigmoid per class)",
                new Advice("Let the softmax run over the classes.", "guard.EndEpoch(new Validation { Probabilities = torch.nn.functional.softmax(output, 1), Labels = y });")),
        };
    }
}
