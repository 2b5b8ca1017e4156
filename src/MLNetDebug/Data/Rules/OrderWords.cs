namespace MLNetDebug.Data;

/// <summary>What MLD104 and MLD105 say of the order of rows.</summary>
internal static class OrderWords
{
    /// <summary>A full shuffle moves rows by a third of the data on average; below half of that it did not reach.</summary>
    private const double FullShuffle = 1.0 / 3;

    /// <summary>The finding where the order carries the label.</summary>
    public static FindingDraft OfLabel(
        DataProfile data, Severity severity, double adjusted, (Subject Subject, double Effect)[] drifting, int slots, UnshuffledRowsOptions options)
    {
        var label = data.Label!;
        var order = label.Order!;
        var certain = adjusted <= options.WarnPValue;
        var features = drifting.Length == 0 ? string.Empty : $" {Depends(drifting.Length, slots)} on the position too.";
        var indifferent = data.Declaration.Trainer switch
        {
            { ShufflesRows: true } shuffling => $" {shuffling.Name} shuffles all rows itself for every pass and does not mind.",
            { Family: TrainerFamily.Trees or TrainerFamily.QuasiNewton } whole => $" {whole.Name} reads all rows before each step and does not mind.",
            _ => string.Empty,
        };
        return new FindingDraft(LabelFacts.Subject(label), $"{Lead(data, certain)}: {Numbers(label, order)}.{features}{indifferent}")
        {
            Severity = severity,
            Confidence = certain ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                new Evidence("lag-1 dependence of labels", order.Lag1) { Threshold = options.WarnLag },
                new Evidence(order.IsClassification ? "Cramér's V of label and block of rows" : "correlation ratio of target and block of rows", order.BlockEffect) { Threshold = options.WarnBlocks },
                new Evidence("smallest adjusted p-value", adjusted) { Threshold = options.WarnPValue },
                .. order.Batches is { } batches ? Of(batches, options.WarnHomogeneity) : [],
            ],
            Advice = Shuffle(data),
            Mend = new ShuffleMend(),
        };
    }

    /// <summary>The finding where only features drift.</summary>
    public static FindingDraft OfFeatures(
        DataProfile data, double adjusted, (Subject Subject, double Effect)[] drifting, int slots, bool labelTested, UnshuffledRowsOptions options) => new(
        new Subject(SubjectKind.DataSet, data.Name),
        $"{Depends(drifting.Length, slots)} on the position of the row in the {data.Name}: " +
        $"{Words.Names([.. drifting.Select(d => $"{d.Subject.Display} {Words.Number(d.Effect)}")])}. " +
        (labelTested ? "Labels are well mixed, so batches stay balanced; a" : "A") +
        " split by position (first rows train, last rows test) would differ in distribution.")
        {
            Severity = Severity.Info,
            Confidence = adjusted <= options.WarnPValue ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                .. drifting.Take(Words.MaxNames).Select(d => new Evidence($"dependence of {d.Subject.Display} on the position", d.Effect) { Threshold = options.Floor }),
                new Evidence("smallest adjusted p-value", adjusted) { Threshold = options.WarnPValue },
            ],
            Advice = Shuffle(data),
            Mend = new ShuffleMend(),
        };

    /// <summary>What batches of the user's size hold, against shuffled rows.</summary>
    public static string Batches(LabelOrder order, BatchHomogeneity batches)
    {
        if (batches.SingleClassShare > batches.SingleClassExpectedShare + 0.02)
        {
            return $"at batch {Words.Number(batches.BatchSize)}, {Words.Percent(batches.SingleClassShare)} of batches hold one class; " +
                $"shuffled: {Words.Percent(batches.SingleClassExpectedShare)}";
        }

        // h is the share of pairs within a batch that are alike beyond chance.
        var chance = order.Rows < 2 ? 1 : order.AdjacentEqualExpected / (order.Rows - 1);
        return $"at batch {Words.Number(batches.BatchSize)}, two rows of a batch have the same label in {Words.Percent(chance + batches.H * (1 - chance))} of cases; " +
            $"shuffled: {Words.Percent(chance)}";
    }

    /// <summary>The values behind <see cref="Batches"/>.</summary>
    public static IEnumerable<Evidence> Of(BatchHomogeneity batches, double threshold) =>
    [
        new Evidence("label homogeneity h of batches", batches.H) { Threshold = threshold },
        new Evidence("share of batches with one class", batches.SingleClassShare) { Unit = "share" },
        new Evidence("the same where rows are shuffled", batches.SingleClassExpectedShare) { Unit = "share" },
    ];

    /// <summary>How to shuffle all rows, and how to say that the order is meant.</summary>
    public static IReadOnlyList<Advice> Shuffle(DataProfile data) =>
    [
        new Advice(
            "Permute all rows once before training. ShuffleRows alone mixes within a pool of 1,000 rows where the source cannot seek (files, enumerables, splits): give it a pool of all rows.",
            $"data = ml.Data.Cache(ml.Data.ShuffleRows(data, seed: 1, shufflePoolSize: {(data.IsComplete ? data.RowCount.ToString(System.Globalization.CultureInfo.InvariantCulture) : "rowCount")}));"),
        new Advice("Where the order is meant (a time series), declare it.", "new DiagnosticsOptions { ExpectOrdered = true }"),
    ];

    private static string Depends(int some, int all) => $"{Words.Number(some)} of {Words.Count(all, "feature slot")} {(some == 1 ? "depends" : "depend")}";

    private static string Lead(DataProfile data, bool certain)
    {
        var label = data.Label!;
        var order = label.Order!;
        if (order.IsClassification && order.Rows - order.AdjacentEqual == label.Classes.Count)
            return $"The rows of the {data.Name} are sorted by '{label.Name}'";
        var ids = data.RowIds;
        if (ids is { IsMonotone: false, Pairs: > 0 } && ids.MeanDisplacement > 0 && ids.MeanDisplacement < data.RowCount * FullShuffle / 2)
        {
            return $"The rows of the {data.Name} were shuffled within a pool only (by row id they moved {Words.Number(ids.MeanDisplacement)} rows on average; " +
                $"a full shuffle of {Words.Number(data.RowCount)} moves them {Words.Number(data.RowCount * FullShuffle)}), and their order still carries '{label.Name}'";
        }

        return certain
            ? $"The rows of the {data.Name} are not shuffled, their order carries '{label.Name}'"
            : $"The rows of the {data.Name} may not be shuffled, their order seems to carry '{label.Name}'";
    }

    private static string Numbers(LabelProfile label, LabelOrder order)
    {
        if (!order.IsClassification)
        {
            return $"targets of neighbouring rows correlate by {Words.Number(order.Lag1)} (shuffled: 0), and the position explains " +
                $"{Words.Percent(order.BlockEffect * order.BlockEffect)} of the variance of the target";
        }

        var pairs = Math.Max(1, order.Rows - 1);
        var text = $"neighbouring rows have the same label in {Words.Percent((double)order.AdjacentEqual / pairs)} of pairs; shuffled: {Words.Percent(order.AdjacentEqualExpected / pairs)}";
        if (order.FirstRun > 20 && order.FirstRun * label.Classes.Count * 2 > order.Rows)
            text += $"; the first {Words.Number(order.FirstRun)} rows hold one class";
        return order.Batches is { } batches ? $"{text}; {Batches(order, batches)}" : text;
    }
}
