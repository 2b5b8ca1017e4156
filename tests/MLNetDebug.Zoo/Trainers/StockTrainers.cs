using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using MLNetDebug.Data;
using static MLNetDebug.Zoo.Trainers.StockTrainer;

namespace MLNetDebug.Zoo.Trainers;

/// <summary>Every trainer of Microsoft.ML, Microsoft.ML.FastTree and Microsoft.ML.LightGbm that runs here.</summary>
internal static class StockTrainers
{
    private const LearningTask Binary = LearningTask.BinaryClassification;
    private const LearningTask Several = LearningTask.MulticlassClassification;
    private const LearningTask Regression = LearningTask.Regression;
    private const LearningTask Ranking = LearningTask.Ranking;

    public static IReadOnlyList<StockTrainer> All { get; } =
    [
        Of("SdcaLogisticRegression", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.SdcaLogisticRegression(
            new SdcaLogisticRegressionBinaryTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1 })),
        Of("SdcaNonCalibrated", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.SdcaNonCalibrated(
            new SdcaNonCalibratedBinaryTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1 })),
        Of("LbfgsLogisticRegression", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(
            new LbfgsLogisticRegressionBinaryTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1 })),
        Of("AveragedPerceptron", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Positive)),
        Of("LinearSvm", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.LinearSvm(StockRows.Positive)),
        Of("SgdCalibrated", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.SgdCalibrated(
            new SgdCalibratedTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1 })),
        Of("SgdNonCalibrated", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.SgdNonCalibrated(
            new SgdNonCalibratedTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1 })),
        Of("LdSvm", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.LdSvm(StockRows.Positive, numberOfIterations: 500), cursor: false),
        OfEstimator("FieldAwareFactorizationMachine", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine(
            new FieldAwareFactorizationMachineTrainer.Options { LabelColumnName = StockRows.Positive, FeatureColumnName = "Features", Shuffle = false })),
        Of("Prior", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.Prior(StockRows.Positive)),
        Of("FastTree", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.FastTree(
            new FastTreeBinaryTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1, NumberOfTrees = 40 }), cursor: false),
        Of("FastForest", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.FastForest(
            new FastForestBinaryTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1, NumberOfTrees = 40 }), cursor: false),
        Of("Gam", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.Gam(
            new GamBinaryTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1, NumberOfIterations = 200 }), cursor: false),
        Of("LightGbm", Binary, StockRows.Positive, ml => ml.BinaryClassification.Trainers.LightGbm(
            new LightGbmBinaryTrainer.Options { LabelColumnName = StockRows.Positive, NumberOfThreads = 1 }), cursor: false),
        Of("SdcaMaximumEntropy", Several, StockRows.Class, ml => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options { LabelColumnName = StockRows.Class, NumberOfThreads = 1 })),
        Of("SdcaNonCalibratedMulticlass", Several, StockRows.Class, ml => ml.MulticlassClassification.Trainers.SdcaNonCalibrated(
            new SdcaNonCalibratedMulticlassTrainer.Options { LabelColumnName = StockRows.Class, NumberOfThreads = 1 })),
        Of("LbfgsMaximumEntropy", Several, StockRows.Class, ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { LabelColumnName = StockRows.Class, NumberOfThreads = 1 })),
        Of("NaiveBayes", Several, StockRows.Class, ml => ml.MulticlassClassification.Trainers.NaiveBayes(StockRows.Class)),
        Of("OneVersusAll", Several, StockRows.Class, ml => ml.MulticlassClassification.Trainers.OneVersusAll(
            ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Class), StockRows.Class)),
        Of("PairwiseCoupling", Several, StockRows.Class, ml => ml.MulticlassClassification.Trainers.PairwiseCoupling(
            ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Class), StockRows.Class)),
        Of("LightGbmMulticlass", Several, StockRows.Class, ml => ml.MulticlassClassification.Trainers.LightGbm(
            new LightGbmMulticlassTrainer.Options { LabelColumnName = StockRows.Class, NumberOfThreads = 1 }), cursor: false),
        Of("SdcaRegression", Regression, StockRows.Target, ml => ml.Regression.Trainers.Sdca(
            new SdcaRegressionTrainer.Options { LabelColumnName = StockRows.Target, NumberOfThreads = 1 })),
        Of("OnlineGradientDescent", Regression, StockRows.Target, ml => ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, learningRate: 0.01f)),
        Of("LbfgsPoissonRegression", Regression, StockRows.Count, ml => ml.Regression.Trainers.LbfgsPoissonRegression(
            new LbfgsPoissonRegressionTrainer.Options { LabelColumnName = StockRows.Count, NumberOfThreads = 1 })),
        Of("FastTreeRegression", Regression, StockRows.Target, ml => ml.Regression.Trainers.FastTree(
            new FastTreeRegressionTrainer.Options { LabelColumnName = StockRows.Target, NumberOfThreads = 1, NumberOfTrees = 40 }), cursor: false),
        Of("FastForestRegression", Regression, StockRows.Target, ml => ml.Regression.Trainers.FastForest(
            new FastForestRegressionTrainer.Options { LabelColumnName = StockRows.Target, NumberOfThreads = 1, NumberOfTrees = 40 }), cursor: false),
        Of("FastTreeTweedie", Regression, StockRows.Count, ml => ml.Regression.Trainers.FastTreeTweedie(
            new FastTreeTweedieTrainer.Options { LabelColumnName = StockRows.Count, NumberOfThreads = 1, NumberOfTrees = 40 }), cursor: false),
        Of("GamRegression", Regression, StockRows.Target, ml => ml.Regression.Trainers.Gam(
            new GamRegressionTrainer.Options { LabelColumnName = StockRows.Target, NumberOfThreads = 1, NumberOfIterations = 200 }), cursor: false),
        Of("LightGbmRegression", Regression, StockRows.Target, ml => ml.Regression.Trainers.LightGbm(
            new LightGbmRegressionTrainer.Options { LabelColumnName = StockRows.Target, NumberOfThreads = 1 }), cursor: false),
        Of("FastTreeRanking", Ranking, StockRows.Grade, ml => ml.Ranking.Trainers.FastTree(
            new FastTreeRankingTrainer.Options { LabelColumnName = StockRows.Grade, RowGroupColumnName = StockRows.Group, NumberOfThreads = 1, NumberOfTrees = 40 }), cursor: false),
        Of("LightGbmRanking", Ranking, StockRows.Grade, ml => ml.Ranking.Trainers.LightGbm(
            new LightGbmRankingTrainer.Options { LabelColumnName = StockRows.Grade, RowGroupColumnName = StockRows.Group, NumberOfThreads = 1 }), cursor: false),
        Of("KMeans", LearningTask.Unknown, null, ml => ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfThreads = 1, NumberOfClusters = 5 })),
        Of("RandomizedPca", LearningTask.Unknown, null, ml => ml.AnomalyDetection.Trainers.RandomizedPca("Features", null, 5)),
    ];

    /// <summary>The trainer of a name.</summary>
    public static StockTrainer Named(string name) => All.Single(t => t.Name == name);
}
