using CsCheck;
using Microsoft.ML;

namespace MLNetDebug.Tests.Reports;

/// <summary>Reports to render: one made by hand, and any number made at random with hostile texts and numbers.</summary>
internal static class SampleReports
{
    public static readonly RuleDescriptor Scale = new(
        RuleIds.FeatureScale, nameof(RuleIds.FeatureScale), "Features stand on different scales.", RuleCategory.Data, Severity.Warning, ProofKind.Fact)
    { Notes = [5] };

    public static readonly RuleDescriptor Order = new(
        RuleIds.UnshuffledRows, nameof(RuleIds.UnshuffledRows), "Rows are not shuffled.", RuleCategory.Data, Severity.Warning, ProofKind.Statistical)
    { Notes = [6] };

    public static readonly RuleDescriptor Batches = new(
        RuleIds.OneLabelBatches, nameof(RuleIds.OneLabelBatches), "Batches hold one class.", RuleCategory.Data, Severity.Warning, ProofKind.Statistical)
    { Notes = [7], SymptomOf = [RuleIds.UnshuffledRows] };

    public static Finding Finding(RuleDescriptor rule, Subject subject, string message) => new()
    {
        Rule = rule,
        Severity = rule.DefaultSeverity,
        Confidence = Confidence.Confirmed,
        Subject = subject,
        Message = message,
    };

    public static DiagnosticReport Typical { get; } = new()
    {
        Title = "training data",
        Facts = [new Evidence("rows", 569), new Evidence("features", 30)],
        Findings =
        [
            Finding(Order, Subject.Column("Label"), "At batch 32, 97 % of batches hold one class; shuffled rows would give 0.4 %.") with
            {
                Evidence = [new Evidence("label join count z", 23.5) { Threshold = 4, Unit = "sd" }],
                Advice = [new Advice("Permute all rows once.", "var shuffled = report.Mends[0].Apply(ml, data);")],
                Proof = new Proof(ProofKind.Statistical, "join count against its permutation distribution, adjusted p 1E-30"),
                Mend = new NamedMend("Permute all rows."),
                Values = ["secret cell"],
            },
            Finding(Scale, Subject.Column("Features", 3, "mean area"), "Slot 3 spreads 10,000 times as far as the others.") with
            {
                Figures = [new Figure("bar", ["slot", "sd"], [[0, 1, 2], [1, double.NaN, double.PositiveInfinity]])],
            },
            Finding(Batches, Subject.Column("Label"), "97 % of batches hold one class.") with { FoldedUnder = RuleIds.UnshuffledRows },
        ],
        Checked = [new CheckedRule(Scale, 1, 0), new CheckedRule(Order, 1, 12), new CheckedRule(Batches, 1, 1)],
        NotChecked = [new NotChecked(Subject.Column("Photo"), "images are not read") { RuleId = RuleIds.FeatureScale, RowsNeeded = 700 }],
        Assumptions = ["Batch size 32, as nothing was said."],
        Timings = [new Timing("DataProfile", TimeSpan.FromMilliseconds(12))],
        FamilySize = 13,
    };

    /// <summary>Reports of random shape.</summary>
    public static Gen<DiagnosticReport> Any { get; } = Gen.Int[0, 12].SelectMany(n => AnyFinding().Array[n]).Select(Gen.Int, (findings, seed) => Build(findings, seed));

    private static readonly string[] Hostile =
    [
        "", " ", "plain name", "\u001b[31mred\u001b[0m", "a\0b\r\nc\td", "\ud800 lone", "lone \udc00", "\u202Eright to left", "emoji \U0001F600\U0001F600",
        new string('x', 500), "\"quoted\" \\ </script>", new string('\uD83D', 30), string.Concat(Enumerable.Repeat("\U0001F600", 3_000)), "\u2028\u2029\uFEFF", "多字节 名称",
    ];

    private static Gen<string> AnyText() => Gen.OneOf(Gen.OneOfConst(Hostile), Gen.String[0, 300]);

    private static Gen<double> AnyNumber() =>
        Gen.OneOf(Gen.Double, Gen.OneOfConst(0.0, -0.0, 1, 1e-9, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon));

    private static Gen<Finding> AnyFinding() =>
        from rule in Gen.OneOfConst(Scale, Order, Batches)
        from severity in Gen.OneOfConst(Severity.Info, Severity.Warning, Severity.Error)
        from confidence in Gen.OneOfConst(Confidence.Suspected, Confidence.Confirmed)
        from name in AnyText()
        from message in AnyText()
        from code in AnyText()
        from number in AnyNumber()
        from slot in Gen.Int[0, 5_000]
        from folded in Gen.OneOfConst(null, RuleIds.UnshuffledRows, RuleIds.OneLabelBatches, "MLD199")
        select Finding(rule, Subject.Column(name, slot % 3 == 0 ? null : slot, name) with { Rows = [slot, 7_000_000_000] }, message) with
        {
            Severity = severity,
            Confidence = confidence,
            Evidence = [new Evidence(name, number) { Threshold = slot % 2 == 0 ? number : null, Unit = slot % 5 == 0 ? message : null }],
            Advice = [new Advice(message, slot % 2 == 0 ? code : null)],
            Figures = slot % 4 == 0 ? [new Figure(name, [name, message], [[number, 1], [2, number]])] : [],
            Proof = slot % 3 == 0 ? new Proof(ProofKind.Fact, message) : null,
            Mend = slot % 7 == 0 ? new NamedMend(name) : null,
            Values = [name],
            FoldedUnder = folded,
        };

    private static DiagnosticReport Build(Finding[] findings, int seed)
    {
        var text = Hostile[(int)((uint)seed % (uint)Hostile.Length)];
        return Typical with
        {
            Title = text,
            Findings = findings,
            Assumptions = [text, text],
            NotChecked = [new NotChecked(Subject.Column(text), text), new NotChecked(new Subject(SubjectKind.Split, text), text) { RowsNeeded = long.MaxValue }],
            Facts = [new Evidence(text, seed)],
        };
    }
}

/// <summary>A mend with a title and nothing to apply.</summary>
internal sealed record NamedMend(string Name) : Mend(Name, "report.Mends[0].Apply(ml, data);")
{
    public override IDataView Apply(MLContext ml, IDataView data) => data;
}
