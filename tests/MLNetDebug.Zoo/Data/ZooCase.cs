using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;
using MLNetDebug.Zoo.Learners;
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

    /// <summary>Rows that settings are chosen by; null where they are still among the training rows.</summary>
    public ZooTable? Validation { get; init; }

    /// <summary>How cases whose predictions are judged are learned.</summary>
    public ZooLearner Learner { get; init; } = ZooLearners.Lbfgs;

    /// <summary>What happens to the rows once they are scored; null for nothing.</summary>
    public Func<MLContext, IDataView, IDataView>? Tamper { get; init; }

    /// <summary>True where the caller says that scores of several classes are probabilities.</summary>
    public bool ScoreIsProbability { get; init; }

    /// <summary>A loss that the user's own code computes on the scored rows; null for none.</summary>
    public Func<IDataView, LossValue>? OwnLoss { get; init; }

    /// <summary>Rows of the validation data that the reported metric stands on, counted from its end; null where all do.</summary>
    public int? ReportedRows { get; init; }

    /// <summary>The case with validation rows of its own: those that stand last, or the last groups.</summary>
    public ZooCase WithValidation()
    {
        if (Validation is not null)
            return this;
        var held = Train.Groups is { } groups
            ? Enumerable.Range(0, Train.Rows).ToLookup(i => groups[i] % 10 < 3)
            : Enumerable.Range(0, Train.Rows).ToLookup(i => i >= Train.Rows * 0.7);
        return this with { Train = Train.Select([.. held[false]]), Validation = Train.Select([.. held[true]]) };
    }
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
