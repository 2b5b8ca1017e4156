namespace MLNetDebug.Data;

/// <summary>Rows as models take them: standardised features in one flat row-major block, and the labels beside them.</summary>
internal sealed class ModelRows(float[] features, int width, int[] sampleRows)
{
    /// <summary>Row-major, <see cref="Width"/> values per row; mean 0 per column, no missing values.</summary>
    public float[] Features { get; } = features;

    /// <summary>Columns.</summary>
    public int Width { get; } = width;

    /// <summary>Index of each row in the profile's sample, ascending.</summary>
    public int[] SampleRows { get; } = sampleRows;

    public int Count => SampleRows.Length;

    /// <summary>What was left out or folded together, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public ReadOnlySpan<float> Row(int row) => Features.AsSpan(row * Width, Width);
}
