namespace MLNetDebug.Data;

/// <summary>Measures the agreement of labels and features on the profile's sample.</summary>
internal sealed class LabelModelMeasurer : Measurer<LabelModel>
{
    public override IReadOnlyList<Type> Needs => [typeof(DataProfile)];

    protected override LabelModel? Measure(Measurements have, RunContext run) =>
        have.Get<DataProfile>() is { } profile ? LabelModeler.Model(profile, run) : null;
}
