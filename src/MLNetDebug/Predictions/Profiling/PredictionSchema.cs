using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Holds the columns of scored rows against the task: each that does not fit is told what it must be.</summary>
internal static class PredictionSchema
{
    private const string ValueKind = "ScoreValueKind";

    /// <exception cref="ArgumentException">A column is absent, or its type does not fit the task.</exception>
    public static PredictionLayout Plan(DataViewSchema schema, PredictionColumns columns, LearningTask task, string name)
    {
        if (task == LearningTask.Unknown || !Enum.IsDefined(task))
            throw new ArgumentException($"What the model learned must be said: task is {task}.", nameof(task));
        var score = Column(schema, columns.Score, nameof(columns.Score), name);
        var width = Width(score, task, name);
        if (columns.Label is { } label)
            CheckLabel(Column(schema, label, nameof(columns.Label), name), task, name);
        if (columns.Probability is { } probability && task == LearningTask.BinaryClassification)
            MustBeSingle(Column(schema, probability, nameof(columns.Probability), name), "a binary model's probability is one Single", name);
        if (columns.PredictedLabel is { } predicted && task is LearningTask.BinaryClassification or LearningTask.MulticlassClassification
            && !IsPredictedClass(Column(schema, columns.PredictedLabel, nameof(columns.PredictedLabel), name), task))
            throw Wrong(schema[columns.PredictedLabel], task == LearningTask.BinaryClassification ? "predictions of two classes are Boolean" : "predictions of several classes are keys", name, "Leave it out (null), and the class with the highest score is taken.");
        foreach (var feature in columns.Features)
            Column(schema, feature, nameof(columns.Features), name);
        return new PredictionLayout(task, columns, width)
        {
            IsDeclared = task == LearningTask.MulticlassClassification ? columns.ScoreIsProbability || SaysProbability(score) : columns.Probability is not null,
            TextOf = TextOf(schema, columns, task, width),
        };
    }

    /// <summary>True where a column can hold the predicted classes of a task.</summary>
    public static bool IsPredictedClass(DataViewSchema.Column column, LearningTask task) =>
        task == LearningTask.BinaryClassification ? column.Type is BooleanDataViewType || IsKeyOfTwo(column.Type)
        : task == LearningTask.MulticlassClassification && column.Type is KeyDataViewType;

    private static int Width(DataViewSchema.Column score, LearningTask task, string name)
    {
        if (task != LearningTask.MulticlassClassification)
        {
            MustBeSingle(score, $"a score of {LabelFacts.Name(task)} is one Single", name);
            return 1;
        }

        return score.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single ? vector.Size
            : throw Wrong(score, "scores of several classes are a vector of Single with one slot per class", name, "Pass the column that the trainer wrote.");
    }

    private static void CheckLabel(DataViewSchema.Column label, LearningTask task, string name)
    {
        var convert = $"ml.Transforms.Conversion.MapValueToKey({MendCode.Text(label.Name)})";
        switch (task)
        {
            case LearningTask.MulticlassClassification when label.Type is not KeyDataViewType:
                throw Wrong(label, "a label of several classes is a key", name, $"Use the key column the model was trained on, or put {convert} before the trainer.");
            case LearningTask.BinaryClassification when label.Type is not (BooleanDataViewType or NumberDataViewType) && !IsKeyOfTwo(label.Type):
                throw Wrong(label, "a label of two classes is Boolean, or a number that is 0 or 1", name, $"Map it, as with ml.Transforms.Conversion.MapValue({MendCode.Text(label.Name)}, new Dictionary<string, bool> {{ [\"yes\"] = true, [\"no\"] = false }}).");
            case LearningTask.Regression when label.Type is not NumberDataViewType:
                throw Wrong(label, "the target of a regression is a number", name, $"Convert it, as with ml.Transforms.Conversion.ConvertType({MendCode.Text(label.Name)}).");
            case LearningTask.Ranking when label.Type is not (NumberDataViewType or KeyDataViewType):
                throw Wrong(label, "the relevance of a ranking is a number or a key", name, $"Convert it, as with {convert}.");
        }
    }

    private static bool IsKeyOfTwo(DataViewType type) => type is KeyDataViewType { Count: 2 };

    private static void MustBeSingle(DataViewSchema.Column column, string expected, string name)
    {
        if (column.Type != NumberDataViewType.Single)
            throw Wrong(column, expected, name, "Pass the column that the trainer wrote.");
    }

    private static bool SaysProbability(DataViewSchema.Column score)
    {
        if (score.Annotations.Schema.GetColumnOrNull(ValueKind) is not { Type: TextDataViewType })
            return false;
        ReadOnlyMemory<char> kind = default;
        score.Annotations.GetValue(ValueKind, ref kind);
        return kind.Span.SequenceEqual("Probability");
    }

    private static Func<int, string?>? TextOf(DataViewSchema schema, PredictionColumns columns, LearningTask task, int width)
    {
        var label = columns.Label is null ? null : schema.GetColumnOrNull(columns.Label);
        if (task == LearningTask.BinaryClassification && label?.Type is BooleanDataViewType)
            return index => index == 0 ? "false" : "true";
        var texts = label is { } column && column.Type is KeyDataViewType ? ColumnAnnotations.KeyTexts(column) : null;
        if (texts is null && task == LearningTask.MulticlassClassification && ColumnAnnotations.SlotNames(schema[columns.Score], width) is { } slots)
            return index => index < slots.Length ? slots[index] : null;
        return texts is null ? null : index => index < texts.Count ? texts[index] : null;
    }

    private static DataViewSchema.Column Column(DataViewSchema schema, string column, string role, string name) =>
        schema.GetColumnOrNull(column) ?? throw new ArgumentException(
            $"The {name} has no column '{column}' ({role}); columns are {MendCode.Quoted([.. schema.Where(c => !c.IsHidden).Select(c => c.Name)])}.");

    private static ArgumentException Wrong(DataViewSchema.Column column, string expected, string name, string mend) =>
        new($"Column '{column.Name}' of the {name} is {column.Type}: {expected}. {mend}");
}
