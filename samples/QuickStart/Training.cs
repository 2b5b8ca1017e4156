using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace QuickStart;

/// <summary>A trainer that reads rows one after the other, as neural networks do, and so suffers from what is wrong with them.</summary>
internal static class Training
{
    public static IEstimator<ITransformer> Trainer(MLContext ml)
    {
        var perceptron = ml.BinaryClassification.Trainers.AveragedPerceptron(
            new AveragedPerceptronTrainer.Options { NumberOfIterations = 1, Shuffle = false });
        return ml.MulticlassClassification.Trainers.OneVersusAll(perceptron);
    }

    /// <summary>Share of test rows whose digit is told right.</summary>
    public static double Accuracy(MLContext ml, IDataView train, IDataView test)
    {
        var model = Trainer(ml).Fit(train);
        return ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
    }
}
