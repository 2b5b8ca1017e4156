using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNetDebug.Predictions;

/// <summary>Reads the weights that ML.NET's own models show publicly.</summary>
internal static class PublicParameters
{
    /// <summary>The parameters of a fitted model; null where it shows none.</summary>
    public static ParameterProfile? Of(ITransformer transformer)
    {
        if (transformer is not IPredictionTransformer<object> { Model: { } model })
            return null;
        var tensors = Tensors(model, string.Empty).ToArray();
        return tensors.Length == 0 ? null : new ParameterProfile("public weights", tensors);
    }

    private static IEnumerable<ParameterTensor> Tensors(object model, string prefix) => model switch
    {
        CalibratedModelParametersBase { SubModel: { } inner } => Tensors(inner, prefix),
        LinearModelParameters linear => [Of(prefix + "weights", linear.Weights), ParameterScan.Of(prefix + "bias", [linear.Bias])],
        LinearMulticlassModelParametersBase several => Several(several, prefix),
        KMeansModelParameters means => Centroids(means, prefix),
        FieldAwareFactorizationMachineModelParameters fields =>
        [
            Of(prefix + "linear weights", fields.GetLinearWeights()), Of(prefix + "latent weights", fields.GetLatentWeights()),
        ],
        _ => [],
    };

    private static IEnumerable<ParameterTensor> Several(LinearMulticlassModelParametersBase model, string prefix)
    {
        VBuffer<float>[] weights = [];
        model.GetWeights(ref weights, out var classes);
        for (var c = 0; c < classes; c++)
            yield return ParameterScan.Of($"{prefix}weights[{c}]", weights[c].GetValues());
        yield return Of(prefix + "biases", [.. model.GetBiases()]);
    }

    private static IEnumerable<ParameterTensor> Centroids(KMeansModelParameters model, string prefix)
    {
        VBuffer<float>[] centroids = [];
        model.GetClusterCentroids(ref centroids, out var clusters);
        for (var k = 0; k < clusters; k++)
            yield return ParameterScan.Of($"{prefix}centroid {k}", centroids[k].GetValues());
    }

    private static ParameterTensor Of(string name, IReadOnlyList<float> values) => ParameterScan.Of(name, values as float[] ?? [.. values]);
}
