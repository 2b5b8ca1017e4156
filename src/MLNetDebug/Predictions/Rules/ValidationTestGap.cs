using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>
/// Says where validation rows are answered far better than test rows, and what explains it: a metric that was computed wrongly, rows that were trained on, other
/// shares of the classes, columns that differ; else tuning on the validation rows is what is left.
/// </summary>
internal sealed class ValidationTestGap(ValidationTestGapOptions? options = null) : Rule<EvaluationPair>
{
    private readonly ValidationTestGapOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.ValidationTestGap, nameof(RuleIds.ValidationTestGap), "Validation rows are answered far better than test rows.",
        RuleCategory.Validation, Severity.Warning, ProofKind.Statistical)
    { Notes = [19] };

    public override RuleOptions Options => _options;

    protected override void Judge(EvaluationPair measured, FindingSink sink)
    {
        var subject = GapDraft.SubjectOf(measured);
        var reported = measured.Reported is { } metric && !(metric.Difference <= _options.MetricTolerance) ? metric : null;
        if (WhyNot(measured) is { } reason)
        {
            sink.NotChecked(subject, $"whether validation is better than test: {reason}");
            return;
        }

        if (ErrorGap.Of(measured.Validation, measured.Test) is not { } gap)
            return;
        var floor = gap.IsAccuracy ? _options.AccuracyFloor : _options.ErrorFloor;
        var test = sink.Test(subject, gap.PValue, gap.Size, floor, gap.Resolution);
        // Equal rows are a cause only beyond what the data's own duplicates predict.
        var seen = measured.Seen is { Rows.Copies: > 0 } rows ? sink.Test(subject, rows.Rows.PValue, rows.Rows.Copies - rows.Rows.ExpectedCopies, 1) : null;
        sink.AfterTests(() =>
        {
            var isFound = test.IsFound && gap.Statistic > _options.StandardErrors;
            if (isFound)
            {
                var causes = new GapCauses(measured, gap).Find(seen.IsSure());
                sink.Report(GapDraft.Of(measured, gap, floor, _options.StandardErrors, causes, reported) with
                {
                    Severity = test.IsSure() || reported is not null ? Severity.Warning : Severity.Info,
                    Confidence = test.IsSure() || reported is not null ? Confidence.Confirmed : Confidence.Suspected,
                });
            }
            else if (reported is not null)
                sink.Report(GapDraft.Reported(measured, gap, reported, _options.MetricTolerance));
            if (!isFound && (gap.Size >= floor || test.Outcome == TestOutcome.Undetermined))
                sink.NotChecked(subject, CannotTell(measured, gap, test, floor), RowsNeeded(gap, test, floor));
        });
    }

    private static string? WhyNot(EvaluationPair pair)
    {
        foreach (var profile in new[] { pair.Validation, pair.Test })
        {
            if (profile.Scores.NonFinite > 0)
                return $"{Words.Count(profile.Scores.NonFinite, "score")} of the {profile.Name} {(profile.Scores.NonFinite == 1 ? "is" : "are")} not finite, so no metric of {(profile.Scores.NonFinite == 1 ? "it" : "them")} means anything";
            if (profile.Judged < 2)
                return profile.Columns.Label is null ? $"the {profile.Name} has no label" : $"the {profile.Name} has {Words.Count(profile.Judged, "row")} with a label";
        }

        return pair.Validation.Task == LearningTask.Ranking ? "rankings are not compared" : null;
    }

    private static string CannotTell(EvaluationPair pair, ErrorGap gap, Hypothesis test, double floor)
    {
        var visible = GapDraft.Size(gap, Math.Max(test.Resolution, 0));
        return gap.Size >= floor
            ? $"whether validation is better than test: {GapDraft.Numbers(pair, gap)}, but a gap of {GapDraft.Size(gap, gap.Size)} is {Words.Number(gap.Statistic)} standard errors on so few rows, which chance explains"
            : $"whether validation is better than test by {GapDraft.Size(gap, floor)}: on these rows only a gap of {visible} would show";
    }

    private long? RowsNeeded(ErrorGap gap, Hypothesis test, double floor)
    {
        var size = Math.Max(gap.Size, floor);
        var errors = gap.Size >= floor && gap.Statistic > 0 ? _options.StandardErrors / gap.Statistic : 0;
        var needed = Math.Max(errors, test.Resolution / size);
        return needed > 1 ? (long)Math.Ceiling(gap.SmallerRows * needed * needed) : null;
    }
}
