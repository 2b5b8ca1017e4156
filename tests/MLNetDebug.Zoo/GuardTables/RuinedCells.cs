using Microsoft.ML;
using Microsoft.ML.Trainers;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Trainers;
using static MLNetDebug.Zoo.Trainers.StockTrainer;

namespace MLNetDebug.Zoo.GuardTables;

/// <summary>A damage to rows, and where a report must point to have named it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Apply">Damages the rows.</param>
/// <param name="Slot">The slot to be named; null where the damage is in every feature, in the label or in no one place.</param>
internal sealed record RowDamage(string Name, Func<StockRows, StockRows> Apply, int? Slot = null)
{
    /// <summary>Damages the regression target of a row.</summary>
    public Func<float, int, float>? Target { get; init; }
}

/// <summary>What ruins ML.NET's trainers without a word, or with a word that names no cause: trainers by damages.</summary>
internal static class RuinedCells
{
    /// <summary>A column of pure noise.</summary>
    private const int Noise = 19;

    private const LearningTask Binary = LearningTask.BinaryClassification;
    private const LearningTask Regression = LearningTask.Regression;

    public static IReadOnlyList<StockTrainer> Trainers { get; } =
    [
        Of("OnlineGradientDescent", Regression, StockRows.Target, ml => ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target)),
        Of("OnlineGradientDescent rate 10", Regression, StockRows.Target, ml => ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, learningRate: 10)),
        StockTrainers.Named("SdcaRegression"),
        StockTrainers.Named("AveragedPerceptron"),
        Of("SgdCalibrated rate 1e6", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.SgdCalibrated(
            new SgdCalibratedTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1, LearningRate = 1e6 })),
        StockTrainers.Named("SgdCalibrated"),
        StockTrainers.Named("SdcaLogisticRegression"),
        StockTrainers.Named("LbfgsLogisticRegression"),
        StockTrainers.Named("FastTree"),
        StockTrainers.Named("LinearSvm"),
        StockTrainers.Named("FieldAwareFactorizationMachine"),
        StockTrainers.Named("LdSvm"),
    ];

    public static IReadOnlyList<RowDamage> Damages { get; } =
    [
        new("none", r => r),
        .. new[] { 1e3f, 1e10f, 1e20f, 1e30f }.Select(f => new RowDamage($"all-x{f:0e0}", r => r.WithFeatures((v, _) => v * f))),
        .. new[] { 1e3f, 1e6f, 1e10f, 1e20f }.Select(f => new RowDamage($"noise-x{f:0e0}", r => r.WithFeature(Noise, (v, _) => v * f), Noise)),
        new("nan-feature", r => r.WithFeature(4, (v, i) => i == 7 ? float.NaN : v), 4),
        new("infinite-feature", r => r.WithFeature(4, (v, i) => i == 7 ? float.PositiveInfinity : v), 4),
        new("empty-feature", r => r.WithFeature(4, (_, _) => float.NaN), 4),
        new("nan-label", r => r) { Target = (v, i) => i == 7 ? float.NaN : v },
    ];
}
