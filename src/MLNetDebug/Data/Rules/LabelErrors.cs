using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace MLNetDebug.Data;

/// <summary>Options of MLD108.</summary>
public sealed record LabelErrorsOptions : RuleOptions
{
    /// <summary>
    /// Estimated share of right labels among the suspects up to which they are listed, in (0, 1). Default 0.4. Beyond it features say too little to
    /// tell a wrong label from a hard row.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double MaxFalseDiscoveryRate { get; init; } = 0.4;

    /// <summary>Accuracy of the out-of-fold models above guessing from which they are believed, as a share of what is left above guessing, in [0, 1]. Default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double MinSkill { get; init; } = 0.2;

    /// <summary>A suspect is listed from this probability of error on, in [0.5, 1]. Default 0.5.</summary>
    [Range(0.5, 1.0)]
    public double MinProbability { get; init; } = 0.5;
}

/// <summary>Lists rows whose label looks wrong by confident learning, most suspect first, with the class they would fit and the share that is expected to be right after all.</summary>
internal sealed class LabelErrors(LabelErrorsOptions? options = null) : Rule<LabelModel>
{
    private const int MaxPlaces = 20;

    private const int MaxExamples = 3;

    private readonly LabelErrorsOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LabelErrors, nameof(RuleIds.LabelErrors), "Single labels look wrong.",
        RuleCategory.Data, Severity.Info, ProofKind.Experiment)
    { Notes = [10], SymptomOf = [RuleIds.LabelsShifted, RuleIds.LabelsUnrelated] };

    public override RuleOptions Options => _options;

    protected override void Judge(LabelModel measured, FindingSink sink)
    {
        var subject = new Subject(SubjectKind.Label, measured.Label);
        if (measured.Errors is not { } errors)
        {
            sink.NotChecked(subject, $"which labels are wrong: {measured.ErrorsNotEstimated}");
            return;
        }

        SuspectLabel[] suspects = [.. errors.Suspects.Where(s => s.Probability >= _options.MinProbability)];
        var wrongAfterAll = suspects.Length == 0 ? 0 : suspects.Average(s => 1 - s.Probability);
        var skill = (errors.OutOfFoldAccuracy - errors.TrivialAccuracy) / Math.Max(1e-9, 1 - errors.TrivialAccuracy);
        if (skill < _options.MinSkill || wrongAfterAll > _options.MaxFalseDiscoveryRate)
        {
            sink.NotChecked(
                subject,
                $"which labels are wrong: models that did not see them are right on {Words.Percent(errors.OutOfFoldAccuracy)} of the rows, guessing on {Words.Percent(errors.TrivialAccuracy)}, too little to tell a wrong label from a hard row");
            return;
        }

        if (suspects.Length > 0)
            sink.Report(Draft(measured, errors, suspects, wrongAfterAll, subject));
    }

    private static FindingDraft Draft(LabelModel model, LabelErrorEstimate errors, SuspectLabel[] suspects, double wrongAfterAll, Subject subject)
    {
        var expected = suspects.Sum(s => s.Probability);
        var looked = errors.Rows < model.RowCount ? $"{Words.Count(errors.Rows, "row")} looked at, of {Words.Number(model.RowCount)}," : Words.Count(errors.Rows, "row");
        var examples = suspects.Take(MaxExamples).Select(s => string.Create(
            CultureInfo.InvariantCulture, $"row {s.Row:N0} is labelled {Words.Literal(s.Given)} and looks like {Words.Literal(s.Suggested)} ({Words.Percent(s.Probability)})"));
        return new FindingDraft(
            subject with { Rows = [.. suspects.Take(MaxPlaces).Select(s => s.Row)] },
            $"{Words.Number(suspects.Length)} of {looked} carry a label in '{model.Label}' that models which did not see it contradict; about {Words.Number((long)Math.Round(expected))} of them are expected to be wrong. " +
            $"Most suspect: {string.Join("; ", examples)}.")
        {
            Confidence = Confidence.Suspected,
            Evidence =
            [
                new Evidence("suspect labels", suspects.Length) { Unit = "rows" },
                new Evidence("share of rows", (double)suspects.Length / errors.Rows) { Unit = "share" },
                new Evidence("estimated false discovery rate", wrongAfterAll) { Unit = "share" },
                new Evidence("out-of-fold accuracy", errors.OutOfFoldAccuracy) { Unit = "share" },
                new Evidence("accuracy of guessing", errors.TrivialAccuracy) { Unit = "share" },
            ],
            Advice =
            [
                new Advice(
                    "Look at the rows, the most suspect first, and relabel or drop those that are wrong; never delete them unseen, for hard rows stand among them.",
                    "var relabel = report.Mends.OfType<RelabelRowsMend>().First(); foreach (var r in relabel.Rows) Console.WriteLine($\"{r.Row}: {r.Text}?\"); data = relabel.Apply(ml, data);"),
            ],
            Proof = new Proof(
                ProofKind.Experiment,
                $"Confident learning on out-of-fold probabilities ({(errors.HasLinear ? "five-fold logistic regression and ten nearest neighbours, calibrated and averaged" : "ten nearest neighbours, calibrated; the time budget left no room for a regression")}) of {Words.Count(errors.Rows, "row")}."),
            Figures = [new Figure("line", ["rank", "probability of error"], [[.. suspects.Take(Figure.MaxValues / 2).Select((_, i) => i + 1.0)], [.. suspects.Take(Figure.MaxValues / 2).Select(s => s.Probability)]])],
            Mend = new RelabelRowsMend(model.Label, [.. suspects.Select(s => new RowLabel(s.Row, s.SuggestedValue, s.Suggested))]),
        };
    }
}
