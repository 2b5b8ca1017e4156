namespace MLNetDebug.Data;

/// <summary>The label types ML.NET's own trainers take, as their schema checks say (run against 5.0.1).</summary>
internal static class LabelTypes
{
    /// <summary>The type a task's trainers take.</summary>
    public static string Expected(LearningTask task) => task switch
    {
        LearningTask.BinaryClassification => "Boolean",
        LearningTask.MulticlassClassification => "Key<UInt32>",
        LearningTask.Ranking => "Single or Key<UInt32>",
        _ => "Single",
    };

    /// <summary>Whether they take this label.</summary>
    public static bool Takes(LearningTask task, LabelProfile label)
    {
        var key = label.Kind == ColumnKind.Key && label.TypeText.Contains("UInt32", StringComparison.Ordinal);
        return task switch
        {
            LearningTask.BinaryClassification => label.Kind == ColumnKind.Boolean,
            LearningTask.MulticlassClassification => key,
            LearningTask.Ranking => key || label.TypeText == "Single",
            LearningTask.Regression => label.TypeText == "Single",
            _ => true,
        };
    }

    /// <summary>The line that converts it.</summary>
    public static Advice Conversion(LearningTask task, LabelProfile label)
    {
        var name = Words.Literal(label.Name);
        var toKey = $"pipeline.Append(ml.Transforms.Conversion.MapValueToKey({name}))";
        var toSingle = $"pipeline.Append(ml.Transforms.Conversion.ConvertType({name}, outputKind: DataKind.Single))";
        return (task, label.Kind) switch
        {
            (LearningTask.BinaryClassification, ColumnKind.Text or ColumnKind.Key) when label.Classes.Count == 2 => new Advice(
                "Say which value is the positive class.",
                $"pipeline.Append(ml.Transforms.Conversion.MapValue({name}, new[] {{ KeyValuePair.Create({Literal(label, 1)}, true), KeyValuePair.Create({Literal(label, 0)}, false) }}, {name}))"),
            (LearningTask.BinaryClassification, ColumnKind.Text or ColumnKind.Key) => new Advice(
                "Say which value is the positive class.",
                $"pipeline.Append(ml.Transforms.CustomMapping<Row, Positive>((r, p) => p.IsPositive = r.{Words.Identifier(label.Name)} == positive, null))"),
            (LearningTask.BinaryClassification, _) => new Advice(
                "Convert it to Boolean; every number but 0 becomes true.", $"pipeline.Append(ml.Transforms.Conversion.ConvertType({name}, outputKind: DataKind.Boolean))"),
            (LearningTask.MulticlassClassification, ColumnKind.Key) => new Advice(
                "Map the keys anew, to UInt32.", $"pipeline.Append(ml.Transforms.Conversion.MapKeyToValue({name})).Append(ml.Transforms.Conversion.MapValueToKey({name}))"),
            (LearningTask.MulticlassClassification, ColumnKind.Boolean) => new Advice("Two classes: use a binary trainer, or map the label to keys.", toKey),
            (LearningTask.MulticlassClassification, _) => new Advice("Map the label to keys.", toKey),
            (LearningTask.Ranking, ColumnKind.Text) => new Advice(
                "Map grades to keys in the order of their values.", $"pipeline.Append(ml.Transforms.Conversion.MapValueToKey({name}, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue))"),
            (LearningTask.Regression, ColumnKind.Key) => new Advice(
                "Key codes are names, not amounts: go back to the values, then convert them.", $"pipeline.Append(ml.Transforms.Conversion.MapKeyToValue({name})).Append(ml.Transforms.Conversion.ConvertType({name}, outputKind: DataKind.Single))"),
            (LearningTask.Regression, ColumnKind.Text) => new Advice("Read the column as a number; texts that are none become NaN.", toSingle),
            _ => new Advice("Convert it to Single.", toSingle),
        };
    }

    private static string Literal(LabelProfile label, int index) =>
        label.Kind == ColumnKind.Text ? Words.Literal(label.Classes[index].Text) : $"{(long)label.Classes[index].Value}u";
}
