namespace MLNetDebug.Data;

/// <summary>Both signs of agreement over fixed rows: features are worked through once, then any labelling of the rows costs one pass.</summary>
internal sealed class AgreementMeter(ModelRows rows, NeighbourGraph graph, CancellationToken cancellation)
{
    /// <summary>Ridge of the linear sign, in units of the mean eigenvalue: leading directions count in full, noise ones little.</summary>
    private const double Ridge = 0.5;

    private readonly NeighbourAgreement _neighbours = new(graph, LabelModeler.Neighbours);
    private readonly LinearAgreement _linear = new(rows, Ridge, cancellation);

    /// <summary>Index of each row in the profile's sample.</summary>
    public int[] SampleRows => rows.SampleRows;

    public static AgreementMeter Over(IReadOnlyList<SampleColumn> columns, int[] sampleRows, RunContext run)
    {
        var rows = ModelRowsBuilder.Build(columns, sampleRows, run.Seed, run.Cancellation);
        return new AgreementMeter(rows, NeighbourGraph.Build(rows, LabelModeler.Neighbours, run.Cancellation), run.Cancellation);
    }

    public LabelAgreement Of(LabelScores labels) => new(_neighbours.Of(labels), _linear.Of(labels));
}
