using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers.Models;
using MLNetDebug.Torch.Trainers.Models.Saved;

namespace MLNetDebug.Torch.Trainers;

/// <summary>
/// A trained network as a transformer. It adds the columns that ML.NET's own trainers add: <c>Score</c>, and where classes were learned <c>PredictedLabel</c>, and <c>Probability</c> for two of them. A row whose
/// outputs are not finite gets a score of NaN, and no class where there are several; of two classes it is answered by false.
/// </summary>
/// <remarks>
/// Rows are scored in batches by <see cref="Transform"/> and one by one by prediction engines. Libtorch adds up in another order for one row than for several, so that the two may differ in their last bits.
/// A model that was saved is loaded by <c>mlContext.Model.Load</c> as a chain of ML.NET's own transformers, which scores row by row; <see cref="TorchModel"/> makes it score in batches again.
/// </remarks>
public sealed class TorchPredictionTransformer : ISingleFeaturePredictionTransformer<TorchModelParameters>, IDisposable
{
    private const int DefaultBatchSize = 256;
    private const int MostRows = 1_000_000;

    private readonly MLContext _ml;
    private readonly ScoreColumns _columns;

    internal TorchPredictionTransformer(MLContext ml, TorchModelParameters parameters, DataViewSchema trainSchema, TorchTraining? training = null)
        : this(
            ml,
            parameters,
            (trainSchema.GetColumnOrNull(parameters.FeatureColumn) ?? throw new ArgumentException($"The schema has no column '{parameters.FeatureColumn}'.", nameof(trainSchema))).Type,
            LabelKeys.Of(parameters.LabelColumn is { } label ? trainSchema.GetColumnOrNull(label) : null, parameters.Classes),
            training)
    {
    }

    internal TorchPredictionTransformer(MLContext ml, TorchModelParameters parameters, DataViewType featureType, LabelKeys? keys, TorchTraining? training = null, int batchSize = DefaultBatchSize)
    {
        if (ScoredSchema.SlotsOf(featureType) != parameters.Slots)
            throw new ArgumentException($"Column '{parameters.FeatureColumn}' is of type {featureType}, which is not the shape [{string.Join(", ", parameters.InputShape)}] of network '{parameters.Network.Name}'.", nameof(featureType));
        (_ml, Model, Training, FeatureColumnType, BatchSize) = (ml, parameters, training, featureType, batchSize);
        _columns = new ScoreColumns(parameters, keys);
    }

    /// <summary>The column the network reads.</summary>
    public string FeatureColumnName => Model.FeatureColumn;

    /// <summary>Its type where it was trained.</summary>
    public DataViewType FeatureColumnType { get; }

    /// <summary>The network.</summary>
    public TorchModelParameters Model { get; }

    /// <summary>How it was trained; null after a model was loaded.</summary>
    public TorchTraining? Training { get; }

    /// <summary>How many rows are scored together; fewer where those would be more than 67 million numbers.</summary>
    /// <value>From 1 to 1,000,000; 256 by default.</value>
    public int BatchSize { get; }

    bool ITransformer.IsRowToRowMapper => true;

    internal LabelKeys? Keys => _columns.Keys;

    /// <summary>The same model with another number of rows scored together.</summary>
    /// <param name="batchSize">From 1 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public TorchPredictionTransformer WithBatchSize(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, MostRows);
        return new(_ml, Model, FeatureColumnType, Keys, Training, batchSize);
    }

    /// <summary>The schema of scored data.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not have the column the network reads, or has it with another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => SchemaOf(inputSchema).Output;

    /// <summary>Scores data, lazily: a batch is scored when its first row is read, and only where a column of answers is asked for.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not have the column the network reads, or has it with another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredView(SchemaOf(input.Schema), input, BatchSize);
    }

    /// <summary>Scores one row at a time; a network is shared by all the rows, and each has memory of its own.</summary>
    /// <param name="inputSchema">The schema of the row.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not have the column the network reads, or has it with another type.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new ScoredMapper(SchemaOf(inputSchema));

    /// <summary>Frees the network, also for the transformers that <see cref="WithBatchSize"/> made of this one.</summary>
    public void Dispose() => Model.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)SavedChain.Build(_ml, this)).Save(ctx);

    private ScoredSchema SchemaOf(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(Model, _columns, input);
    }
}
