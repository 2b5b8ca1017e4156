namespace MLNetDebug.Data;

/// <summary>Labels of sampled rows and of the rows that stand near them.</summary>
internal sealed class LabelLookup
{
    private readonly Dictionary<float, int> _classOf = [];
    private readonly float[] _sequence;
    private readonly long[] _positions;
    private readonly float[] _sampled;

    public LabelLookup(DataProfile profile, LabelProfile label, float[] sampled)
    {
        _sequence = label.Sequence;
        _positions = profile.Sample.Positions;
        _sampled = sampled;
        Classes = label.Classes;
        IsClassification = label.Classes.Count > 0 && profile.Declaration.Task switch
        {
            LearningTask.BinaryClassification or LearningTask.MulticlassClassification => true,
            LearningTask.Regression or LearningTask.Ranking => false,
            _ => label.Order?.IsClassification ?? label.Kind != ColumnKind.Number,
        };
        foreach (var c in label.Classes)
            _classOf.TryAdd((float)c.Value, _classOf.Count);
    }

    public bool IsClassification { get; }

    /// <summary>Classes in the order of their indices.</summary>
    public IReadOnlyList<ClassCount> Classes { get; }

    /// <summary>Sampled rows that carry a usable label, ascending.</summary>
    public int[] LabelledRows() => [.. Enumerable.Range(0, _sampled.Length).Where(r => IsLabel(_sampled[r]))];

    /// <summary>Those of the rows that have a labelled row at every offset up to <paramref name="reach"/>.</summary>
    public int[] RowsWithNeighbourhood(int[] rows, int reach)
    {
        // Prefix counts of unusable labels answer each row's question in one subtraction.
        var unusable = new int[_sequence.Length + 1];
        for (var i = 0; i < _sequence.Length; i++)
            unusable[i + 1] = unusable[i] + (IsLabel(_sequence[i]) ? 0 : 1);
        return
        [
            .. rows.Where(r => _positions[r] >= reach && _positions[r] + reach < _sequence.Length
                && unusable[_positions[r] + reach + 1] == unusable[_positions[r] - reach]),
        ];
    }

    /// <summary>Distinct labels among sampled rows, counted up to 2.</summary>
    public int DistinctAmong(int[] rows) => rows.Select(r => _sampled[r]).Distinct().Take(2).Count();

    /// <summary>Labels that stand <paramref name="offset"/> rows after the given sampled rows.</summary>
    public LabelScores Scores(int[] rows, int offset)
    {
        var labels = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            labels[i] = offset == 0 ? _sampled[rows[i]] : _sequence[_positions[rows[i]] + offset];
        return IsClassification ? LabelScores.OfClasses(Indices(labels), Classes.Count) : LabelScores.OfTargets(labels);
    }

    /// <summary>Position of a sampled row in the data.</summary>
    public long PositionOf(int sampleRow) => _positions[sampleRow];

    private int[] Indices(float[] labels) => [.. labels.Select(l => _classOf[l])];

    private bool IsLabel(float value) => IsClassification ? _classOf.ContainsKey(value) : float.IsFinite(value);
}
