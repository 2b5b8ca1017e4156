using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD119.</summary>
public sealed record LabelGapsOptions : RuleOptions
{
    /// <summary>
    /// Up to so many declared keys a missing one is taken for a lost class; above it the key count is taken for a bound. 1 or more.
    /// Default 1000.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int MaxDeclared { get; init; } = 1000;
}

/// <summary>Names declared classes that no row carries, and holes in whole-number class labels.</summary>
internal sealed class LabelGaps(LabelGapsOptions? options = null) : Rule<DataProfile>
{
    private readonly LabelGapsOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LabelGaps, nameof(RuleIds.LabelGaps), "Declared classes have no rows.", RuleCategory.Data, Severity.Warning, ProofKind.Fact)
    { Notes = [10], SymptomOf = [RuleIds.OneClass] };

    public override RuleOptions Options => _options;

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        if (measured.Label is not { Classes.Count: > 0 } label || !LabelFacts.IsClassification(measured))
            return;
        if (!measured.IsComplete)
        {
            sink.NotChecked(LabelFacts.Subject(label), $"the pass ended early, after {Words.Count(measured.RowCount, "row")}: later rows may carry the other classes");
            return;
        }

        if (label.Kind == ColumnKind.Key && label.AbsentKeyCount > 0)
            sink.Report(OfKeys(measured, label));
        else if (label.Kind == ColumnKind.Number && label.NonInteger == 0)
            OfNumbers(measured, label, sink);
    }

    private FindingDraft OfKeys(DataProfile data, LabelProfile label)
    {
        var declared = label.KeyCount ?? 0;
        // Without values and with all gaps at the end, the count is a bound somebody wrote down, not a list of classes.
        var counts = data.Declaration.Trainer is { CountsClassesFromRows: true };
        // Keys above a hole are taken for positions that do not exist; a hole at the end is only met when the model is evaluated.
        var throws = counts && label.Classes[^1].Value > label.Classes.Count;
        var isBound = !counts && (declared > (ulong)_options.MaxDeclared || (!label.HasKeyValues && label.Classes[^1].Value <= label.Classes.Count));
        return new FindingDraft(
            LabelFacts.Subject(label),
            $"{Words.Number(label.AbsentKeyCount)} of {Words.Number((long)Math.Min(long.MaxValue, declared))} declared classes of '{label.Name}' have no row in the {data.Name}: " +
            $"{Words.Names(label.AbsentKeys)}. " + (throws ? $"{data.Declaration.Trainer!.Name} counts the classes it meets, and throws 'out of bounds' at the first key above their number."
                : counts ? $"{data.Declaration.Trainer!.Name} counts the classes it meets: it trains, and evaluating its model throws, for scores and keys differ in number."
                : "A model cannot learn them, metrics that average over classes count them, and trainers that count classes from the rows fail on the first one they meet."))
        {
            Severity = throws ? Severity.Error : isBound ? Severity.Info : null,
            Evidence = [new Evidence("declared classes without rows", label.AbsentKeyCount) { Threshold = 0, Unit = "classes" }],
            Advice =
            [
                new Advice(
                    "Split with every class on both sides, or map the keys anew from the rows that are there.",
                    $"pipeline.Append(ml.Transforms.Conversion.MapKeyToValue({Words.Literal(label.Name)})).Append(ml.Transforms.Conversion.MapValueToKey({Words.Literal(label.Name)}))"),
            ],
        };
    }

    private static void OfNumbers(DataProfile data, LabelProfile label, FindingSink sink)
    {
        var (first, last) = (label.Classes[0].Value, label.Classes[^1].Value);
        var holes = last - first + 1 - label.Classes.Count;
        // Codes such as 10, 20, 30 are names and have no holes: only nearly complete ranges from 0 or 1 are counted on.
        if (label.Classes.Count < 3 || first is not (0 or 1) || holes <= 0 || holes * 4 > label.Classes.Count)
            return;
        var present = label.Classes.Select(c => c.Value).ToHashSet();
        string[] absent = [.. Enumerable.Range((int)first, (int)(last - first + 1)).Where(v => !present.Contains(v)).Select(v => Words.Number((long)v))];
        sink.Report(new FindingDraft(
            LabelFacts.Subject(label),
            $"The classes of '{label.Name}' in the {data.Name} run from {Words.Number(first)} to {Words.Number(last)} with {Words.Count(absent.Length, "hole")}: no row carries {Words.Names(absent)}. " +
            "MapValueToKey closes the gap, but a network with one output per number keeps outputs nothing trains.")
        {
            Severity = Severity.Info,
            Evidence = [new Evidence("numbers without rows", absent.Length) { Threshold = 0, Unit = "classes" }],
            Advice = [new Advice("Check whether a class was lost by a filter or split.", $"pipeline.Append(ml.Transforms.Conversion.MapValueToKey({Words.Literal(label.Name)}))")],
        });
    }
}
