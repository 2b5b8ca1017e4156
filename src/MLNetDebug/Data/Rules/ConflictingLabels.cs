using System.ComponentModel.DataAnnotations;

using MathNet.Numerics.Distributions;

namespace MLNetDebug.Data;

/// <summary>Options of MLD109.</summary>
public sealed record ConflictingLabelsOptions : RuleOptions
{
    /// <summary>
    /// By how much the share of copies with another label must exceed what labels drawn at random would give, in (0, 1]. Default 0.1.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Excess { get; init; } = 0.1;

    /// <summary>
    /// Share of all rows that stand in conflicting groups from which it is a Warning in data whose rows would not repeat by chance, in (0, 1].
    /// Default 0.05.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double RowShare { get; init; } = 0.05;
}

/// <summary>
/// Rows with equal features and different labels. In data of few columns and few values they are ordinary, so a Warning needs more
/// conflicts than labels drawn at random would give, or many of them where features hardly repeat by chance.
/// </summary>
internal sealed class ConflictingLabels(ConflictingLabelsOptions? options = null) : Rule<DataProfile>
{
    /// <summary>Different feature rows, as many as would be if all were equally frequent, per row of the data from which a repeated row is no chance.</summary>
    private const double Room = 1000;

    private readonly ConflictingLabelsOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.ConflictingLabels, nameof(RuleIds.ConflictingLabels), "Equal rows carry different labels.",
        RuleCategory.Data, Severity.Warning, ProofKind.Statistical)
    { Notes = [10] };

    public override RuleOptions Options => _options;

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        if (measured.Label is not { } label || !IsClassification(measured) || measured.Duplicates is not { } duplicates)
            return;
        if (label.TooManyClasses)
        {
            sink.NotChecked(new Subject(SubjectKind.Label, label.Name), "too many distinct labels to compare the labels of equal rows");
            return;
        }

        if (duplicates.DuplicateFeatures == 0)
            return;
        var copies = duplicates.DuplicateFeatures;
        var conflicts = copies - duplicates.DuplicateRows;
        var labelled = (double)label.Classes.Sum(c => c.Count);
        var atRandom = labelled == 0 ? 0 : 1 - label.Classes.Sum(c => c.Count / labelled * (c.Count / labelled));
        var share = (double)conflicts / copies;
        var subject = new Subject(SubjectKind.Label, label.Name)
        {
            Rows = [.. duplicates.ConflictingExamples.SelectMany(e => new[] { e.First, e.Second }).Distinct().Order().Take(20)],
        };
        var test = sink.Test(subject, UpperTail(conflicts, copies, atRandom), share - atRandom, _options.Excess);
        if (duplicates.ConflictingGroups == 0)
            return;
        var rowShare = (double)duplicates.ConflictingRows / Math.Max(1, duplicates.Rows);
        var rareByChance = HasRoom(measured);
        sink.AfterTests(() => sink.Report(Draft(measured, duplicates, subject, share, atRandom, rowShare, test, rareByChance)));
    }

    /// <summary>P(at least so many conflicts) where every copy's label is drawn at random.</summary>
    internal static double UpperTail(long conflicts, long copies, double probability) =>
        conflicts <= 0 ? 1
        : probability <= 0 ? 0
        : copies > int.MaxValue ? 1
        : 1 - new Binomial(Math.Min(1, probability), (int)copies).CumulativeDistribution(conflicts - 1);

    private static bool IsClassification(DataProfile data) => data.Declaration.Task switch
    {
        LearningTask.BinaryClassification or LearningTask.MulticlassClassification => true,
        LearningTask.Unknown => data.Label!.Kind is ColumnKind.Boolean or ColumnKind.Key or ColumnKind.Text,
        _ => false,
    };

    /// <summary>
    /// Two rows agree by chance with the product of the probabilities that two of each slot's values agree, were the slots independent. Many values count for
    /// little where most rows share one of them.
    /// </summary>
    private static bool HasRoom(DataProfile data)
    {
        var logRoom = -data.FeatureColumns.SelectMany(c => c.Slots).Sum(s => s.Sketch is { Count: > 0 } sketch ? Math.Log(Agreement(sketch)) : 0);
        return logRoom >= Math.Log(Room) + Math.Log(Math.Max(1, data.RowCount)) - 1e-9;
    }

    /// <summary>Probability that two drawn values are equal: exact for the most frequent ones, the others taken as equally frequent.</summary>
    private static double Agreement(SlotSketch sketch)
    {
        double Share(HeavyHitter h) => (double)h.Count / sketch.Count;
        var rest = Math.Max(0, 1 - sketch.HeavyHitters.Sum(Share));
        return sketch.HeavyHitters.Sum(h => Share(h) * Share(h)) + (rest * rest / Math.Max(1, sketch.Distinct - sketch.HeavyHitters.Count));
    }

    private FindingDraft Draft(
        DataProfile data, DuplicateProfile duplicates, Subject subject, double share, double atRandom, double rowShare, Hypothesis test, bool rareByChance)
    {
        var warn = test.IsFound || (rareByChance && rowShare >= _options.RowShare);
        var known = duplicates.IsExact && subject.Rows.Count == duplicates.ConflictingRows;
        var pairs = string.Join(", ", duplicates.ConflictingExamples.Take(Words.MaxNames).Select(e => $"{Words.Number(e.First)} and {Words.Number(e.Second)}"));
        return new FindingDraft(
            subject,
            $"{Words.Count(duplicates.ConflictingGroups, "group")} of rows in the {data.Name} {(duplicates.ConflictingGroups == 1 ? "has" : "have")} equal features and different " +
            $"values of '{subject.Name}': {Words.Count(duplicates.ConflictingRows, "row")}, {Words.Percent(rowShare)} of {Words.Number(duplicates.Rows)}" +
            $"{(duplicates.IsExact ? string.Empty : " compared")}; rows {pairs} (counted from 0). {Words.Percent(share)} of the copies carry another label; labels drawn at random " +
            $"would give {Words.Percent(atRandom)}." +
            (warn ? string.Empty : " No trainer can get all of them right, but so few are ordinary in data whose features leave the label open."))
        {
            Severity = warn ? null : Severity.Info,
            Confidence = test.IsFound ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                new Evidence("conflicting rows", duplicates.ConflictingRows) { Threshold = 0, Unit = "rows" },
                new Evidence("share of rows in conflict", rowShare) { Threshold = _options.RowShare },
                new Evidence("share of copies with another label", share) { Threshold = atRandom + _options.Excess },
                new Evidence("adjusted p-value", test.AdjustedPValue) { Threshold = test.Alpha },
            ],
            Advice =
            [
                new Advice("Look at the rows named: either a feature that tells them apart is missing, or the rows were labelled twice; keep the label you trust."),
            ],
            Mend = known ? new DropRowsMend(subject.Rows, "rows whose copies carry another label") : null,
        };
    }
}
