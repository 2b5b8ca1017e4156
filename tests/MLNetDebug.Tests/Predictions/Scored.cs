using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Predictions;
using MLNetDebug.Tests.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Predictions;

/// <summary>Scored rows made by hand.</summary>
internal static class Scored
{
    public static readonly PredictionColumns Binary = new("Score") { Label = "Label", Probability = "Probability", PredictedLabel = "PredictedLabel" };

    public static readonly PredictionColumns Multiclass = new("Score") { Label = "Label", PredictedLabel = "PredictedLabel" };

    public static readonly PredictionColumns Regression = new("Score") { Label = "Label" };

    public static PredictionProfile Profile(IDataView view, PredictionColumns columns, LearningTask task, PredictionProfilerOptions? options = null) =>
        new PredictionProfiler(options).Profile(view, columns, task, "hold-out data");

    /// <summary>Logits, their sigmoids, Boolean labels and the predictions of a threshold at 0.</summary>
    public static IDataView TwoClasses(float[] scores, bool[] labels, float[]? probabilities = null) => new MemoryView(
        scores.Length,
        MemoryColumns.Of("Label", BooleanDataViewType.Instance, labels),
        MemoryColumns.Of("Score", NumberDataViewType.Single, scores),
        MemoryColumns.Of("Probability", NumberDataViewType.Single, probabilities ?? [.. scores.Select(Sigmoid)]),
        MemoryColumns.Of("PredictedLabel", BooleanDataViewType.Instance, [.. scores.Select(s => s > 0)]));

    /// <summary>Scores by class, then by row; labels and predictions as keys, 0 for missing.</summary>
    public static IDataView SeveralClasses(float[][] byClass, uint[] labels, bool sparse = false) => new MemoryView(
        labels.Length,
        MemoryColumns.Key("Label", labels, byClass.Length, [.. Enumerable.Range(0, byClass.Length).Select(k => $"class {k}")]),
        MemoryColumns.Vector("Score", byClass, null, sparse),
        MemoryColumns.Key("PredictedLabel", [.. labels.Select((_, i) => (uint)Largest(byClass, i) + 1)], byClass.Length));

    public static IDataView Targets(float[] scores, float[] targets) => new MemoryView(
        scores.Length,
        MemoryColumns.Of("Label", NumberDataViewType.Single, targets),
        MemoryColumns.Of("Score", NumberDataViewType.Single, scores));

    /// <summary>Logits of a model whose probabilities are right, and labels drawn from them.</summary>
    public static (float[] Scores, bool[] Labels) Calibrated(int rows, int seed, double spread = 2)
    {
        var random = new Random(seed);
        float[] scores = [.. Enumerable.Range(0, rows).Select(_ => (float)(spread * Profiles.Gauss(random)))];
        return (scores, [.. scores.Select(s => random.NextDouble() < Sigmoid(s))]);
    }

    /// <summary>Class probabilities of random logits by class, then by row, and labels drawn from them.</summary>
    public static (float[][] ByClass, uint[] Labels) Distributions(int rows, int classes, int seed, double spread = 1.5)
    {
        var random = new Random(seed);
        float[][] byClass = [.. Enumerable.Range(0, classes).Select(_ => new float[rows])];
        var labels = new uint[rows];
        for (var i = 0; i < rows; i++)
        {
            double[] exps = [.. Enumerable.Range(0, classes).Select(_ => Math.Exp(spread * Profiles.Gauss(random)))];
            var left = random.NextDouble() * exps.Sum();
            for (var k = 0; k < classes; k++)
            {
                byClass[k][i] = (float)(exps[k] / exps.Sum());
                if (labels[i] == 0 && (left -= exps[k]) < 0)
                    labels[i] = (uint)k + 1;
            }

            labels[i] = Math.Max(1, labels[i]);
        }

        return (byClass, labels);
    }

    public static float Sigmoid(float score) => (float)(1 / (1 + Math.Exp(-score)));

    private static int Largest(float[][] byClass, int row)
    {
        var best = 0;
        for (var k = 1; k < byClass.Length; k++)
        {
            if (byClass[k][row] > byClass[best][row])
                best = k;
        }

        return best;
    }
}
