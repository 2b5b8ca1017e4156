using System.Diagnostics;

namespace MLNetDebug.Data;

/// <summary>Trains a small model to tell the splits apart, on half of a seeded sample, and scores the other half.</summary>
internal sealed class DomainClassifierMeasurer : Measurer<DomainClassifier>
{
    /// <summary>With fewer rows in all the model explains nothing.</summary>
    public const int MinRows = 300;

    /// <summary>At most so many slots, in schema order.</summary>
    public const int MaxSlots = 100;

    private const int MaxCarriers = 5;

    public override IReadOnlyList<Type> Needs => [typeof(SplitComparison), typeof(DataProfile), typeof(HoldOutProfile)];

    protected override DomainClassifier? Measure(Measurements have, RunContext run)
    {
        if (have.Get<SplitComparison>() is not { } splits || have.Get<DataProfile>() is not { } train || have.Get<HoldOutProfile>() is not { } test)
            return null;
        var started = Stopwatch.GetTimestamp();
        var separation = Separate(OneRowPerGroup.Of(train), OneRowPerGroup.Of(test.Profile), run);
        run.SpendTraining(Stopwatch.GetElapsedTime(started));
        return new DomainClassifier
        {
            TrainName = splits.TrainName,
            TestName = splits.TestName,
            IsNewData = splits.IsNewData,
            SmallerRows = Math.Min(splits.TrainRows, splits.TestRows),
            Correlations = splits.Correlations,
            Separation = separation,
        };
    }

    private static DomainSeparation? Separate(DataProfile train, DataProfile test, RunContext run)
    {
        var subject = new Subject(SubjectKind.Split, $"{train.Name} / {test.Name}");
        if (train.Sample.Count + test.Sample.Count < MinRows || Math.Min(train.Sample.Count, test.Sample.Count) < MinRows / 10)
        {
            run.NotChecked(subject, "whether a model can tell the splits apart: too few rows to train one", RuleIds.MultivariateShift, MinRows);
            return null;
        }

        var slots = SlotPairs.Match(train, test).Slots;
        if (slots.Count == 0)
            return null;
        if (run.TrainingLeft <= TimeSpan.Zero)
        {
            run.NotChecked(subject, "whether a model can tell the splits apart: the time for training models was spent", RuleIds.MultivariateShift);
            return null;
        }

        var used = slots.Take(MaxSlots).ToArray();
        var deadline = run.Elapsed + run.TrainingLeft;
        var rows = new DomainRows(train.Sample.Count, test.Sample.Count, run.MaxTrainingRows, run.Seed);
        var features = Array.ConvertAll(used, rows.Bin);
        run.Cancellation.ThrowIfCancellationRequested();
        var model = BoostedTrees.Train(features, rows.IsTest, rows.Learned, () => !run.Cancellation.IsCancellationRequested && run.Elapsed < deadline);
        run.Cancellation.ThrowIfCancellationRequested();

        double[] ofTrain = [.. rows.Scored.Where(r => !rows.IsTest[r]).Select(r => model.Score(features, r))];
        double[] ofTest = [.. rows.Scored.Where(r => rows.IsTest[r]).Select(r => model.Score(features, r))];
        var ranks = MannWhitney.Compare(ofTrain, ofTest);
        var gain = model.Gains.Sum();
        return new DomainSeparation
        {
            TrainRows = ofTrain.Length,
            TestRows = ofTest.Length,
            Auc = ranks.Auc,
            PValue = ranks.PValue,
            LeftOut = slots.Count - used.Length,
            Carriers =
            [
                .. model.Gains.Select((g, i) => new DomainCarrier(used[i].Train.Subject, gain > 0 ? g / gain : 0))
                    .Where(c => c.Share > 0).OrderByDescending(c => c.Share).Take(MaxCarriers),
            ],
        };
    }
}
