using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

/// <summary>A network of which a test says what it computes, and that counts its calls.</summary>
internal sealed class Probe(Func<Tensor, Tensor> compute) : nn.Module<Tensor, Tensor>("probe")
{
    private int _calls;

    public int Calls => _calls;

    public override Tensor forward(Tensor input)
    {
        Interlocked.Increment(ref _calls);
        return compute(input);
    }

    /// <summary>A transformer around it, or several of one output.</summary>
    public static TorchPredictionTransformer Of(
        MLContext ml, DataViewSchema schema, TorchTask task, Func<Tensor, Tensor> compute, string feature = "Features", string? label = null, int classes = 1, double temperature = 1, long[]? shape = null) =>
        Around(ml, schema, task, [new Probe(compute)], feature, label, classes, temperature, shape);

    public static TorchPredictionTransformer Around(
        MLContext ml, DataViewSchema schema, TorchTask task, IReadOnlyList<nn.Module<Tensor, Tensor>> modules, string feature = "Features", string? label = null, int classes = 1, double temperature = 1, long[]? shape = null)
    {
        var network = new TorchNetwork("probe", (_, _) => throw new NotSupportedException());
        shape ??= [((VectorDataViewType)schema[feature].Type).Size];
        return new(ml, new TorchModelParameters(network, task, shape, task == TorchTask.BinaryClassification ? 2 : classes, feature, label, modules, temperature), schema);
    }
}
