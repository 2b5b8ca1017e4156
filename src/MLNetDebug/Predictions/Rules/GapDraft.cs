using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Words the findings of MLD402.</summary>
internal static class GapDraft
{
    // Below this share of the gap the rest is the greater part.
    private const double ExplainsEnough = 0.5;

    public static Subject SubjectOf(EvaluationPair pair) => new(SubjectKind.Split, $"{pair.Validation.Name} / {pair.Test.Name}");

    /// <summary>A gap, with what explains it.</summary>
    public static FindingDraft Of(EvaluationPair pair, ErrorGap gap, double floor, double errors, IReadOnlyList<GapCause> causes, ReportedComparison? reported)
    {
        var isOpen = causes.All(c => c.Explained is not null) && causes.Sum(c => c.Explained) < ExplainsEnough;
        var why = (causes.Count > 0 ? $"What differs, the best proved first: {string.Join("; ", causes.Select(c => c.Text))}. " : string.Empty) + (isOpen ? Left(pair, gap, causes.Count > 0) + " " : string.Empty);
        return new FindingDraft(
            SubjectOf(pair),
            $"{(reported is null ? string.Empty : Wrong(pair, reported) + " ")}{Capital(Numbers(pair, gap))}: {Size(gap, gap.Size)} {(gap.IsAccuracy ? "lost" : "more")}, {Words.Number(gap.Statistic)} standard errors (floors {Size(gap, floor)} and {Words.Number(errors)}). {why}" +
            $"The honest number is the {(gap.IsAccuracy ? $"lower one: an accuracy of {Words.Percent(gap.Test)}" : $"worse one: a root mean squared error of {Words.Number(Math.Sqrt(gap.Test))}")}.")
        {
            Evidence =
            [
                new Evidence(gap.IsAccuracy ? "validation accuracy" : "validation squared error", gap.Validation),
                new Evidence(gap.IsAccuracy ? "test accuracy" : "test squared error", gap.Test),
                new Evidence(gap.IsAccuracy ? "accuracy lost" : "growth of the squared error", gap.Size) { Threshold = floor },
                new Evidence("standard errors", gap.Statistic),
                .. reported is null ? [] : EvidenceOf(reported),
                .. causes.SelectMany(c => c.Evidence),
            ],
            Advice = [.. reported is null ? [] : new[] { Recompute }, .. causes.Select(c => c.Advice), .. isOpen ? new[] { Tuning(pair) } : []],
            Mend = causes.Select(c => c.Mend).FirstOrDefault(m => m is not null),
        };
    }

    /// <summary>A reported metric that is wrong, where the true ones lie close together.</summary>
    public static FindingDraft Reported(EvaluationPair pair, ErrorGap gap, ReportedComparison reported, double tolerance) => new(
        SubjectOf(pair), $"{Wrong(pair, reported)} {Capital(Numbers(pair, gap))}: the gap is one of the report and not of the model.")
    {
        Evidence = [.. EvidenceOf(reported), new Evidence("difference", reported.Difference) { Threshold = tolerance }],
        Advice = [Recompute],
        Proof = new Proof(ProofKind.Fact, $"{reported.Name} was computed anew on every row of the {pair.Validation.Name} by ML.NET's evaluator."),
    };

    /// <summary>Both measures with their rows.</summary>
    public static string Numbers(EvaluationPair pair, ErrorGap gap) => gap.IsAccuracy
        ? $"accuracy is {Words.Percent(gap.Validation)} on the {pair.Validation.Name} ({Words.Count(pair.Validation.Judged, "row")}) and {Words.Percent(gap.Test)} on the {pair.Test.Name} ({Words.Count(pair.Test.Judged, "row")})"
        : $"the mean squared error is {Words.Number(gap.Validation)} on the {pair.Validation.Name} ({Words.Count(pair.Validation.Judged, "row")}) and {Words.Number(gap.Test)} on the {pair.Test.Name} ({Words.Count(pair.Test.Judged, "row")})";

    /// <summary>A gap in its unit.</summary>
    public static string Size(ErrorGap gap, double size) => gap.IsAccuracy ? $"{Words.Number(100 * size)} percentage points" : Words.Percent(size);

    private static string Wrong(EvaluationPair pair, ReportedComparison reported) =>
        $"The reported {reported.Name} of the {pair.Validation.Name}, {Words.Number(reported.Reported)}, is not theirs: computed over all of their rows it is {Words.Number(reported.Recomputed)}. ML.NET's text trainers, for one, report the last batch only.";

    private static IEnumerable<Evidence> EvidenceOf(ReportedComparison reported) =>
        [new Evidence($"reported {reported.Name}", reported.Reported), new Evidence($"recomputed {reported.Name}", reported.Recomputed)];

    private static Advice Recompute { get; } = new(
        "Do not trust what a trainer logs while it runs: score the validation rows with the fitted model and evaluate them.", "var evaluation = ml.Diagnostics().Evaluate(model.Transform(validation));");

    private static string Left(EvaluationPair pair, ErrorGap gap, bool isRest) => isRest
        ? "What is left is tuning: settings that were chosen by these validation rows fit them better than any others."
        : $"No{(pair.Seen is null ? string.Empty : " row that was trained on, no")} change of the {(gap.IsAccuracy ? "class shares" : "target")} and no column explains it{(pair.Seen is null ? "; whether validation rows were trained on was not looked at (pass Train)" : string.Empty)}. " +
            "What is left is tuning: settings that were chosen by these validation rows fit them better than any others.";

    private static Advice Tuning(EvaluationPair pair) => new(
        "Choose settings by cross-validation or on fresh validation rows, and touch the test rows once; report the test's number.",
        $"var folds = ml.{pair.Validation.Task}.CrossValidate(train, pipeline, numberOfFolds: 5);");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
