using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Learners;

/// <summary>How a case's rows are learned.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Two">The trainer of two classes.</param>
/// <param name="Several">The trainer of several classes.</param>
/// <param name="Number">The trainer of a target.</param>
internal sealed record ZooLearner(
    string Name,
    Func<MLContext, string, IEstimator<ITransformer>> Two,
    Func<MLContext, string, IEstimator<ITransformer>> Several,
    Func<MLContext, string, IEstimator<ITransformer>> Number)
{
    private const string Input = "Input";

    /// <summary>A pipeline that fits a table: categories one-hot, then the trainer.</summary>
    public IEstimator<ITransformer> Pipeline(MLContext ml, ZooTable table)
    {
        var features = table.Texts.Count == 0 ? "Features" : Input;
        var trainer = table.Task switch
        {
            LearningTask.BinaryClassification => Two(ml, features),
            LearningTask.MulticlassClassification => Several(ml, features),
            _ => Number(ml, features),
        };
        if (table.Texts.Count == 0)
            return trainer;
        InputOutputColumnPair[] texts = [.. table.Texts.Select(t => new InputOutputColumnPair(t.Name + "Code", t.Name))];
        string[] parts = [.. table.Columns.Length > 0 ? ["Features"] : Array.Empty<string>(), .. texts.Select(t => t.OutputColumnName)];
        return ml.Transforms.Categorical.OneHotEncoding(texts).Append(ml.Transforms.Concatenate(Input, parts)).Append(trainer);
    }
}

/// <summary>Trainers as a careful user sets them, and two that learn their rows by heart.</summary>
internal static class ZooLearners
{
    /// <summary>Logistic and softmax regression at ML.NET's defaults.</summary>
    public static readonly ZooLearner Lbfgs = new(
        "L-BFGS",
        (ml, f) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: f),
        (ml, f) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: f),
        (ml, f) => ml.Regression.Trainers.Sdca(featureColumnName: f));

    /// <summary>Dual coordinate ascent with a penalty that fits some hundred rows.</summary>
    public static readonly ZooLearner Sdca = new(
        "SDCA",
        (ml, f) => ml.BinaryClassification.Trainers.SdcaLogisticRegression(featureColumnName: f, l2Regularization: 0.01f),
        (ml, f) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(featureColumnName: f, l2Regularization: 0.01f),
        (ml, f) => ml.Regression.Trainers.Sdca(featureColumnName: f));

    /// <summary>Dual coordinate ascent at ML.NET's defaults: its penalty is tuned to the training loss and small, and its confidence on few rows too high.</summary>
    public static readonly ZooLearner DefaultSdca = new(
        "SDCA at its defaults",
        (ml, f) => ml.BinaryClassification.Trainers.SdcaLogisticRegression(featureColumnName: f),
        (ml, f) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(featureColumnName: f),
        (ml, f) => ml.Regression.Trainers.Sdca(featureColumnName: f));

    /// <summary>FastTree at ML.NET's defaults.</summary>
    public static readonly ZooLearner DefaultTrees = new(
        "FastTree at its defaults",
        (ml, f) => ml.BinaryClassification.Trainers.FastTree(featureColumnName: f),
        (ml, f) => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastTree(featureColumnName: f)),
        (ml, f) => ml.Regression.Trainers.FastTree(featureColumnName: f));

    /// <summary>Margins without probabilities.</summary>
    public static readonly ZooLearner Perceptron = new(
        "averaged perceptron",
        (ml, f) => ml.BinaryClassification.Trainers.AveragedPerceptron(featureColumnName: f),
        (ml, f) => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.AveragedPerceptron(featureColumnName: f), useProbabilities: false),
        (ml, f) => ml.Regression.Trainers.OnlineGradientDescent(featureColumnName: f, learningRate: 0.02f));

    /// <summary>Few small trees.</summary>
    public static readonly ZooLearner SmallTrees = new(
        "small trees",
        (ml, f) => ml.BinaryClassification.Trainers.FastTree(featureColumnName: f, numberOfLeaves: 4, numberOfTrees: 30, minimumExampleCountPerLeaf: 20, learningRate: 0.1),
        (ml, f) => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastTree(featureColumnName: f, numberOfLeaves: 4, numberOfTrees: 30, minimumExampleCountPerLeaf: 20, learningRate: 0.1)),
        (ml, f) => ml.Regression.Trainers.FastTree(featureColumnName: f, numberOfLeaves: 4, numberOfTrees: 30, minimumExampleCountPerLeaf: 20, learningRate: 0.1));

    /// <summary>Trees that grow until they know every row.</summary>
    public static readonly ZooLearner LongTrees = new(
        "trees without restraint",
        (ml, f) => ml.BinaryClassification.Trainers.FastTree(featureColumnName: f, numberOfLeaves: 40, numberOfTrees: 80, minimumExampleCountPerLeaf: 1, learningRate: 0.4),
        (ml, f) => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.FastTree(featureColumnName: f, numberOfLeaves: 40, numberOfTrees: 80, minimumExampleCountPerLeaf: 1, learningRate: 0.4)),
        (ml, f) => ml.Regression.Trainers.FastTree(featureColumnName: f, numberOfLeaves: 40, numberOfTrees: 80, minimumExampleCountPerLeaf: 1, learningRate: 0.4));

    /// <summary>Logistic and softmax regression with no penalty to speak of.</summary>
    public static readonly ZooLearner Unregularised = new(
        "L-BFGS without penalty",
        (ml, f) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { FeatureColumnName = f, L1Regularization = 0, L2Regularization = 1e-6f, OptimizationTolerance = 1e-9f }),
        (ml, f) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options { FeatureColumnName = f, L1Regularization = 0, L2Regularization = 1e-6f, OptimizationTolerance = 1e-9f }),
        (ml, f) => ml.Regression.Trainers.Sdca(featureColumnName: f));

    /// <summary>Logits of several classes, as a network without its softmax gives them.</summary>
    public static readonly ZooLearner Logits = Lbfgs with { Name = "SDCA without calibration", Several = (ml, f) => ml.MulticlassClassification.Trainers.SdcaNonCalibrated(featureColumnName: f) };

    /// <summary>Those whose runs are to stay silent.</summary>
    public static readonly IReadOnlyList<ZooLearner> Careful = [Lbfgs, Sdca, Perceptron, SmallTrees];
}
