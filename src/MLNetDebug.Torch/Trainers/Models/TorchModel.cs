using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers.Models.Saved;

namespace MLNetDebug.Torch.Trainers;

/// <summary>
/// A loaded model that scores in batches. <c>mlContext.Model.Load</c> gives a network back as a chain of ML.NET's own transformers, which scores row by row; this puts the network itself in the place of that chain
/// and keeps every other stage. It can be saved again.
/// </summary>
/// <example>
/// <code>
/// TorchNetwork.Register(digits);
/// using var model = TorchModel.Load(ml, "model.zip", out var inputSchema);
/// var scored = model.Transform(rows);
/// </code>
/// </example>
public sealed class TorchModel : ITransformer, IDisposable
{
    private readonly ITransformer _model;

    private TorchModel(ITransformer model, TorchPredictionTransformer predictor) => (_model, Predictor) = (model, predictor);

    /// <summary>The network; the last one where the model has several.</summary>
    public TorchPredictionTransformer Predictor { get; }

    bool ITransformer.IsRowToRowMapper => _model.IsRowToRowMapper;

    /// <summary>Puts the network of a loaded model in the place of the chain it was loaded as.</summary>
    /// <param name="loaded">What <c>mlContext.Model.Load</c> gave; a trained model is taken too, as it is.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="loaded"/> is null.</exception>
    /// <exception cref="ArgumentException">It holds no network.</exception>
    /// <exception cref="TorchModelException">The network is damaged, or not the one that is registered under its name.</exception>
    public static TorchModel From(ITransformer loaded) => From(new MLContext(), loaded);

    /// <summary>
    /// Loads a model, once its file was found whole: every entry is held against its checksum, which ML.NET does not do.
    /// </summary>
    /// <param name="ml">The context.</param>
    /// <param name="path">The file.</param>
    /// <param name="inputSchema">The schema the model was saved with; null where it was saved with none.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="TorchModelException">The file is damaged, holds no network, or holds one that is not registered.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TorchModel Load(MLContext ml, string path, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(ml);
        ArgumentNullException.ThrowIfNull(path);
        using var file = File.OpenRead(path);
        ModelZip.Check(file, path);
        file.Position = 0;
        try
        {
            return From(ml, ml.Model.Load(file, out inputSchema));
        }
        catch (Exception e) when (e is not TorchModelException)
        {
            // Every byte is as it was written: what ML.NET throws then tells of something it does not know, such as a custom mapping, or of a file that was made otherwise.
            throw new TorchModelException($"'{path}' is whole, and cannot be loaded as a model with a network: {e.Message.Split(" (Parameter")[0].TrimEnd('.')}. Register what it needs (the networks by TorchNetwork.Register, assemblies of custom mappings by ml.ComponentCatalog.RegisterAssembly); a model without a network is loaded by ml.Model.Load.", e);
        }
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _model.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _model.Transform(input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _model.GetRowToRowMapper(inputSchema);

    /// <summary>Frees the network, and whatever else the model holds.</summary>
    public void Dispose()
    {
        (_model as IDisposable)?.Dispose();
        Predictor.Dispose();
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => _model.Save(ctx);

    private static TorchModel From(MLContext ml, ITransformer loaded)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        var reader = new ChainReader(ml);
        var model = reader.Replace(loaded);
        return model as TorchModel ?? new TorchModel(model, reader.Found ?? throw new ArgumentException("The model holds no network of TorchSharp's: it was not made by a trainer of MLNetDebug.Torch.", nameof(loaded)));
    }
}
