using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Models;

/// <summary>A small network of one task, as a trainer would leave it, and rows to score.</summary>
internal sealed class ModelCase : IDisposable
{
    public const string Network = "zoo";

    private ModelCase(MLContext ml, ITransformer preparation, IDataView data, TorchPredictionTransformer predictor)
    {
        (Ml, Preparation, Data, Predictor) = (ml, preparation, data, predictor);
        Model = new TransformerChain<ITransformer>(preparation, predictor);
    }

    public MLContext Ml { get; }

    /// <summary>Makes the key of a label.</summary>
    public ITransformer Preparation { get; }

    /// <summary>The rows as they come, before they are prepared.</summary>
    public IDataView Data { get; }

    public TorchPredictionTransformer Predictor { get; }

    public ITransformer Model { get; }

    /// <summary>The rows as the network's trainer saw them.</summary>
    public IDataView Prepared => Preparation.Transform(Data);

    /// <summary>The factory of all of them; a process that loads one registers it.</summary>
    public static TorchNetwork Factory { get; } = new(Network, (shape, outputs) => nn.Sequential(nn.Linear(shape[0], 8), nn.ReLU(), nn.Linear(8, outputs)));

    public static ModelCase Create(TorchTask task, int seed = 1, double temperature = 1, int rows = 300, int classes = 3)
    {
        TorchNetwork.Register(Factory);
        var ml = new MLContext(seed);
        var data = ml.Data.LoadFromEnumerable(ModelRow.Draw(rows, classes: classes));
        var preparation = ml.Transforms.Conversion.MapValueToKey("Label", nameof(ModelRow.Class)).Fit(data);
        random.manual_seed(seed);
        var outputs = task == TorchTask.MulticlassClassification ? classes : 1;
        var modules = Enumerable.Range(0, task == TorchTask.OneVersusAll ? classes : 1).Select(_ => Factory.Create([ModelRow.Slots], outputs)).ToArray();
        var count = task switch
        {
            TorchTask.Regression => 1,
            TorchTask.BinaryClassification => 2,
            _ => classes,
        };
        var model = new TorchModelParameters(Factory, task, [ModelRow.Slots], count, nameof(ModelRow.Features), LabelOf(task), modules, temperature);
        return new(ml, preparation, data, new TorchPredictionTransformer(ml, model, preparation.Transform(data).Schema));
    }

    /// <summary>The column of the label of a task.</summary>
    public static string LabelOf(TorchTask task) => task switch
    {
        TorchTask.Regression => nameof(ModelRow.Number),
        TorchTask.BinaryClassification => nameof(ModelRow.IsPositive),
        _ => "Label",
    };

    /// <summary>Saves the model.</summary>
    public void Save(string path) => Ml.Model.Save(Model, Data.Schema, path);

    /// <summary>All that a model says of some rows, as text that shows every bit.</summary>
    public static string Answers(ITransformer model, IDataView data)
    {
        var scored = model.Transform(data);
        // Whoever reads scores of a model that gives none is told so by the schema.
        _ = scored.Schema["Score"];
        var text = new System.Text.StringBuilder();
        foreach (var name in new[] { "PredictedLabel", "Score", "Probability" })
        {
            if (scored.Schema.GetColumnOrNull(name) is not { } column)
                continue;
            text.Append(name).Append(' ').Append(column.Type).AppendLine();
            if (column.Annotations.Schema.GetColumnOrNull("KeyValues") is { Type: VectorDataViewType { ItemType: TextDataViewType } })
            {
                var values = default(VBuffer<ReadOnlyMemory<char>>);
                column.Annotations.GetValue("KeyValues", ref values);
                text.AppendJoin('|', values.DenseValues()).AppendLine();
            }

            if (column.Annotations.Schema.GetColumnOrNull("SlotNames") is not null)
            {
                var names = default(VBuffer<ReadOnlyMemory<char>>);
                column.GetSlotNames(ref names);
                text.AppendJoin('|', names.DenseValues()).AppendLine();
            }

            IEnumerable<object> rows = column.Type switch
            {
                VectorDataViewType => scored.GetColumn<float[]>(column).Select(v => string.Join(' ', v.Select(BitConverter.SingleToUInt32Bits))),
                KeyDataViewType => scored.GetColumn<uint>(column).Cast<object>(),
                BooleanDataViewType => scored.GetColumn<bool>(column).Cast<object>(),
                _ => scored.GetColumn<float>(column).Select(v => (object)BitConverter.SingleToUInt32Bits(v)),
            };
            text.AppendJoin('\n', rows).AppendLine();
        }

        return text.ToString();
    }

    public void Dispose() => Predictor.Dispose();
}
