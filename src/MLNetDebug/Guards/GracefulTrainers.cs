namespace MLNetDebug.Guards;

/// <summary>
/// What ending the rows early does to a trainer, by its type name, as tests on Microsoft.ML 5.0.1 show (docs/verified.md). Trainers that are not here are cancelled
/// instead: averaged perceptron, online gradient descent and the linear SVM throw on an iteration without rows, L-BFGS and k-means give a broken model.
/// </summary>
internal static class GracefulTrainers
{
    private static readonly HashSet<string> KeepModel =
    [
        "SdcaLogisticRegressionBinaryTrainer", "SdcaNonCalibratedBinaryTrainer", "SdcaMaximumEntropyMulticlassTrainer", "SdcaNonCalibratedMulticlassTrainer",
        "SdcaRegressionTrainer", "SgdCalibratedTrainer", "SgdNonCalibratedTrainer", "FieldAwareFactorizationMachineTrainer",
        "TextClassificationTrainer", "SentenceSimilarityTrainer", "NerTrainer", "QATrainer", "ObjectDetectionTrainer",
    ];

    private static readonly HashSet<string> AskNobody = ["GamBinaryTrainer", "GamRegressionTrainer", "LdSvmTrainer"];

    /// <summary>True where training on what was read so far gives a sound model.</summary>
    public static bool Keep(string trainer) => KeepModel.Contains(trainer);

    /// <summary>True for trainers that load their rows first and then ask nobody whether to go on: they end when they end.</summary>
    public static bool CannotBeReached(string trainer) => AskNobody.Contains(trainer);
}
