using System.Diagnostics;
using System.Globalization;

namespace MLNetDebug.Data;

/// <summary>Measures whether labels have to do with features, at the row they stand on and at rows nearby, and which labels look wrong.</summary>
internal static class LabelModeler
{
    /// <summary>Neighbours whose labels are compared.</summary>
    public const int Neighbours = 5;

    /// <summary>Labels are looked for up to so many rows before and after.</summary>
    public const int MaxOffset = 8;

    /// <summary>Fewer rows than these answer nothing.</summary>
    public const int MinRows = 40;

    /// <summary>Beyond so many rows brute-force neighbours cost more than they tell.</summary>
    private const int MaxNeighbourRows = 8_000;

    /// <summary>Up to so many rows, every one is looked at.</summary>
    private const int FewRows = 2_000;

    /// <summary>Share of the model-training budget this measurer may take, so that others get their part.</summary>
    private const double BudgetShare = 0.6;

    public static LabelModel? Model(DataProfile profile, RunContext run)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.Label is not { } label || profile.Sample.Labels is not { } labels)
            return null;
        SampleColumn[] columns = [.. profile.Sample.Columns.Where(c => c.Role == ColumnRole.Feature && c.Kind != ColumnKind.Time)];
        var subject = new Subject(SubjectKind.Label, label.Name);
        if (columns.Length == 0)
            return NotMeasured(run, subject, "no feature column could be read");
        if (run.TrainingLeft <= TimeSpan.Zero)
            return NotMeasured(run, subject, "the time budget of the measurers that train models was spent before");

        var started = Stopwatch.GetTimestamp();
        var budget = TimeSpan.FromTicks(Math.Min(run.TrainingLeft.Ticks, (long)(run.TrainingBudget.Ticks * BudgetShare)));
        try
        {
            var lookup = new LabelLookup(profile, label, labels);
            var labelled = lookup.LabelledRows();
            if (labelled.Length < MinRows)
            {
                return NotMeasured(
                    run, subject, string.Create(CultureInfo.InvariantCulture, $"{labelled.Length:N0} labelled rows are too few to hold labels against features"), MinRows);
            }

            if (lookup.DistinctAmong(labelled) < 2)
                return NotMeasured(run, subject, "all labels are the same");
            var budgeted = new TimeLimit(started, budget);
            return Measure(profile, label, lookup, labelled, columns, budgeted, run);
        }
        finally
        {
            run.SpendTraining(Stopwatch.GetElapsedTime(started));
        }
    }

    private static LabelModel? Measure(
        DataProfile profile, LabelProfile label, LabelLookup lookup, int[] labelled, SampleColumn[] columns, TimeLimit limit, RunContext run)
    {
        var subject = new Subject(SubjectKind.Label, label.Name);
        var width = Math.Min(columns.Length, ModelRowsBuilder.MaxWidth);
        var most = Math.Min(run.MaxTrainingRows, NeighbourRows(width, limit));

        // Rows that have a labelled row at every offset serve all offsets alike. Where rows are few the others are looked at too, apart; where
        // they are many they are not missed.
        var inner = lookup.RowsWithNeighbourhood(labelled, MaxOffset);
        var offsetsReason = inner.Length >= 0.8 * labelled.Length && inner.Length >= MinRows ? null
            : "too few rows have labelled rows on both sides of them";
        var all = offsetsReason is not null || labelled.Length <= FewRows;
        var chosen = RowChoice.Sample(all ? labelled : inner, most, run.Seed);
        var rows = ModelRowsBuilder.Build(columns, chosen, run.Seed, run.Cancellation);
        if (rows.Width == 0)
        {
            return NotMeasured(run, subject, columns.Any(c => c.Kind == ColumnKind.Text)
                ? "no feature varies that a model could read as it stands; free text is read behind FeaturizeText, so check the data there"
                : "no feature varies");
        }


        var graph = NeighbourGraph.Build(rows, OutOfFoldProbabilities.Neighbours, run.Cancellation);
        var meter = new AgreementMeter(rows, graph, run.Cancellation);
        var offsets = new List<OffsetAgreement>();
        if (offsetsReason is null)
        {
            var around = all ? AgreementMeter.Over(columns, inner, run) : meter;
            for (var k = -MaxOffset; k <= MaxOffset; k++)
            {
                if (k != 0)
                    offsets.Add(new OffsetAgreement(k, around.Of(lookup.Scores(around.SampleRows, k))));
            }
        }

        var (errors, errorsReason) = Errors(lookup, rows, chosen, graph, limit, run);
        return new LabelModel
        {
            Label = label.Name,
            Task = profile.Declaration.Task,
            RowCount = profile.RowCount,
            Rows = rows.Count,
            ClassCount = lookup.IsClassification ? lookup.Scores(chosen, 0).ClassesPresent : 0,
            FeatureCount = rows.Width,
            Remarks = rows.Remarks,
            Agreement = meter.Of(lookup.Scores(chosen, 0)),
            Offsets = offsets,
            OffsetsNotMeasured = offsetsReason,
            Order = label.Order,
            ExpectOrdered = profile.Declaration.ExpectOrdered,
            Errors = errors,
            ErrorsNotEstimated = errorsReason,
        };
    }

    private static (LabelErrorEstimate? Errors, string? Reason) Errors(
        LabelLookup lookup, ModelRows rows, int[] chosen, NeighbourGraph graph, TimeLimit limit, RunContext run)
    {
        if (!lookup.IsClassification)
            return (null, "single wrong targets of a regression are not looked for");
        if (lookup.Classes.Count > LabelErrorEstimator.MaxClasses)
            return (null, string.Create(CultureInfo.InvariantCulture, $"{lookup.Classes.Count:N0} classes are more than the {LabelErrorEstimator.MaxClasses} that are learned"));
        var classes = lookup.Scores(chosen, 0).Classes!;
        var probabilities = OutOfFoldProbabilities.Estimate(rows, graph, classes, lookup.Classes.Count, limit, run.Seed, run.Cancellation);
        return (LabelErrorEstimator.Estimate(probabilities, lookup.Classes, row => lookup.PositionOf(chosen[row])), null);
    }

    /// <summary>Rows whose pairwise distances fit into a fixed number of steps, whatever the machine, so that two machines see the same rows.</summary>
    private static int NeighbourRows(int width, TimeLimit limit)
    {
        var steps = 1.2e9 * Math.Min(1, limit.Total.TotalSeconds);
        return (int)Math.Clamp(Math.Sqrt(2 * steps / (1 + width / 40.0) / 10), MinRows, MaxNeighbourRows);
    }

    private static LabelModel? NotMeasured(RunContext run, Subject subject, string reason, long? rowsNeeded = null)
    {
        run.NotChecked(subject, $"whether labels and features belong together: {reason}", rowsNeeded: rowsNeeded);
        return null;
    }
}
