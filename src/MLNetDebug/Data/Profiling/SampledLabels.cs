namespace MLNetDebug.Data;

/// <summary>The labels of the sampled rows as the association of a slot needs them: classes, or ranks.</summary>
internal sealed class SampledLabels
{
    /// <summary>Equal parts a real-valued label is cut into where a category is compared with it.</summary>
    private const int Bins = 10;

    private SampledLabels(int[] classes, int classCount, float[]? ranks)
    {
        (Classes, ClassCount, Ranks) = (classes, classCount, ranks);
    }

    /// <summary>Class index of each sampled row, -1 without a label; for a real-valued label the tenth its rank stands in.</summary>
    public int[] Classes { get; }

    public int ClassCount { get; }

    /// <summary>Mid-ranks of a real-valued label, NaN where missing; null for classes.</summary>
    public float[]? Ranks { get; }

    /// <param name="labels">The sampled labels; NaN where missing.</param>
    /// <param name="classes">True where they are classes.</param>
    public static SampledLabels Create(float[] labels, bool classes) => classes ? OfClasses(labels) : OfNumbers(labels);

    private static SampledLabels OfClasses(float[] labels)
    {
        var indexOf = new Dictionary<float, int>();
        var classes = new int[labels.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            if (!float.IsFinite(labels[row]))
            {
                classes[row] = -1;
                continue;
            }

            if (!indexOf.TryGetValue(labels[row], out var index))
                indexOf[labels[row]] = index = indexOf.Count;
            classes[row] = index;
        }

        return new SampledLabels(classes, indexOf.Count, null);
    }

    private static SampledLabels OfNumbers(float[] labels)
    {
        var finite = Array.ConvertAll(labels, v => float.IsFinite(v) ? v : float.NaN);
        var ranks = MidRanks.Of(finite);
        var labelled = finite.Count(v => !float.IsNaN(v));
        var bins = Array.ConvertAll(ranks, r => float.IsNaN(r) ? -1 : Math.Min(Bins - 1, (int)((r - 0.5f) / labelled * Bins)));
        return new SampledLabels(bins, Bins, ranks);
    }
}
