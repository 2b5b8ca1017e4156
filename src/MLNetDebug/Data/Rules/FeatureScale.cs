namespace MLNetDebug.Data;

/// <summary>
/// Compares the scales of the features as a trainer that takes steps or measures distances sees them: one column far larger than the others
/// takes all its steps, one far smaller is never used.
/// </summary>
internal sealed class FeatureScale(FeatureScaleOptions? options = null) : Rule<DataProfile>
{
    private readonly FeatureScaleOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.FeatureScale, nameof(RuleIds.FeatureScale), "Features stand on scales so different that gradient trainers suffer.",
        RuleCategory.Data, Severity.Warning, ProofKind.Fact)
    { Notes = [5] };

    public override RuleOptions Options => _options;

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        var trainer = measured.Declaration.Trainer;
        var limit = _options.RatioFor(trainer);
        if (double.IsPositiveInfinity(limit))
            return;
        var scales = new FeatureScales(measured);
        ScaledSlot[] judged = [.. scales.Slots.Where(s => s.IsJudged)];
        if (judged.Length == 0)
            return;
        if (measured.RowCount < _options.MinimumRows)
        {
            sink.NotChecked(new Subject(SubjectKind.DataSet, measured.Name), "too few rows to speak of the scale of a feature", _options.MinimumRows);
            return;
        }

        ScaledSlot[] large = [.. judged.Where(s => s.Scale >= scales.Median * limit * _options.InfoShare).OrderByDescending(s => s.Scale)];
        ScaledSlot[] small = [.. judged.Where(s => s.Scale * _options.SmallRatio <= scales.Median).OrderBy(s => s.Scale)];
        ScaledSlot[] offset = [.. judged.Where(s => s.Offset >= _options.OffsetRatio).OrderByDescending(s => s.Offset)];
        if (large.Length + small.Length + offset.Length > 0)
            sink.Report(Scales(measured, scales, limit, large, small, offset));
        if (_options.RowLengthFor(trainer, measured.Declaration.Task) is var longest && double.IsFinite(longest) && scales.SquaredRowLength >= longest
            && !(large.Length > 0 && large[0].Scale >= scales.Median * limit))
            sink.Report(RowLength(measured, trainer!, scales, judged, longest));
    }

    private FindingDraft Scales(
        DataProfile data, FeatureScales scales, double limit, ScaledSlot[] large, ScaledSlot[] small, ScaledSlot[] offset)
    {
        ScaledSlot[] sick = [.. large.Concat(small).Concat(offset).DistinctBy(s => (s.Column.Name, s.Slot.Index))];
        var worst = sick[0];
        var ratio = worst.Scale / scales.Median;
        return new FindingDraft(worst.Column.SubjectOf(worst.Slot), string.Join(" ", Sentences(data, scales, limit, large, small, offset)))
        {
            Severity = large.Length > 0 && ratio >= limit && !IsUnassembled(data, worst) ? null : Severity.Info,
            Confidence = data.Declaration.Trainer is null ? Confidence.Suspected : Confidence.Confirmed,
            Evidence =
            [
                new Evidence("scale over the median feature's scale", ratio) { Threshold = limit },
                new Evidence("median scale", scales.Median),
                new Evidence("features to normalise", sick.Length) { Unit = "slots" },
            ],
            Advice =
            [
                Normalise(sick),
                .. data.Declaration.Trainer is null
                    ? [new Advice("Trees do not care about scales: where the trainer is one, name it to the diagnostics and this rule is silent.")]
                    : Array.Empty<Advice>(),
            ],
            Mend = Normalize(sick),
        };
    }

    /// <summary>No ML.NET trainer reads a scalar column: raw columns have a pipeline before them still, which may normalise.</summary>
    private static bool IsUnassembled(DataProfile data, ScaledSlot slot) => data.Declaration.Trainer is null && !slot.Column.IsVector;

    /// <summary>A step on a squared loss overshoots where rate times squared row length passes 2, whatever the ratio of the scales.</summary>
    private static FindingDraft RowLength(DataProfile data, TrainerTraits trainer, FeatureScales scales, ScaledSlot[] judged, double longest)
    {
        // A unit-scale slot has mean square 1: normalising it again mends nothing, a smaller rate does.
        ScaledSlot[] lengthy = [.. judged.Where(s => s.MeanSquare >= 2).OrderByDescending(s => s.MeanSquare)];
        var worst = judged.MaxBy(s => s.MeanSquare);
        return new FindingDraft(
            worst.Column.SubjectOf(worst.Slot),
            $"The mean squared length of a row of the {data.Name} is {Words.Number(scales.SquaredRowLength)}; from about " +
            $"{Words.Number(longest)} on {trainer.Name} {(FeatureScaleOptions.IsLocalSvm(trainer) ? "saturates the sigmoids that choose between its local models, and they stop learning" : "overshoots at its default learning rate of 0.1, and its weights grow without bound")}. " +
            $"Most of it: {List(lengthy.Length > 0 ? lengthy : [worst])}.")
        {
            Evidence = [new Evidence("mean squared length of a row", scales.SquaredRowLength) { Threshold = longest }],
            Advice =
            [
                .. lengthy.Length > 0 ? [Normalise(lengthy)] : Array.Empty<Advice>(),
                .. FeatureScaleOptions.IsLocalSvm(trainer) ? Array.Empty<Advice>() : [new Advice("Or lower the learning rate.", "ml.Regression.Trainers.OnlineGradientDescent(learningRate: 0.01f)")],
            ],
            Mend = lengthy.Length > 0 ? Normalize(lengthy) : null,
        };
    }

    private static IEnumerable<string> Sentences(
        DataProfile data, FeatureScales scales, double limit, ScaledSlot[] large, ScaledSlot[] small, ScaledSlot[] offset)
    {
        var trainer = data.Declaration.Trainer?.Name ?? "a gradient trainer";
        if (large.Length > 0)
        {
            yield return $"{List(large)} {Verb(large, "stands", "stand")} far above the other features of the {data.Name}: scale {Words.Number(large[0].Scale)}, " +
                $"{Words.Number(large[0].Scale / scales.Median)} times the median feature's {Words.Number(scales.Median)}. " +
                $"From {Words.Number(limit)} times on {trainer} spends its steps on the largest and learns little from the others.";
        }

        if (small.Length > 0)
        {
            yield return $"{List(small)} {Verb(small, "stands", "stand")} far below the others: scale {Words.Number(small[0].Scale)}, " +
                $"{Words.Number(scales.Median / small[0].Scale)} times under the median feature's; a regularised linear trainer hardly uses such a feature.";
        }

        if (offset.Length > 0)
        {
            yield return $"{List(offset)} {Verb(offset, "lies", "lie")} far from zero: mean {Words.Number(offset[0].Slot.Mean)}, " +
                $"{Words.Number(offset[0].Offset)} standard deviations away.";
        }
    }

    // The mend's own code: without fixZero: false the mean would stay where it is.
    private static Advice Normalise(IReadOnlyCollection<ScaledSlot> slots)
    {
        var mend = Normalize(slots);
        return new Advice(
            "Normalise before the trainer; the model then carries the training data's mean and deviation to new rows.",
            mend.Columns.Count <= Words.MaxNames ? mend.Code : "var prepared = pipeline.Append(report.Mends.OfType<NormalizeMend>().First().ToEstimator(ml)); // then the trainer");
    }

    private static NormalizeMend Normalize(IReadOnlyCollection<ScaledSlot> slots) => new(ColumnsOf(slots))
    {
        WholeNumbers = ColumnsOf(slots.Where(s => s.Column.TypeText.Contains("Int", StringComparison.Ordinal) || s.Column.TypeText.Contains("Byte", StringComparison.Ordinal))),
    };

    private static string[] ColumnsOf(IEnumerable<ScaledSlot> slots) => [.. slots.Select(s => s.Column.Name).Distinct()];

    private static string Verb(ScaledSlot[] slots, string one, string several) => slots.Length == 1 ? one : several;

    private static string List(ScaledSlot[] slots) => Words.Names([.. slots.Select(s => s.Display)]);
}
