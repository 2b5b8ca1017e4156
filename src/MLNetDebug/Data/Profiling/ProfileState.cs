namespace MLNetDebug.Data;

/// <summary>Everything a profile is made of: what a pass gathers, what merges and what a file holds. Sketches are computed from it.</summary>
internal sealed class ProfileState
{
    public ProfileState(string name, DataDeclaration declaration, RowLayout layout, long firstRow, LabelAccumulator? label, LabelTexts? labelTexts)
    {
        (Name, Declaration, Layout, FirstRow, Label, LabelTexts) = (name, declaration, layout, firstRow, label, labelTexts);
        Singles = new SingleLane(layout.Singles, layout.SingleStride);
        Doubles = new DoubleLane(layout.Doubles, layout.DoubleStride);
        Sample = new SampleBuffer(layout, label is not null);
        Fingerprints = layout.CanFingerprint ? new FingerprintBuffer() : null;
    }

    public string Name { get; }

    public DataDeclaration Declaration { get; }

    public RowLayout Layout { get; }

    /// <summary>Position of the first row.</summary>
    public long FirstRow { get; }

    public long RowCount { get; set; }

    public bool IsComplete { get; set; } = true;

    public SingleLane Singles { get; }

    public DoubleLane Doubles { get; }

    /// <summary>Moments of the later slots of very wide columns, by column.</summary>
    public Dictionary<string, WideLane> WideLanes { get; } = new(StringComparer.Ordinal);

    public SampleBuffer Sample { get; }

    public FingerprintBuffer? Fingerprints { get; set; }

    public RowIdTracker RowIds { get; set; } = new();

    public LabelAccumulator? Label { get; set; }

    public LabelTexts? LabelTexts { get; set; }

    /// <summary>Texts of text columns by name.</summary>
    public Dictionary<string, TextTable> Texts { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a block of rows.</summary>
    public void Add(RowBlock block)
    {
        var position = FirstRow + RowCount;
        Singles.Add(block.Singles.AsSpan(0, block.Count * Layout.SingleStride), block.Count, position);
        Doubles.Add(block.Doubles.AsSpan(0, block.Count * Layout.DoubleStride), block.Count, position);
        Sample.Add(block, Layout, position);
        for (var row = 0; row < block.Count; row++)
        {
            Label?.Add(block.Labels[row]);
            RowIds.Add(block.SourceIds[row], position + row);
        }

        if (Fingerprints is not null)
        {
            for (var row = 0; row < block.Count; row++)
                Fingerprints.Add(block.Fingerprint(row), block.LabelHashes[row], block.SourceIds[row], position + row);
        }

        RowCount += block.Count;
    }

    /// <summary>Appends the rows that follow.</summary>
    /// <param name="later">Their state; not usable afterwards.</param>
    public void Append(ProfileState later)
    {
        Singles.Append(later.Singles, adjacent: true);
        Doubles.Append(later.Doubles, adjacent: true);
        foreach (var (column, lane) in WideLanes)
            lane.Append(later.WideLanes[column], adjacent: true);
        if (LabelTexts is not null && later.LabelTexts is not null)
        {
            later.Label!.Recode(code => LabelTexts.Translate(code, later.LabelTexts));
            later.Sample.RecodeLabels(code => LabelTexts.Translate(code, later.LabelTexts));
        }

        if (Label is not null)
            Label = LabelAccumulator.Merge(Label, later.Label!);
        Sample.Append(later.Sample);
        Fingerprints?.Append(later.Fingerprints!);
        RowIds.Append(later.RowIds);
        foreach (var (column, table) in Texts)
        {
            foreach (var (code, text) in later.Texts[column].Texts)
                table.Add(code, text);
        }

        RowCount += later.RowCount;
        IsComplete = later.IsComplete;
    }
}
