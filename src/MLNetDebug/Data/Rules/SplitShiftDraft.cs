namespace MLNetDebug.Data;

/// <summary>Words the findings of MLD111.</summary>
internal static class SplitShiftDraft
{
    /// <summary>One column.</summary>
    public static FindingDraft Of(SplitComparison data, ColumnTests tests, SplitShiftOptions options, bool withMend)
    {
        var column = tests.Column;
        var signs = new List<string>();
        var evidence = new List<Evidence>();
        if (tests.ShiftFound && column.Numeric is { } numeric)
        {
            signs.Add($"{ShiftWords.Moments(numeric)}; KS {Words.Number(numeric.Distance)} (floor {Words.Number(options.WarningFloor)})");
            evidence.Add(new Evidence("Kolmogorov-Smirnov distance", numeric.Distance) { Threshold = options.WarningFloor });
            evidence.Add(new Evidence("Wasserstein distance", numeric.Wasserstein) { Unit = "sd" });
        }

        if (tests.ShiftFound && column.Categories is { } categories)
        {
            var change = categories.Changes[0];
            signs.Add($"the category that changes most goes from {ShiftWords.Change(change.Rows)}; total variation {Words.Number(categories.Counts.TotalVariation)} (floor {Words.Number(options.WarningFloor)})");
            evidence.Add(new Evidence("total variation", categories.Counts.TotalVariation) { Threshold = options.WarningFloor });
        }

        if (tests.NewFound && column.Categories!.New is { } unseen)
        {
            var others = unseen.Others > 0 ? $", and {Words.Number(unseen.Others)} others are new too" : string.Empty;
            signs.Add($"a category the {data.TrainName} lacks stands in {Words.Percent(unseen.Share)} of the {data.TestName} ({Words.Count(unseen.Count, "row")}){others}");
            evidence.Add(new Evidence("share of a new category", unseen.Share) { Threshold = options.NewCategoryFloor });
        }

        if (tests.UnseenFound)
        {
            signs.Add(ShiftWords.Unseen(column.Numeric!, data));
            evidence.Add(ShiftTests.IsWithin(column.Numeric!)
                ? new Evidence("share of a value never trained on", column.Numeric!.New.Share) { Threshold = options.UnseenFloor }
                : new Evidence("share beyond the training range", ShiftTests.Outer(column.Numeric!).Share) { Threshold = options.UnseenFloor });
        }

        if (tests.MissingFound)
        {
            signs.Add(ShiftWords.Missing(column.Missing, data.TrainName, data.TestName));
            evidence.Add(new Evidence("difference of missing shares", column.Missing.Difference) { Threshold = options.MissingFloor });
        }

        var factor = column.Numeric is { } n ? ShiftWords.Factor(n) : null;
        return new FindingDraft(column.Subject, $"{column.Subject} differs between the {data.TrainName} and the {data.TestName}: {string.Join("; ", signs)}.")
        {
            Severity = tests.Severity,
            Confidence = tests.Severity == Severity.Warning ? Confidence.Confirmed : Confidence.Suspected,
            Evidence = evidence,
            Advice = [factor is { } times ? Units(data, column, times) : Resplit(data)],
            Mend = withMend && factor is null ? ResplitMend(data) : null,
            Values = Values(column),
        };
    }

    /// <summary>The columns beyond those that got a finding of their own.</summary>
    public static FindingDraft Others(SplitComparison data, IReadOnlyList<ColumnTests> others, int compared) =>
        new(Pair(data), $"{Words.Count(others.Count, "further column")} of {Words.Number(compared)} {(others.Count == 1 ? "differs" : "differ")} between the {data.TrainName} and the {data.TestName}: {Names(others)}.")
        {
            Severity = others.Max(o => o.Severity),
            Evidence = [new Evidence("further columns that differ", others.Count) { Unit = "columns" }],
            Advice = [Resplit(data)],
        };

    /// <summary>Differences that are real and too small to matter.</summary>
    public static FindingDraft Small(SplitComparison data, IReadOnlyList<ColumnTests> small, SplitShiftOptions options) =>
        new(Pair(data), $"{Words.Count(small.Count, "column")} differ{(small.Count == 1 ? "s" : string.Empty)} significantly between the {data.TrainName} and the {data.TestName}, " +
            $"and by too little to matter (distance below {Words.Number(options.InfoFloor)}): {Names(small)}.")
        {
            Severity = Severity.Info,
            Evidence = [new Evidence("greatest distance below the floor", small.Max(t => t.Effect)) { Threshold = options.InfoFloor }],
        };

    /// <summary>The advice to split anew; new data is no split, so there the model is to follow it.</summary>
    public static Advice Resplit(SplitComparison data) => data.Declaration switch
    {
        _ when data.IsNewData => Follow,
        { Time: { } time } => new Advice(
            "Rows of another time are another population: train on recent rows, and watch the shift once the model is in use.",
            $"var recent = ml.Data.FilterRowsByColumn(data, {Words.Literal(time)}, lowerBound: start);"),
        { Group: { } group } => new Advice(
            "Find out how the two were made; where both are to be alike, split all rows at random, groups kept whole.",
            $"var split = ml.Data.TrainTestSplit(allRows, testFraction: 0.2, samplingKeyColumnName: {Words.Literal(group)});"),
        _ => new Advice(
            "Find out how the two were made; where both are to be alike, put all rows together and split them at random.",
            "var split = ml.Data.TrainTestSplit(allRows, testFraction: 0.2);"),
    };

    /// <summary>What to do where new data has moved away from what a model was trained on.</summary>
    public static Advice Follow { get; } = new(
        "Find out whether the source changed (another unit, another default, a join) or the world did; where the world did, label rows of the new data and train on them too.",
        "model = pipeline.Fit(recent);");

    private static SplitMend? ResplitMend(SplitComparison data) => data.IsNewData ? null : data.Declaration switch
    {
        { Time: not null } => null,
        { Group: { } group } => new SplitMend(SplitKind.Group, group, Fraction(data)) { Features = data.Declaration.Features },
        _ => new SplitMend(SplitKind.Random, null, Fraction(data)) { Features = data.Declaration.Features },
    };

    private static double Fraction(SplitComparison data) => (double)data.TestRows / (data.TrainRows + data.TestRows);

    private static Advice Units(SplitComparison data, ColumnComparison column, double factor) => new(
        $"Check the units: values of the {data.TestName} are {ShiftWords.Times(factor)} throughout, mean and spread alike.",
        $"test = ml.Transforms.CustomMapping<Row, Row>((r, o) => o.{Words.Identifier(column.Subject.Name)} = r.{Words.Identifier(column.Subject.Name)} / {Words.Number(factor)}f, null).Fit(test).Transform(test);");

    private static Subject Pair(SplitComparison data) => new(SubjectKind.Split, $"{data.TrainName} / {data.TestName}");

    private static string Names(IReadOnlyList<ColumnTests> tests) =>
        Words.Names([.. tests.Select(t => double.IsNaN(t.Effect) ? t.Column.Subject.Display : $"{t.Column.Subject} ({Words.Number(t.Effect)})")]);

    private static IReadOnlyList<string> Values(ColumnComparison column) => column.Categories is not { } categories ? [] :
    [
        .. categories.New is { Text: { } text } ? [$"new: {text}"] : Array.Empty<string>(),
        .. categories.Changes.Where(c => c.Text is not null).Select(c => $"{c.Text}: {ShiftWords.Change(c.Rows)}"),
    ];
}
