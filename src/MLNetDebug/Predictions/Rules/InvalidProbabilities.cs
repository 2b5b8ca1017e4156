using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>
/// Counts rows whose probabilities are none: outside [0, 1], or not summing to 1. A fact where the column is said to hold probabilities; where scores only stand
/// where probabilities could (margins, logits), that their log-loss means nothing is worth an Info.
/// </summary>
internal sealed class InvalidProbabilities : Rule<PredictionProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.InvalidProbabilities, nameof(RuleIds.InvalidProbabilities), "What is called a probability is none.",
        RuleCategory.LossAndOutput, Severity.Error, ProofKind.Fact)
    { Notes = [20] };

    protected override void Judge(PredictionProfile measured, FindingSink sink)
    {
        if (measured.Probabilities is not { IsValid: false } probabilities)
            return;
        // A score that is not finite makes its probability so too: that is one fault, and not this one.
        var outOfRange = probabilities.OutOfRange - Math.Min(probabilities.NonFinite, measured.Scores.NonFinite);
        if (outOfRange + probabilities.NotSummingToOne == 0)
            return;
        sink.Report(probabilities.IsDeclared ? Declared(measured, probabilities, outOfRange) : Undeclared(measured, probabilities));
    }

    private static FindingDraft Declared(PredictionProfile profile, ProbabilitySummary probabilities, long outOfRange)
    {
        var column = profile.Columns.Probability ?? profile.Columns.Score;
        var signs = new List<string>();
        if (outOfRange > 0)
            signs.Add($"{Words.Count(outOfRange, "row")} of {Words.Number(profile.Rows)} {(outOfRange == 1 ? "lies" : "lie")} outside [0, 1] (values from {Words.Number(probabilities.Min)} to {Words.Number(probabilities.Max)}{(probabilities.NonFinite > 0 ? $", {Words.Number(probabilities.NonFinite)} not finite" : string.Empty)}), first {Words.Rows(probabilities.OutOfRangeRows)}");
        if (probabilities.NotSummingToOne > 0)
            signs.Add($"those of {Words.Count(probabilities.NotSummingToOne, "row")} of {Words.Number(profile.Rows)} do not sum to 1 (the worst sum is {Words.Number(probabilities.WorstSum)}), first {Words.Rows(probabilities.NotSummingToOneRows)}");
        return new FindingDraft(
            Subject.Column(column) with { Rows = outOfRange > 0 ? probabilities.OutOfRangeRows : probabilities.NotSummingToOneRows },
            $"Column '{column}' of the {profile.Name} is to hold probabilities, but {string.Join("; ", signs)}. ML.NET's evaluators give NaN or a wrong log-loss for such values and do not say so.")
        {
            Evidence = EvidenceOf(probabilities, outOfRange),
            Advice =
            [
                profile.Task == LearningTask.BinaryClassification
                    ? new Advice(
                        "Find the stage after the trainer that changes the column, or calibrate the scores anew.",
                        $"var calibrator = ml.BinaryClassification.Calibrators.Platt({Words.Literal(profile.Columns.Label ?? "Label")}, {Words.Literal(profile.Columns.Score)}).Fit(model.Transform(calibrationRows));")
                    : new Advice(
                        "Apply a softmax to logits, or divide each row by its sum; where the scores are no probabilities and need be none, do not declare them so.",
                        "var sum = scores.Sum(); for (var k = 0; k < scores.Length; k++) scores[k] /= sum;"),
            ],
        };
    }

    private static FindingDraft Undeclared(PredictionProfile profile, ProbabilitySummary probabilities)
    {
        var sums = probabilities.NotSummingToOne > 0 ? $", and those of {Words.Count(probabilities.NotSummingToOne, "row")} of {Words.Number(profile.Rows)} do not sum to 1" : string.Empty;
        return new FindingDraft(
            Subject.Column(profile.Columns.Score),
            $"The scores of '{profile.Columns.Score}' are no probabilities: they run from {Words.Number(probabilities.Min)} to {Words.Number(probabilities.Max)}{sums}. The LogLoss that ML.NET gives for this model has no meaning; its accuracy has.")
        {
            Severity = Severity.Info,
            Evidence = EvidenceOf(probabilities, probabilities.OutOfRange),
            Advice = [new Advice("Margins and logits are what such a trainer gives (OneVersusAll without probabilities, SDCA without calibration, naive Bayes, ML.NET's text classification): compare models by accuracy, or take a trainer that gives probabilities.", "ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()")],
        };
    }

    private static IReadOnlyList<Evidence> EvidenceOf(ProbabilitySummary probabilities, long outOfRange) =>
    [
        new Evidence("rows outside [0, 1]", outOfRange) { Threshold = 0, Unit = "rows" },
        new Evidence("rows not summing to 1", probabilities.NotSummingToOne) { Threshold = 0, Unit = "rows" },
        new Evidence("least", probabilities.Min) { Threshold = 0 },
        new Evidence("greatest", probabilities.Max) { Threshold = 1 },
    ];
}
