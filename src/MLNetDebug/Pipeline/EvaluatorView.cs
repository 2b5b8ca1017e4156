using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>Scored rows as ML.NET's evaluators take them: a label of the one type they read, and a column of predicted classes where there is none.</summary>
/// <param name="View">The rows.</param>
/// <param name="Label">The label column.</param>
/// <param name="PredictedLabel">The column of predicted classes; empty for tasks without one.</param>
internal sealed record EvaluatorView(IDataView View, string Label, string PredictedLabel)
{
    private const string Prefix = "MLNetDebug.";

    public static EvaluatorView Of(IDataView scored, ResolvedPredictions resolved)
    {
        var (task, columns) = (resolved.Task, resolved.Columns);
        var (view, label) = (scored, scored.Schema[columns.Label!]);
        var name = label.Name;
        if (task == LearningTask.BinaryClassification && label.Type is NumberDataViewType && label.Type != NumberDataViewType.Single && label.Type != NumberDataViewType.Double)
            (view, name) = (Numbers(view, label, (ref bool value, double number) => value = number > 0, BooleanDataViewType.Instance), Prefix + label.Name);
        else if (task is LearningTask.Regression or LearningTask.Ranking && label.Type is NumberDataViewType && label.Type != NumberDataViewType.Single)
            (view, name) = (Numbers(view, label, (ref float value, double number) => value = (float)number, NumberDataViewType.Single), Prefix + label.Name);
        if (task is not (LearningTask.BinaryClassification or LearningTask.MulticlassClassification))
            return new EvaluatorView(view, name, string.Empty);
        if (columns.PredictedLabel is { } predicted)
            return new EvaluatorView(view, name, predicted);
        const string added = Prefix + "PredictedLabel";
        return new EvaluatorView(
            task == LearningTask.MulticlassClassification ? Largest(view, view.Schema[columns.Score], added) : Positive(view, view.Schema[columns.Probability ?? columns.Score], columns.Probability is null ? 0 : 0.5f, added),
            name, added);
    }

    private delegate void Assign<T>(ref T value, double number);

    private static MappedColumnView Numbers<T>(IDataView view, DataViewSchema.Column label, Assign<T> assign, DataViewType type) =>
        new(view, Prefix + label.Name, type, annotations: null, [label], row =>
        {
            var reader = LabelReader.Create(null, label, row);
            return (ValueGetter<T>)((ref T value) => assign(ref value, reader.Read(out _)));
        });

    private static MappedColumnView Positive(IDataView view, DataViewSchema.Column score, float threshold, string name) =>
        new(view, name, BooleanDataViewType.Instance, annotations: null, [score], row =>
        {
            var getter = row.GetGetter<float>(score);
            var number = 0f;
            return (ValueGetter<bool>)((ref bool value) =>
            {
                getter(ref number);
                value = number > threshold;
            });
        });

    private static MappedColumnView Largest(IDataView view, DataViewSchema.Column scores, string name) =>
        new(view, name, new KeyDataViewType(typeof(uint), ((VectorDataViewType)scores.Type).Size), annotations: null, [scores], row =>
        {
            var getter = row.GetGetter<VBuffer<float>>(scores);
            var buffer = default(VBuffer<float>);
            return (ValueGetter<uint>)((ref uint value) =>
            {
                getter(ref buffer);
                var best = float.NegativeInfinity;
                value = 0;
                foreach (var (slot, score) in buffer.Items(all: true))
                {
                    if (score > best)
                        (best, value) = (score, (uint)slot + 1);
                }
            });
        });
}
