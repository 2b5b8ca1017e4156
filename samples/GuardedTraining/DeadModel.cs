using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug;
using MLNetDebug.Pipeline;

namespace GuardedTraining;

/// <summary>A model that is NaN through and through: the user's own gradient descent, at a rate that is too large, put into a pipeline as a custom mapping.</summary>
internal static class DeadModel
{
    /// <summary>Evaluates it as ML.NET does and as MLNetDebug does.</summary>
    /// <returns>What is not as it should be; null where all is.</returns>
    public static string? Run(MLContext ml)
    {
        var wines = Data.Wines(ml);
        var (weights, bias) = Descend(wines.TrainSet, rate: 0.01f, steps: 60);
        var scored = ml.Transforms.CustomMapping<Wine, Answer>(
            (wine, answer) => answer.Score = bias + wine.Features.Zip(weights, (x, w) => x * w).Sum(), contractName: null).Fit(wines.TestSet).Transform(wines.TestSet);

        var plain = ml.Regression.Evaluate(scored);
        Console.WriteLine($"ml.Regression.Evaluate:      RMSE {plain.RootMeanSquaredError}, loss {plain.LossFunction}: perfect, it seems");
        var evaluation = ml.Diagnostics().Evaluate(scored, new EvaluateOptions { Diagnostics = new DiagnosticsOptions { Sinks = [] } });
        Console.WriteLine($"ml.Diagnostics().Evaluate:   RMSE {evaluation.Values["RootMeanSquaredError"]}, valid: {evaluation.IsValid}");
        Console.WriteLine();
        evaluation.Report.WriteTo(Console.Out);
        return plain.RootMeanSquaredError == 0 && !evaluation.IsValid && evaluation.Report.Of(RuleIds.DeadModel).Any() ? null : "The dead model was not called invalid.";
    }

    private static (float[] Weights, float Bias) Descend(IDataView data, float rate, int steps)
    {
        var rows = data.GetColumn<VBuffer<float>>("Features").Select(f => f.DenseValues().ToArray()).ToArray();
        var targets = data.GetColumn<float>("Label").ToArray();
        var weights = new float[rows[0].Length];
        var bias = 0f;
        for (var step = 0; step < steps; step++)
        {
            float[] errors = [.. rows.Select((row, i) => bias + row.Zip(weights, (x, w) => x * w).Sum() - targets[i])];
            for (var j = 0; j < weights.Length; j++)
                weights[j] -= rate * rows.Select((row, i) => row[j] * errors[i]).Average();
            bias -= rate * errors.Average();
        }

        return (weights, bias);
    }

    private sealed class Wine
    {
        [VectorType(12)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Answer
    {
        public float Score { get; set; }
    }
}
