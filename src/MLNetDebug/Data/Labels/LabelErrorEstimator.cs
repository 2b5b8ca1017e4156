namespace MLNetDebug.Data;

/// <summary>Lists the rows whose label looks wrong.</summary>
internal static class LabelErrorEstimator
{
    /// <summary>Classes with fewer rows are not judged: there is too little to learn them from.</summary>
    public const int MinClassRows = 8;

    /// <summary>With more classes each has too few rows, and the noise matrix too many cells.</summary>
    public const int MaxClasses = 200;

    public static LabelErrorEstimate Estimate(OutOfFoldProbabilities probabilities, IReadOnlyList<ClassCount> classes, Func<int, long> positionOf)
    {
        var (given, values, count) = (probabilities.Classes, probabilities.Values, classes.Count);
        var sizes = new int[count];
        var right = 0;
        for (var i = 0; i < given.Length; i++)
        {
            sizes[given[i]]++;
            var row = values.AsSpan(i * count, count);
            var best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(row);
            right += best == given[i] ? 1 : 0;
        }

        SuspectLabel[] suspects =
        [
            .. ConfidentLearning.Find(values, given, count).Where(s => sizes[given[s.Row]] >= MinClassRows).Select(s =>
            {
                var (now, then) = (classes[given[s.Row]], classes[s.Suggested]);
                return new SuspectLabel(positionOf(probabilities.Rows[s.Row]), now.Text, now.Value, then.Text, then.Value, s.Probability);
            }),
        ];
        return new LabelErrorEstimate
        {
            Rows = given.Length,
            HasLinear = probabilities.HasLinear,
            Suspects = suspects,
            FalseDiscoveryRate = suspects.Length == 0 ? 0 : suspects.Average(s => 1 - s.Probability),
            OutOfFoldAccuracy = (double)right / given.Length,
            TrivialAccuracy = (double)sizes.Max() / given.Length,
        };
    }
}
