using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.GuardTables;

/// <summary>A trainer for the bases of a task, as a user would set it up; text columns are made features first.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Traits">What the bases are scaled for.</param>
/// <param name="Guarded">The pipeline with the trainer under guard.</param>
internal sealed record BaseTrainer(string Name, TrainerTraits Traits, Func<MLContext, GuardOptions, IEstimator<ITransformer>> Guarded);

/// <summary>The trainers that the bases are learned with.</summary>
internal static class BaseTrainers
{
    private static readonly TrainerTraits Linear = ZooTrainers.Perceptron;

    private static readonly BaseTrainer[] Binary =
    [
        new("AveragedPerceptron", Linear, (ml, o) => ml.BinaryClassification.Trainers.AveragedPerceptron().Guard(o)),
        new("LbfgsLogisticRegression", Linear, (ml, o) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Guard(o)),
        new("SdcaLogisticRegression", Linear, (ml, o) => ml.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 50 }).Guard(o)),
        new("SgdCalibrated", Linear, (ml, o) => ml.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { NumberOfThreads = 1 }).Guard(o)),
        new("LinearSvm", Linear, (ml, o) => ml.BinaryClassification.Trainers.LinearSvm().Guard(o)),
        new("FastTree", ZooTrainers.Trees, (ml, o) => ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = 1, NumberOfTrees = 30 }).Guard(o)),
        new("LightGbm", ZooTrainers.Trees, (ml, o) => ml.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 40 }).Guard(o)),
    ];

    private static readonly BaseTrainer[] Several =
    [
        new("LbfgsMaximumEntropy", Linear, (ml, o) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Guard(o)),
        new("SdcaMaximumEntropy", Linear, (ml, o) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 50 }).Guard(o)),
        new("NaiveBayes", Linear, (ml, o) => ml.MulticlassClassification.Trainers.NaiveBayes().Guard(o)),
        new("OneVersusAll", Linear, (ml, o) => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.AveragedPerceptron()).Guard(o)),
        new("LightGbmMulticlass", ZooTrainers.Trees, (ml, o) => ml.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 20 }).Guard(o)),
    ];

    private static readonly BaseTrainer[] Regression =
    [
        new("SdcaRegression", Linear, (ml, o) => ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 }).Guard(o)),
        new("OnlineGradientDescent", ZooTrainers.OnlineGradientDescent, (ml, o) => ml.Regression.Trainers.OnlineGradientDescent(learningRate: 0.01f).Guard(o)),
        new("FastTreeRegression", ZooTrainers.Trees, (ml, o) => ml.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options { NumberOfThreads = 1, NumberOfTrees = 30 }).Guard(o)),
        new("LightGbmRegression", ZooTrainers.Trees, (ml, o) => ml.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options { NumberOfThreads = 1, NumberOfIterations = 40 }).Guard(o)),
    ];

    /// <summary>Two of the trainers that learn a base's task, round by seed.</summary>
    public static IEnumerable<BaseTrainer> For(ZooBase of, int seed)
    {
        var drawn = of.Draw(seed);
        var trainers = drawn.Task switch
        {
            LearningTask.BinaryClassification => Binary,
            LearningTask.MulticlassClassification => Several,
            _ => Regression,
        };
        return drawn.Columns.Length == 0 ? [] : Enumerable.Range(0, 3).Select(k => trainers[(seed + k) % trainers.Length]);
    }
}
