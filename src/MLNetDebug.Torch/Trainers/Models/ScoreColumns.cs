using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>The columns a model adds, with the types and annotations that ML.NET's own trainers give theirs.</summary>
internal sealed class ScoreColumns(TorchModelParameters model, LabelKeys? keys)
{
    private const string SetId = "ScoreColumnSetId";

    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<ScoreColumn> All { get; } = model.Task switch
    {
        TorchTask.Regression => [ScoreColumn.Score],
        TorchTask.BinaryClassification => [ScoreColumn.PredictedLabel, ScoreColumn.Score, ScoreColumn.Probability],
        _ => [ScoreColumn.PredictedLabel, ScoreColumn.Score],
    };

    /// <summary>The key values of the label.</summary>
    public LabelKeys? Keys => keys;

    /// <summary>The key type of a predicted label, as ML.NET's own trainers give it whatever the raw type of the label is.</summary>
    public static KeyDataViewType LabelType(int classes) => new(typeof(uint), classes);

    /// <summary>A schema with these columns behind its own.</summary>
    public DataViewSchema AddTo(DataViewSchema input)
    {
        var set = input.Select(SetIdOf).DefaultIfEmpty().Max() + 1;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        foreach (var column in All)
            builder.AddColumn(column.ToString(), TypeOf(column), AnnotationsOf(column, set));
        return builder.ToSchema();
    }

    private DataViewType TypeOf(ScoreColumn column) => (column, model.Task) switch
    {
        (ScoreColumn.PredictedLabel, TorchTask.BinaryClassification) => BooleanDataViewType.Instance,
        (ScoreColumn.PredictedLabel, _) => LabelType(model.Classes),
        (_, TorchTask.Regression or TorchTask.BinaryClassification) => NumberDataViewType.Single,
        _ => new VectorDataViewType(NumberDataViewType.Single, model.Classes),
    };

    private DataViewSchema.Annotations AnnotationsOf(ScoreColumn column, uint set)
    {
        var kind = model.Task == TorchTask.OneVersusAll ? TorchTask.MulticlassClassification : model.Task;
        var isClasses = kind == TorchTask.MulticlassClassification;
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(SetId, SetIdType, (ValueGetter<uint>)((ref uint value) => value = set));
        annotations.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, kind.ToString().AsMemory());
        annotations.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, column.ToString().AsMemory());
        if (column == ScoreColumn.Probability)
            annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        if (isClasses && column == ScoreColumn.PredictedLabel)
            keys?.AddTo(annotations);
        if (isClasses && column == ScoreColumn.Score && keys is not null)
        {
            keys.AddTo(annotations, "TrainingLabelValues");
            AddSlotNames(annotations, keys.Texts);
        }

        return annotations.ToAnnotations();
    }

    /// <summary>Names the slots of a column.</summary>
    public static void AddSlotNames(DataViewSchema.Annotations.Builder annotations, ReadOnlyMemory<char>[] names) => annotations.Add(
        "SlotNames", new VectorDataViewType(TextDataViewType.Instance, names.Length), (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var editor = VBufferEditor.Create(ref value, names.Length);
            names.CopyTo(editor.Values);
            value = editor.Commit();
        }));

    // Each set of score columns has a number, above those that stand before it.
    private static uint SetIdOf(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(SetId) is not { Type: KeyDataViewType { RawType: var raw } } || raw != typeof(uint))
            return 0;
        var value = 0u;
        column.Annotations.GetValue(SetId, ref value);
        return value;
    }
}
