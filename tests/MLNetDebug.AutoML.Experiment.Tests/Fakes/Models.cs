using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace MLNetDebug.AutoML.Experiment.Tests;

/// <summary>Models that live, and models that do not.</summary>
internal static class Models
{
    /// <summary>Learns the rows' target.</summary>
    public static ITransformer Healthy(MLContext ml) => ml.Regression.Trainers.Sdca(Sdca()).Fit(Rows.Draw(ml, 200, 1));

    /// <summary>Every weight is NaN, and ML.NET says nothing.</summary>
    public static ITransformer Dead(MLContext ml) => DeadTrainer(ml).Fit(Keyed(ml, Rows.Draw(ml, 200, 1)));

    /// <summary>A trainer whose sums overflow on rows of 1e20.</summary>
    public static IEstimator<ITransformer> DeadTrainer(MLContext ml) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
        new SdcaMaximumEntropyMulticlassTrainer.Options { LabelColumnName = "Key", FeatureColumnName = "Huge", L2Regularization = 1e29f, MaximumNumberOfIterations = 20, NumberOfThreads = 1 });

    /// <summary>The rows with a key of two classes, and features of 1e20.</summary>
    public static IDataView Keyed(MLContext ml, IDataView rows) => Keys(ml).Fit(rows).Transform(rows);

    /// <summary>What makes those columns.</summary>
    public static IEstimator<ITransformer> Keys(MLContext ml) =>
        ml.Transforms.Conversion.MapValueToKey("Key", nameof(Row.IsPositive)).Append(ml.Transforms.Expression("Huge", "x => x * 1e20f", nameof(Row.Features)));

    /// <summary>Options of a trainer that does the same in each run.</summary>
    public static SdcaRegressionTrainer.Options Sdca() => new() { NumberOfThreads = 1, MaximumNumberOfIterations = 20 };
}
