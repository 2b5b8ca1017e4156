namespace MLNetDebug.Data;

/// <summary>Compares the labels of two splits.</summary>
internal static class LabelComparer
{
    // A label of unknown task with more values than this is compared as numbers.
    private const int MaxClassesOfUnknownTask = 50;

    /// <summary>Compares; null where one side has no label, or their kinds differ.</summary>
    public static LabelComparison? Compare(DataProfile train, DataProfile test)
    {
        if (train.Label is not { } a || test.Label is not { } b || a.Kind != b.Kind)
            return null;
        if (IsClasses(train.Declaration.Task, a) && IsClasses(train.Declaration.Task, b))
            return CategoryComparer.Compare(a.Classes, b.Classes) is { } classes ? new LabelComparison(a.Name) { Classes = classes } : null;
        if (a.Moments is null || b.Moments is null || train.Sample.Labels is null || test.Sample.Labels is null)
            return null;
        var values = NumericComparer.Compare(SortedValues.Of(train.Sample.Labels), SortedValues.Of(test.Sample.Labels), Rounded(a.Moments), Rounded(b.Moments));
        return values is null ? null : new LabelComparison(a.Name) { Values = values };
    }

    /// <summary>Why labels could not be compared; null where one side has none.</summary>
    public static string? WhyNot(DataProfile train, DataProfile test)
    {
        if (train.Label is not { } a || test.Label is not { } b)
            return null;
        return a.Kind != b.Kind ? $"its type is {a.TypeText} in the {train.Name} and {b.TypeText} in the {test.Name}"
            : "one of the splits holds no labels, or too many different texts to count them";
    }

    private static bool IsClasses(LearningTask task, LabelProfile label) => !label.TooManyClasses && task switch
    {
        LearningTask.Regression => false,
        LearningTask.Unknown => label.Kind is ColumnKind.Text or ColumnKind.Key or ColumnKind.Boolean ||
            (label.NonInteger == 0 && label.Classes.Count <= MaxClassesOfUnknownTask),
        _ => true,
    };

    // Sampled labels are 32-bit floats: a range kept in double would have rounded values stand outside it.
    private static SlotProfile Rounded(SlotProfile moments) =>
        moments with { Min = Math.Min(moments.Min, (float)moments.Min), Max = Math.Max(moments.Max, (float)moments.Max) };
}
