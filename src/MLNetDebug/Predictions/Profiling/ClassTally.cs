namespace MLNetDebug.Predictions;

/// <summary>Counts the judged rows by class: carried, predicted, both.</summary>
internal sealed class ClassTally
{
    private readonly Dictionary<int, (long Rows, long Predicted, long Correct)> _counts = [];

    /// <summary>Rows predicted right, also of classes beyond those that are listed.</summary>
    public long Correct { get; private set; }

    /// <summary>Takes one row; a prediction of -1 is none.</summary>
    public void Add(int label, int predicted)
    {
        if (label == predicted)
            Correct++;
        if (CountOf(label, out var known))
        {
            known.Rows++;
            if (label == predicted)
                known.Correct++;
            _counts[label] = known;
        }

        if (predicted >= 0 && CountOf(predicted, out var named))
        {
            named.Predicted++;
            _counts[predicted] = named;
        }
    }

    /// <summary>The classes in ascending order.</summary>
    /// <param name="layout">Texts and values of the classes; each that has a score is listed.</param>
    public IReadOnlyList<ClassPredictions> ToList(PredictionLayout layout)
    {
        var scored = layout.IsMulticlass ? Math.Min(layout.Width, PredictionProfile.MaxClasses) : 2;
        return
        [
            .. Enumerable.Range(0, scored).Union(_counts.Keys).Order().Take(PredictionProfile.MaxClasses).Select(k =>
            {
                var (rows, predicted, correct) = _counts.GetValueOrDefault(k);
                return new ClassPredictions(layout.ValueOf(k), layout.Text(k), rows, predicted, correct);
            }),
        ];
    }

    /// <summary>The counts of a class; false where there are too many classes to count one more.</summary>
    private bool CountOf(int index, out (long Rows, long Predicted, long Correct) counts) =>
        _counts.TryGetValue(index, out counts) || _counts.Count < PredictionProfile.MaxClasses;
}
