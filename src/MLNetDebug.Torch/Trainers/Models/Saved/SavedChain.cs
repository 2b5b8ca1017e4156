using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>
/// A trained network as a chain of ML.NET's own transformers, which is what is saved: they load in any process that references this assembly, by <c>mlContext.Model.Load</c> alone. The weights are texts in maps of
/// one key; mappings of this assembly read them and score; maps and expressions of ML.NET's own give the answers their types and names.
/// </summary>
internal static class SavedChain
{
    /// <summary>Makes it.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="transformer">The trained network.</param>
    /// <param name="limit">Most bytes in a piece of its weights.</param>
    public static TransformerChain<ITransformer> Build(MLContext ml, TorchPredictionTransformer transformer, int limit = WeightPieces.DefaultLimit)
    {
        var (pieces, seal) = WeightWriter.Write(transformer, limit);
        return Build(ml, transformer, [.. pieces.Pieces.Select(p => WeightTexts.Encode(p)), seal.AsMemory()]);
    }

    /// <summary>Makes it around given texts of weights.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="transformer">The trained network.</param>
    /// <param name="texts">The pieces of its weights, and the seal.</param>
    public static TransformerChain<ITransformer> Build(MLContext ml, TorchPredictionTransformer transformer, IReadOnlyList<ReadOnlyMemory<char>> texts)
    {
        var model = transformer.Model;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(model.FeatureColumn, transformer.FeatureColumnType);
        var stages = new Stages(new TableView(schema.ToSchema()));
        var isImage = transformer.FeatureColumnType is not VectorDataViewType;
        if (isImage)
            stages.Add(ImagePixels.Extraction(ml, model.FeatureColumn));
        stages.Add(ml.Transforms.CopyColumns(Hidden.Features, isImage ? ImagePixels.Column : model.FeatureColumn));
        stages.Add(ml.Transforms.CustomMapping<FeatureSource, KeyTarget>(KeyFactory.Map, KeyFactory.Contract));
        var hidden = AddWeights(ml, stages, texts);
        AddScores(ml, stages, transformer);
        var extra = isImage ? hidden.Append(ImagePixels.Column) : hidden;
        if (model.Task is TorchTask.MulticlassClassification or TorchTask.OneVersusAll)
            extra = [.. extra, Hidden.Slots, Hidden.Fields, Hidden.Class];
        stages.Add(ml.Transforms.DropColumns([.. extra, Hidden.Features, Hidden.Key, Hidden.Weights]));
        return stages.ToChain();
    }

    private static string[] AddWeights(MLContext ml, Stages stages, IReadOnlyList<ReadOnlyMemory<char>> texts)
    {
        string[] names = [.. Enumerable.Range(0, texts.Count).Select(i => i < texts.Count - 1 ? $"{Hidden.Piece}{i}" : Hidden.Seal)];
        foreach (var (name, text) in names.Zip(texts))
            stages.Add(Map(ml, name, new DataViewSchema.DetachedColumn("Value", TextDataViewType.Instance), text));
        stages.Add(ml.Transforms.Concatenate(Hidden.Weights, names));
        return names;
    }

    private static void AddScores(MLContext ml, Stages stages, TorchPredictionTransformer transformer)
    {
        switch (transformer.Model.Task)
        {
            case TorchTask.Regression:
                stages.Add(ml.Transforms.CustomMapping<WeightSource, NumberTarget>(NumberFactory.Map, NumberFactory.Contract));
                break;
            case TorchTask.BinaryClassification:
                stages.Add(ml.Transforms.CustomMapping<WeightSource, BinaryTarget>(BinaryFactory.Map, BinaryFactory.Contract));
                break;
            default:
                stages.Add(ml.Transforms.CustomMapping<WeightSource, ClassesTarget>(ClassesFactory.Map, ClassesFactory.Contract));
                AddClasses(ml, stages, transformer.Model.Classes, transformer.Keys);
                break;
        }
    }

    private static void AddClasses(MLContext ml, Stages stages, int classes, LabelKeys? keys)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        keys?.AddTo(annotations);
        var labels = new DataViewSchema.Builder();
        labels.AddColumn("Key", NumberDataViewType.UInt32);
        labels.AddColumn("Value", ScoreColumns.LabelType(classes), annotations.ToAnnotations());
        var table = new TableView(labels.ToSchema(), [.. Enumerable.Range(1, classes).Select(i => new object[] { (uint)i, (uint)i })]);
        stages.Add(ml.Transforms.Conversion.MapValue("PredictedLabel", table, table.Schema["Key"], table.Schema["Value"], Hidden.Class));

        var names = new DataViewSchema.Annotations.Builder();
        if (keys is not null)
            ScoreColumns.AddSlotNames(names, keys.Texts);
        var slots = new VBuffer<float>(classes, [.. Enumerable.Range(1, classes).Select(i => (float)i)]);
        stages.Add(Map(ml, Hidden.Slots, new DataViewSchema.DetachedColumn("Value", new VectorDataViewType(NumberDataViewType.Single, classes), names.ToAnnotations()), slots));
        stages.Add(ml.Transforms.Expression("Score", ScoreFields.Expression, Hidden.Slots, Hidden.Fields));
    }

    // A map of the key true alone.
    private static IEstimator<ITransformer> Map(MLContext ml, string name, DataViewSchema.DetachedColumn column, object value)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Key", BooleanDataViewType.Instance);
        schema.AddColumn(column.Name, column.Type, column.Annotations);
        var table = new TableView(schema.ToSchema(), [true, value]);
        return ml.Transforms.Conversion.MapValue(name, table, table.Schema["Key"], table.Schema[column.Name], Hidden.Key);
    }

    private sealed class Stages(IDataView data)
    {
        private readonly List<ITransformer> _stages = [];
        private IDataView _data = data;

        public void Add(IEstimator<ITransformer> stage)
        {
            _stages.Add(stage.Fit(_data));
            _data = _stages[^1].Transform(_data);
        }

        public TransformerChain<ITransformer> ToChain() => new([.. _stages]);
    }
}
