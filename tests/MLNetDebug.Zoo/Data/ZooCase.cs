using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Networks;

namespace MLNetDebug.Zoo.Data;

/// <summary>What one run looks at: two splits, and the trainer that will see them.</summary>
/// <param name="Train">The training rows.</param>
/// <param name="Test">The hold-out rows; null where there are none.</param>
/// <param name="Trainer">The trainer; null where unknown.</param>
internal sealed record ZooCase(ZooTable Train, ZooTable? Test, TrainerTraits? Trainer)
{
    /// <summary>True where the caller says the order of rows is meant.</summary>
    public bool ExpectOrdered { get; init; }

    /// <summary>What cases whose fit is judged are learned with; null for the usual trainer of their task.</summary>
    public Func<MLContext, IEstimator<ITransformer>>? FitWith { get; init; }

    /// <summary>How cases that a network learns are set up.</summary>
    public NetworkSetup Network { get; init; } = new(ClosedTrainerKind.TextClassification);
}

/// <summary>The trainers that cases name.</summary>
internal static class ZooTrainers
{
    public static readonly TrainerTraits Trees = new("FastTreeBinaryTrainer", TrainerFamily.Trees, false);

    public static readonly TrainerTraits Perceptron = new("AveragedPerceptronTrainer", TrainerFamily.StochasticGradient, true);

    public static readonly TrainerTraits Sdca = new("SdcaMaximumEntropyMulticlassTrainer", TrainerFamily.DualCoordinateAscent, true);

    public static readonly TrainerTraits OnlineGradientDescent = new("OnlineGradientDescentTrainer", TrainerFamily.StochasticGradient, true);

    public static readonly TrainerTraits Lbfgs = new("LbfgsMaximumEntropyMulticlassTrainer", TrainerFamily.QuasiNewton, true);
}
