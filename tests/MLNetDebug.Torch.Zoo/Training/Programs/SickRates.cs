using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Torch.Zoo.Training.Faults;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Training.Programs.SickTraining;
using static MLNetDebug.Torch.Zoo.Training.Programs.TrainingPlans;
using static MLNetDebug.Torch.Zoo.Training.TrainingPlaces;

namespace MLNetDebug.Torch.Zoo.Training.Programs;

/// <summary>Trainings whose learning rate is wrong, all the time or at one step.</summary>
internal static class SickRates
{
    private static readonly NetworkPlan SgdCnn = Cnn with { Architecture = "sgd-cnn", Optimizer = OptimizerPlan.Sgd };

    private static readonly NetworkPlan SgdLstm = Lstm with { Architecture = "sgd-lstm", Optimizer = OptimizerPlan.Sgd with { Rate = 0.2 } };

    public static IReadOnlyList<TrainingProgram> All { get; } =
    [
        Sick("rate-times-100", TanhMlp, "spirals", new RateTimes(100), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-100", Mlp, "breast_cancer", new RateTimes(100), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-100", Cnn, "blobs", new RateTimes(100), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-50", Lstm, "parity", new RateTimes(50), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-100", Regression(Mlp), "line", new RateTimes(100), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-100", Cnn, "digits", new RateTimes(100), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-30", SgdCnn, "digits", new RateTimes(30), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-300", Mlp, "wine", new RateTimes(300), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-100", TanhMlp, "clusters", new RateTimes(100), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-100", Lstm, "majority", new RateTimes(100), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-100", Regression(Gru), "waves", new RateTimes(100), [3], RuleIds.LearningRateTooLarge, Optimizer),
        Sick("rate-times-100", Transformer, "majority", new RateTimes(100), [3], RuleIds.LearningRateTooLarge, Optimizer),

        Sick("rate-by-1000", Mlp, "iris", new RateTimes(1e-3), [3], RuleIds.LearningRateTooSmall, Optimizer),
        Sick("rate-by-1000", Cnn, "blobs", new RateTimes(1e-3), [3], RuleIds.LearningRateTooSmall, Optimizer),
        Sick("rate-by-1000", Lstm, "parity", new RateTimes(1e-3), [3], RuleIds.LearningRateTooSmall, Optimizer),
        Sick("rate-by-1000", Cnn, "digits", new RateTimes(1e-3), [3], RuleIds.LearningRateTooSmall, Optimizer),
        Sick("rate-by-1000", TanhMlp, "clusters", new RateTimes(1e-3), [3], RuleIds.LearningRateTooSmall, Optimizer),
        Sick("rate-by-1000", Mlp, "wine", new RateTimes(1e-3), [3], RuleIds.LearningRateTooSmall, Optimizer),
        Sick("rate-by-1000", Lstm, "majority", new RateTimes(1e-3), [3], RuleIds.LearningRateTooSmall, Optimizer),
        Sick("rate-by-300", Regression(Gru), "waves", new RateTimes(1.0 / 300), [3], RuleIds.LearningRateTooSmall, Optimizer),

        Sick("spoilt-batch", Mlp, "iris", new BatchScaled(150, 1000), [3], RuleIds.LossSpike, Run) with { ExpectedStep = 150 },
        Sick("rate-spike", TanhMlp, "spirals", new RateSpiked(150, 300), [3], RuleIds.LossSpike, Run) with { ExpectedStep = 151 },
        Sick("spoilt-batch", Cnn, "blobs", new BatchScaled(150, 1000), [3], RuleIds.LossSpike, Run) with { ExpectedStep = 150 },
        Sick("spoilt-batch", SgdCnn, "digits", new BatchScaled(150, 255), [3], RuleIds.LossSpike, Run) with { ExpectedStep = 150 },
        Sick("spoilt-batch", TanhMlp, "clusters", new BatchScaled(150, 1000), [3], RuleIds.LossSpike, Run) with { ExpectedStep = 150 },
        Sick("spoilt-batch", Mlp, "wine", new BatchScaled(150, 1000), [3], RuleIds.LossSpike, Run) with { ExpectedStep = 150 },
        Sick("spoilt-targets", Regression(Gru), "waves", new BatchTargetsScaled(150, 1000), [3], RuleIds.LossSpike, Run) with { ExpectedStep = 150 },
        Sick("rate-spike", SgdLstm, "majority", new RateSpiked(150, 300), [3], RuleIds.LossSpike, Run) with { ExpectedStep = 151 },
    ];
}
