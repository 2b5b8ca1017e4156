using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD110.</summary>
public sealed record ClassImbalanceOptions : RuleOptions
{
    /// <summary>A class is rare below this share of the share it would have if all K classes were equal, in [0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0)]
    public double ShareOfEqual { get; init; } = 0.1;

    /// <summary>A class is rare below so many rows, whatever its share; 0 or more. Default 10.</summary>
    [Range(0, int.MaxValue)]
    public int MinRows { get; init; } = 10;
}

/// <summary>Names classes far rarer than the others.</summary>
internal sealed class ClassImbalance(ClassImbalanceOptions? options = null) : Rule<DataProfile>
{
    private readonly ClassImbalanceOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.ClassImbalance, nameof(RuleIds.ClassImbalance), "One class is far rarer than the others.",
        RuleCategory.Data, Severity.Info, ProofKind.Fact)
    { Notes = [7], SymptomOf = [RuleIds.LabelType] };

    public override RuleOptions Options => _options;

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        if (measured.Label is not { } label || !LabelFacts.IsClassification(measured))
            return;
        if (label.TooManyClasses)
        {
            sink.NotChecked(LabelFacts.Subject(label), $"more than {Words.Number(LabelProfile.MaxClasses)} classes are not counted one by one");
            return;
        }

        var rows = label.Classes.Sum(c => c.Count);
        var equal = (double)rows / Math.Max(1, label.Classes.Count);
        var floor = Math.Max(_options.MinRows, _options.ShareOfEqual * equal);
        ClassCount[] rare = [.. label.Classes.Where(c => c.Count < floor).OrderBy(c => c.Count)];
        // Where an average class itself has too few rows, the data are small and not unbalanced.
        if (label.Classes.Count < 2 || rare.Length == 0 || equal < floor)
            return;

        var most = label.Classes.MaxBy(c => c.Count)!;
        sink.Report(new FindingDraft(
            LabelFacts.Subject(label),
            $"{(rare.Length == 1 ? $"Of '{label.Name}', class" : $"{Words.Number(rare.Length)} of {Words.Number(label.Classes.Count)} classes of '{label.Name}' are rare:")} " +
            $"{Words.Names([.. rare.Select(c => $"{Quote(c)} has {Words.Count(c.Count, "row")}")])} of {Words.Number(rows)}, against {Words.Number(most.Count)} of {Quote(most)}. " +
            $"A model that always says {Quote(most)} is right in {Words.Percent((double)most.Count / rows)} of them: judge by a metric per class, not by accuracy.")
        {
            Evidence =
            [
                new Evidence("rows of the rarest class", rare[0].Count) { Threshold = floor, Unit = "rows" },
                new Evidence("share of the largest class", (double)most.Count / rows) { Unit = "share" },
            ],
            Advice =
            [
                new Advice(
                    "Weight rows by 1 / class frequency, or collect more of the rare classes; report macro accuracy, or the area under the precision-recall curve for two classes.",
                    "var weighted = report.Mends.OfType<ClassWeightMend>().Single().Apply(ml, data); // then exampleWeightColumnName: \"Weight\""),
            ],
            Figures = [new Figure("bar", ["class", "rows"], [[.. Shown(label).Select(c => c.Value)], [.. Shown(label).Select(c => (double)c.Count)]])],
            Mend = new ClassWeightMend(label.Name, label.Classes.ToDictionary(c => c.Value, c => (float)(equal / c.Count))),
        });
    }

    private static string Quote(ClassCount c) => $"'{c.Text}'";

    private static IEnumerable<ClassCount> Shown(LabelProfile label) => label.Classes.OrderBy(c => c.Count).Take(Figure.MaxValues / 16);
}
