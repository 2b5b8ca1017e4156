using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD113.</summary>
public sealed record MultivariateShiftOptions : RuleOptions
{
    /// <summary>Difference of a rank correlation that is warned of, in [0.05, 2]. Default 0.1.</summary>
    [Range(CorrelationComparer.SmallestDifference, 2.0)]
    public double CorrelationFloor { get; init; } = 0.1;

    /// <summary>Area under the ROC curve of a model that names the split, on rows it has not seen, that is warned of, in (0.5, 1]. Default 0.55.</summary>
    [Range(0.5, 1.0, MinimumIsExclusive = true)]
    public double AucFloor { get; init; } = 0.55;
}

/// <summary>
/// Names pairs of columns whose rank correlation differs between the splits, and says whether a model can tell the splits apart:
/// changes that no column shows alone.
/// </summary>
internal sealed class MultivariateShift(MultivariateShiftOptions? options = null) : Rule<DomainClassifier>
{
    private readonly MultivariateShiftOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.MultivariateShift, nameof(RuleIds.MultivariateShift), "The dependence between columns differs in two splits.",
        RuleCategory.Data, Severity.Warning, ProofKind.Statistical)
    { Notes = [19], SymptomOf = [RuleIds.SplitShift] };

    public override RuleOptions Options => _options;

    protected override void Judge(DomainClassifier measured, FindingSink sink)
    {
        var subject = new Subject(SubjectKind.Split, $"{measured.TrainName} / {measured.TestName}");
        if (measured.Correlations is { } correlations)
            JudgeCorrelations(measured, subject, correlations, sink);
        if (measured.Separation is { } separation)
            JudgeSeparation(measured, subject, separation, sink);
    }

    private void JudgeCorrelations(DomainClassifier data, Subject subject, CorrelationComparison pairs, FindingSink sink)
    {
        if (pairs.LeftOut > 0)
            sink.NotChecked(subject, $"correlations of {Words.Count(pairs.LeftOut, "column")} beyond the first {Words.Number(pairs.Columns)} that vary");
        PairChange[] large = [.. pairs.Changes.Where(c => c.Difference >= _options.CorrelationFloor)];

        // All pairs are one test: the smallest p-value times their number (Bonferroni) holds for the pair it belongs to.
        var test = sink.Test(
            subject, large.Length == 0 ? 1 : Math.Min(1, large[0].PValue * pairs.Pairs), large.Length == 0 ? 0 : large[0].Difference, _options.CorrelationFloor,
            level => CorrelationDifference.Resolution(level / pairs.Pairs, pairs.TrainRows, pairs.TestRows));
        sink.AfterTests(() =>
        {
            // The others must stand the correction that the first one stood.
            var correction = pairs.Pairs * (test.PValue > 0 ? test.AdjustedPValue / test.PValue : 1);
            if (test.IsFound)
                sink.Report(Changed(data, [large[0], .. large.Skip(1).Where(c => c.PValue * correction <= test.Alpha)], pairs) with { Severity = SeverityOf(test) });
            else if (test.Outcome == TestOutcome.Undetermined)
                sink.NotChecked(
                    subject, $"a change of correlation below {Words.Number(test.Resolution)}: these rows cannot show it (floor {Words.Number(_options.CorrelationFloor)}); the smaller split would need more rows",
                    ShiftTests.RowsNeeded(test.Resolution, _options.CorrelationFloor, data.SmallerRows));
        });
    }

    private void JudgeSeparation(DomainClassifier data, Subject subject, DomainSeparation model, FindingSink sink)
    {
        if (model.LeftOut > 0)
            sink.NotChecked(subject, $"{Words.Count(model.LeftOut, "slot")} beyond the first {Words.Number(DomainClassifierMeasurer.MaxSlots)} were not given to the model that names the split");
        var test = sink.Test(
            subject, model.PValue, model.Auc, _options.AucFloor, level => MannWhitney.Resolution(level, model.TrainRows, model.TestRows));
        sink.AfterTests(() =>
        {
            if (test.IsFound)
                sink.Report(Separable(data, subject, model) with { Severity = SeverityOf(test) });
            else if (test.Outcome == TestOutcome.Undetermined)
                sink.NotChecked(
                    subject, $"whether a model tells the splits apart with an AUC below {Words.Number(test.Resolution)}: these rows cannot show it (floor {Words.Number(_options.AucFloor)}); the smaller split would need more rows",
                    ShiftTests.RowsNeeded(test.Resolution - 0.5, _options.AucFloor - 0.5, data.SmallerRows));
        });
    }

    private static Severity SeverityOf(Hypothesis test) => test.IsSure() ? Severity.Warning : Severity.Info;

    private FindingDraft Changed(DomainClassifier data, IReadOnlyList<PairChange> changes, CorrelationComparison pairs)
    {
        var worst = changes[0];
        string[] others = [.. changes.Skip(1).Select(c => $"{c.First} / {c.Second} ({Words.Number(c.Train)} to {Words.Number(c.Test)})")];
        return new FindingDraft(
            worst.Second,
            $"The rank correlation of {worst.First} and {worst.Second} goes from {Words.Number(worst.Train)} in the {data.TrainName} to {Words.Number(worst.Test)} in the {data.TestName}" +
            $"{(others.Length > 0 ? $"; so {(others.Length == 1 ? "does" : "do")} {Words.Count(others.Length, "other pair")} of {Words.Number(pairs.Pairs)}: {Words.Names(others)}" : string.Empty)}. What one column says of the other no longer holds.")
        {
            Evidence =
            [
                new Evidence("difference of rank correlation", worst.Difference) { Threshold = _options.CorrelationFloor },
                new Evidence("pairs that changed", changes.Count) { Unit = "pairs" },
            ],
            Advice = [new Advice("Check how the two columns were joined on each side: rows of one column moved or shuffled against the others look like this.", null)],
        };
    }

    private FindingDraft Separable(DomainClassifier data, Subject subject, DomainSeparation model)
    {
        string[] carriers = [.. model.Carriers.Select(c => $"{c.Subject} ({Words.Percent(c.Share)})")];
        return new FindingDraft(
            subject,
            $"A model tells rows of the {data.TestName} from rows of the {data.TrainName} with AUC {Words.Number(model.Auc)} on {Words.Number(model.TrainRows + model.TestRows)} rows it has not seen " +
            $"(0.5 where they are alike, floor {Words.Number(_options.AucFloor)}); it goes by {Words.Names(carriers)}.")
        {
            Evidence = [new Evidence("AUC of the split", model.Auc) { Threshold = _options.AucFloor }],
            Advice = [data.IsNewData ? SplitShiftDraft.Follow : new Advice("Look at these columns in both splits; where both are to be alike, put all rows together and split them at random.", "var split = ml.Data.TrainTestSplit(allRows, testFraction: 0.2);")],
        };
    }
}
