using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace MLNetDebug.Data;

/// <summary>ML.NET's multinomial logistic regression (L-BFGS) on rows held in memory.</summary>
internal sealed class MaximumEntropy
{
    private readonly float[][] _weights;
    private readonly float[] _biases;

    private MaximumEntropy(float[][] weights, float[] biases)
    {
        _weights = weights;
        _biases = biases;
    }

    public static MaximumEntropy Train(ModelRows rows, int[] classes, int classCount, IEnumerable<int> members, float l2)
    {
        var ml = new MLContext(1);
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Width);
        schema[nameof(Example.Label)].ColumnType = new KeyDataViewType(typeof(uint), classCount);
        Example[] examples = [.. members.Select(i => new Example { Features = rows.Row(i).ToArray(), Label = (uint)classes[i] })];
        var model = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = l2,
            OptimizationTolerance = 1e-7f,
            MaximumNumberOfIterations = 60,
            NumberOfThreads = 1,
        }).Fit(ml.Data.LoadFromEnumerable(examples, schema)).Model;

        VBuffer<float>[]? weights = null;
        model.GetWeights(ref weights, out var classesSeen);
        return new MaximumEntropy([.. weights.Take(classesSeen).Select(w => w.DenseValues().ToArray())], [.. model.GetBiases()]);
    }

    /// <summary>Class probabilities of one row.</summary>
    public void Predict(ReadOnlySpan<float> row, Span<float> probabilities)
    {
        for (var k = 0; k < probabilities.Length; k++)
            probabilities[k] = _biases[k] + TensorPrimitives.Dot(_weights[k], row);
        TensorPrimitives.SoftMax(probabilities, probabilities);
    }

    private sealed class Example
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
