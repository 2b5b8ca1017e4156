namespace MLNetDebug.Data;

/// <summary>Compares the training and the hold-out profile; nothing where there is no hold-out data.</summary>
internal sealed class SplitComparisonMeasurer : Measurer<SplitComparison>
{
    public override IReadOnlyList<Type> Needs => [typeof(DataProfile), typeof(HoldOutProfile)];

    protected override SplitComparison? Measure(Measurements have, RunContext run) =>
        have.Get<DataProfile>() is { } train && have.Get<HoldOutProfile>() is { } test
            ? SplitComparer.Compare(train, test.Profile, run.Cancellation) with { IsNewData = test.IsNewData, IsTrained = have.Get<DataInputs>()?.IsTrained ?? true }
            : null;
}
