using System.Collections;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>Finds the saved chains of networks in a model, and puts the networks in their places.</summary>
internal sealed class ChainReader(MLContext ml)
{
    private static readonly TransformerScope[] Scopes = [TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring];

    /// <summary>The network found last; null where none was.</summary>
    public TorchPredictionTransformer? Found { get; private set; }

    /// <summary>The model with its networks in the places of their chains; everything else is as it was.</summary>
    public ITransformer Replace(ITransformer model)
    {
        switch (model)
        {
            case TorchModel torch:
                Found = torch.Predictor;
                return model;
            case TorchPredictionTransformer predictor:
                return Found = predictor;
            case IEnumerable<ITransformer> stages when model.GetType().IsGenericType && model.GetType().GetGenericTypeDefinition() == typeof(TransformerChain<>):
                var all = stages.ToArray();
                if (all.Any(s => s is CustomMappingTransformer<FeatureSource, KeyTarget>))
                    return Found = Read(all, model);
                var replaced = all.Select(Replace).ToArray();
                return replaced.SequenceEqual(all, ReferenceEqualityComparer.Instance) ? model : new TransformerChain<ITransformer>(replaced, all.Select(s => ScopesOf(model, s)));
            default:
                return model;
        }
    }

    // A chain shows the scopes of its stages by the stages it leaves out.
    private static TransformerScope ScopesOf(dynamic chain, ITransformer stage) => Scopes
        .Where(s => ((IEnumerable<ITransformer>)chain.GetModelFor(s)).Contains(stage, ReferenceEqualityComparer.Instance))
        .Aggregate(TransformerScope.None, (a, b) => a | b);

    private TorchPredictionTransformer Read(ITransformer[] stages, ITransformer chain)
    {
        var saved = WeightReader.Read(WeightTexts.Decode(TextsOf(stages)));
        try
        {
            var schema = new DataViewSchema.Builder();
            schema.AddColumn(saved.Model.FeatureColumn, saved.FeatureType);
            var keys = LabelKeys.Of(chain.GetOutputSchema(schema.ToSchema()).GetColumnOrNull("PredictedLabel"), saved.Model.Classes);
            return LabelKeys.DigestOf(keys) == saved.KeysDigest
                ? new(ml, saved.Model, saved.FeatureType, keys)
                : throw WeightReader.Damaged("the key values of its label are not those it was saved with");
        }
        catch
        {
            saved.Model.Dispose();
            throw;
        }
    }

    // Of all the stages, the weights need no more than the maps of the key.
    private static ReadOnlyMemory<char>[] TextsOf(ITransformer[] stages)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(Hidden.Key, BooleanDataViewType.Instance);
        IDataView data = new TableView(schema.ToSchema(), [true]);
        foreach (var stage in stages.Where(s => s is ValueMappingTransformer or ColumnConcatenatingTransformer))
        {
            data = stage.Transform(data);
            if (data.Schema.GetColumnOrNull(Hidden.Weights) is not { } column)
                continue;
            return column.Type is VectorDataViewType { ItemType: TextDataViewType }
                ? data.GetColumn<ReadOnlyMemory<char>[]>(column).Single()
                : throw WeightReader.Damaged("its weights are no texts");
        }

        throw WeightReader.Damaged("it has no weights");
    }
}
