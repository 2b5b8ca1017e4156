using Microsoft.ML;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Brings two evaluations together with what may explain their difference; no catalogue makes it.</summary>
/// <param name="validation">The model's answers on the validation rows.</param>
/// <param name="test">The model's answers on the test rows.</param>
/// <param name="scored">The validation rows with the model's columns.</param>
internal sealed class EvaluationPairMeasurer(PredictionProfile validation, PredictionProfile test, IDataView scored) : Measurer<EvaluationPair>
{
    /// <summary>The training rows with the model's columns; null where they are not known.</summary>
    public IDataView? Train { get; init; }

    /// <summary>The reported metric; null where there is none.</summary>
    public ReportedComparison? Reported { get; init; }

    public override IReadOnlyList<Type> Needs => [typeof(DataProfile), typeof(SplitComparison), typeof(DomainClassifier)];

    protected override EvaluationPair? Measure(Measurements have, RunContext run) => new()
    {
        Validation = validation,
        Test = test,
        Splits = have.Get<SplitComparison>(),
        Domain = have.Get<DomainClassifier>(),
        Seen = have.Get<DataProfile>() is { } profile ? Seen(profile, run) : null,
        Reported = Reported,
    };

    private SeenRows? Seen(DataProfile profile, RunContext run)
    {
        if (Train is null)
            return null;
        var train = DataProfileMeasurer.ProfilerFor(run).Profile(Train, DeclarationFit.To(Train.Schema, profile.Declaration).Declaration, "training data", run.Progress, run.Cancellation);
        if (train.Fingerprints is not { } trained || profile.Fingerprints is not { } validated)
        {
            run.NotChecked(new Subject(SubjectKind.Split, $"{train.Name} / {profile.Name}"), "whether validation rows were trained on: their features could not be read", RuleIds.ValidationTestGap);
            return null;
        }

        var rows = RowLeakageComparer.Compare(trained, validated);
        if (rows.Copies == 0)
            return new SeenRows(rows, validation with { Rows = 0, Judged = 0, Correct = 0, Losses = [], Classes = [] });
        var copies = rows.CopyRows.ToHashSet();
        var answers = new FilteredView(scored, [], _ => new PositionTest(copies), byPosition: true);
        return new SeenRows(rows, new PredictionProfiler().Profile(answers, validation.Columns, validation.Task, validation.Name, run.Progress, run.Cancellation));
    }

    private sealed class PositionTest(HashSet<long> kept) : RowTest
    {
        public override bool Keep(long position) => kept.Contains(position);
    }
}
