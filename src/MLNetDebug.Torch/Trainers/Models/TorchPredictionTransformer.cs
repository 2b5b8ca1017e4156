#pragma warning disable CS1591
using Microsoft.ML;

namespace MLNetDebug.Torch.Trainers;

/// <summary>A trained network as a transformer.</summary>
public sealed class TorchPredictionTransformer : Microsoft.ML.ISingleFeaturePredictionTransformer<TorchModelParameters>
{
    internal TorchPredictionTransformer(MLContext ml, TorchModelParameters parameters, DataViewSchema trainSchema, TorchTraining? training = null)
    {
        _ = (ml, trainSchema);
        (Model, Training) = (parameters, training);
    }

    internal TorchPredictionTransformer WithBatchSize(int size) => this;

    /// <summary>The network.</summary>
    public TorchModelParameters Model { get; }

    /// <summary>How it was trained; null after a model was loaded.</summary>
    public TorchTraining? Training { get; }

    public string FeatureColumnName => throw new NotSupportedException();
    public Microsoft.ML.Data.DataViewType FeatureColumnType => throw new NotSupportedException();
    public bool IsRowToRowMapper => true;
    public DataViewSchema GetOutputSchema(DataViewSchema s) => throw new NotSupportedException();
    public IDataView Transform(IDataView s) => throw new NotSupportedException();
    public Microsoft.ML.Data.IRowToRowMapper GetRowToRowMapper(DataViewSchema s) => throw new NotSupportedException();
    void ICanSaveModel.Save(ModelSaveContext c) => throw new NotSupportedException();
}
