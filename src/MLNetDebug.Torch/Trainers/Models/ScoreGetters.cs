using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>A column of answers.</summary>
internal enum ScoreColumn
{
    PredictedLabel,
    Score,
    Probability,
}

/// <summary>Reads the answers of a batch as values of columns.</summary>
internal static class ScoreGetters
{
    /// <summary>A <see cref="ValueGetter{TValue}"/> of the row at the place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="column">Which answer.</param>
    /// <param name="batch">The answers.</param>
    /// <param name="place">The row.</param>
    /// <param name="ready">Called before each value is read.</param>
    public static Delegate Create(TorchModelParameters model, ScoreColumn column, ScoringBatch batch, Place place, Action? ready = null) => (column, model.Task) switch
    {
        (ScoreColumn.Probability, _) => (ValueGetter<float>)((ref float value) =>
        {
            ready?.Invoke();
            value = batch.Probabilities[place.At];
        }),
        (ScoreColumn.PredictedLabel, TorchTask.BinaryClassification) => (ValueGetter<bool>)((ref bool value) =>
        {
            ready?.Invoke();
            value = batch.Labels[place.At] != 0;
        }),
        (ScoreColumn.PredictedLabel, _) => (ValueGetter<uint>)((ref uint value) =>
        {
            ready?.Invoke();
            value = batch.Labels[place.At];
        }),
        (_, TorchTask.Regression or TorchTask.BinaryClassification) => (ValueGetter<float>)((ref float value) =>
        {
            ready?.Invoke();
            value = batch.Scores[place.At];
        }),
        _ => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            ready?.Invoke();
            var editor = VBufferEditor.Create(ref value, model.Outputs);
            batch.Scores.AsSpan(place.At * model.Outputs, model.Outputs).CopyTo(editor.Values);
            value = editor.Commit();
        }),
    };
}
