using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Looks for what explains a gap, facts before arithmetic before mere differences.</summary>
/// <param name="pair">The two evaluations.</param>
/// <param name="gap">The gap.</param>
internal sealed class GapCauses(EvaluationPair pair, ErrorGap gap)
{
    // A cause that explains less is no cause to name.
    private const double LeastShare = 0.1;

    private const double LabelFloor = 0.05;
    private const double DomainFloor = 0.55;

    private string ValidationName => pair.Validation.Name;

    private string TestName => pair.Test.Name;

    /// <summary>The causes in the order of their proof.</summary>
    /// <param name="seenIsSure">Whether more validation rows were trained on than natural duplicates explain.</param>
    public IReadOnlyList<GapCause> Find(bool seenIsSure) =>
        [.. new[] { seenIsSure ? Seen() : null, ClassMix(), Target(), Columns() }.OfType<GapCause>()];

    private GapCause? Seen()
    {
        var (rows, answers) = pair.Seen!;
        if (WithoutSeen(rows, answers) is not { } without)
            return null;
        var explained = ShareOf(gap.IsAccuracy ? gap.Validation - without : (without - gap.Validation) / gap.Validation);
        const string mend = "validation = report.Mends.OfType<DropRowsMend>().First().Apply(ml, validation);";
        return new GapCause(
            $"{Words.Count(rows.Copies, "validation row")} of {Words.Number(rows.TestRows)} stand in the training data (natural duplicates predict {Words.Number(Math.Round(rows.ExpectedCopies, 1))}); without them the validation {Value(without)}, which explains {Words.Percent(explained)} of the gap",
            new Advice("Split before rows are copied, oversampled or augmented, and drop these rows from the validation data.", mend))
        {
            Explained = explained,
            Mend = rows.IsExact ? new DropRowsMend(rows.CopyRows, $"rows of the {ValidationName} that stand in the training data too") { Code = mend } : null,
            Evidence =
            [
                new Evidence("validation rows that were trained on", rows.Copies) { Unit = "rows" },
                new Evidence(gap.IsAccuracy ? "validation accuracy without them" : "validation squared error without them", without),
                new Evidence("share of the gap explained by leaked rows", explained),
            ],
        };
    }

    /// <summary>The measure of the validation rows that were not trained on.</summary>
    private double? WithoutSeen(RowLeakage rows, PredictionProfile answers)
    {
        var share = rows.TestRows == 0 ? 0 : (double)rows.Copies / rows.TestRows;
        var ofSeen = gap.IsAccuracy ? answers.Accuracy : answers.Losses.FirstOrDefault(l => l.Name == LossTally.SquaredError)?.Value ?? double.NaN;
        var without = (gap.Validation - share * ofSeen) / (1 - share);
        return double.IsFinite(without) ? (gap.IsAccuracy ? Math.Clamp(without, 0, 1) : Math.Max(0, without)) : null;
    }

    /// <summary>The validation's accuracy by class, weighted as the test has the classes.</summary>
    private GapCause? ClassMix()
    {
        if (!gap.IsAccuracy)
            return null;
        var test = pair.Test.Classes.ToDictionary(c => c.Value, c => c.Rows);
        ClassPredictions[] known = [.. pair.Validation.Classes.Where(c => c.Rows > 0)];
        long[] before = [.. known.Select(c => c.Rows)], after = [.. known.Select(c => test.GetValueOrDefault(c.Value))];
        var counts = TwoSampleChiSquare.Compare(before, after);
        if (after.Sum() == 0 || counts.PValue > ShiftTests.WarningLevel || counts.TotalVariation < LabelFloor)
            return null;
        var weighted = known.Select((c, i) => (double)c.Correct / c.Rows * after[i] / after.Sum()).Sum();
        var explained = ShareOf(gap.Validation - weighted);
        if (explained < LeastShare)
            return null;
        var moved = Enumerable.Range(0, known.Length).MaxBy(i => Math.Abs((double)before[i] / before.Sum() - (double)after[i] / after.Sum()));
        return new GapCause(
            $"the classes stand in other shares ('{known[moved].Text}' goes from {Words.Percent((double)before[moved] / before.Sum())} to {Words.Percent((double)after[moved] / after.Sum())} of the rows): " +
            $"the validation accuracy of each class, weighted as the {TestName} has them, is {Words.Percent(weighted)}, which explains {Words.Percent(explained)} of the gap",
            new Advice("Where the test data is how the world is, weight or draw the training and validation rows in its shares; accuracy by class tells more than one number.", "var weighted = perClass.Sum(c => c.Accuracy * c.ShareInTest);"))
        {
            Explained = explained,
            Evidence =
            [
                new Evidence("validation accuracy at the test's class shares", weighted),
                new Evidence("total variation of the classes", counts.TotalVariation) { Threshold = LabelFloor },
                new Evidence("share of the gap explained by class shares", explained),
            ],
        };
    }

    private GapCause? Target() =>
        gap.IsAccuracy || pair.Splits?.Label?.Values is not { } values || values.PValue > ShiftTests.WarningLevel || values.Distance < LabelFloor ? null
        : new GapCause(
            $"the target is distributed differently ({ShiftWords.Moments(values)})",
            new Advice("Find out why the targets of the two differ, and train on rows like those of the test data."))
        { Evidence = [new Evidence("Kolmogorov-Smirnov distance of the target", values.Distance) { Threshold = LabelFloor }] };

    private GapCause? Columns()
    {
        var shifted = pair.Splits is null ? [] : ShiftedColumns.Of(pair.Splits);
        if (shifted.Count > 0)
        {
            string[] names = [.. shifted.Select(t => double.IsNaN(t.Effect) ? t.Column.Subject.Display : $"{t.Column.Subject} ({Words.Number(t.Effect)})")];
            return new GapCause(
                $"{Words.Count(shifted.Count, "feature column")} {(shifted.Count == 1 ? "is" : "are")} distributed differently: {Words.Names(names)} (distance in brackets)",
                new Advice("See MLD111 for each of these columns; where the test data is how the world is, train on rows like it, or weight the rows that are."))
            { Evidence = [new Evidence("feature columns that differ", shifted.Count) { Threshold = 0, Unit = "columns" }, new Evidence("largest distance", shifted.Max(t => t.Effect))] };
        }

        if (pair.Domain?.Separation is not { } separation || separation.PValue > ShiftTests.WarningLevel || separation.Auc < DomainFloor)
            return null;
        return new GapCause(
            $"no column differs alone, but a model tells the two apart (AUC {Words.Number(separation.Auc)}) by {Words.Names([.. separation.Carriers.Select(c => c.Subject.Display)])}",
            new Advice("See MLD113: the columns differ together, as after another join or another source."))
        { Evidence = [new Evidence("AUC of the split", separation.Auc) { Threshold = DomainFloor }] };
    }

    private string Value(double value) => gap.IsAccuracy ? $"accuracy is {Words.Percent(value)}" : $"mean squared error is {Words.Number(value)}";

    private double ShareOf(double explained) => Math.Round(Math.Clamp(explained / gap.Size, 0, 1), 2);
}
