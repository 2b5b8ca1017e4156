using MLNetDebug.Torch.Zoo.Faults;
using MLNetDebug.Torch.Zoo.Training.Faults;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Training.Programs.SickTraining;
using static MLNetDebug.Torch.Zoo.Training.Programs.TrainingPlans;
using static MLNetDebug.Torch.Zoo.Training.TrainingPlaces;
using Ending = MLNetDebug.Torch.Zoo.Architectures.Ending;

namespace MLNetDebug.Torch.Zoo.Training.Programs;

/// <summary>Trainings whose loss tells that something is wrong: it collapses, it does not move, it is negative.</summary>
internal static class SickLosses
{
    // The rules warn of held-out rows that know nothing, and of a plateau without a second sign, from 400 steps on; these programs are longer than the usual 200.
    private const int UntilItShows = 450;

    public static IReadOnlyList<TrainingProgram> All { get; } =
    [
        Sick("saturated", Mlp, "iris", new WeightsScaled(50), [1], RuleIds.LossCollapse, Run, "fc3"),
        Sick("leaked", Mlp, "breast_cancer", new LabelsLeaked(), [1], RuleIds.LossCollapse, Run),
        Sick("saturated", Mlp, "wine", new WeightsScaled(50), [1], RuleIds.LossCollapse, Run, "fc3"),
        Sick("saturated", Cnn, "digits", new WeightsScaled(20), [1], RuleIds.LossCollapse, Run, "fc2"),
        Sick("saturated", Transformer, "majority", new WeightsScaled(100, "head"), [1], RuleIds.LossCollapse, Run, "head"),
        Sick("memorised", new(Mlp.OfFewRows(96)) { Steps = 900 }, "digits", new LabelsMisaligned(), [1], RuleIds.LossCollapse, Run),
        Sick("memorised", new(Lstm.OfFewRows(96)) { Steps = 500 }, "first-token", new LabelsMisaligned(), [1], RuleIds.LossCollapse, Run),
        Sick("leaked", new(Mlp) { Steps = 600 }, "clusters", new LabelsLeaked(), [1], RuleIds.LossCollapse, Run),
        Sick("leaked", new(Mlp) { Steps = 600 }, "digits", new LabelsLeaked(), [1], RuleIds.LossCollapse, Run),
        Sick("leaked", new(Gru) { Steps = 600 }, "majority", new LabelsLeaked(), [1], RuleIds.LossCollapse, Run),

        Sick("another-optimizer", Mlp, "iris", new OptimizerOfAnother(), [], RuleIds.NotLearning, Run),
        Sick("unrelated", new(Cnn) { Steps = UntilItShows }, "blobs", new LabelsMisaligned(), [], RuleIds.NotLearning, Run),
        Sick("softmax-end", new(Lstm) { Steps = UntilItShows }, "parity", new Ended(Ending.Softmax), [], RuleIds.NotLearning, Run),
        Sick("another-optimizer", Cnn, "digits", new OptimizerOfAnother(), [], RuleIds.NotLearning, Run),
        Sick("another-optimizer", Lstm, "majority", new OptimizerOfAnother(), [], RuleIds.NotLearning, Run),
        Sick("biases-only", Mlp, "clusters", new OnlyBiasesTrained(), [], RuleIds.NotLearning, Run),
        Sick("unrelated", new(ListMlp) { Steps = UntilItShows }, "clusters", new LabelsMisaligned(), [], RuleIds.NotLearning, Run),
        Sick("unrelated", new(Cnn) { Steps = UntilItShows }, "digits", new LabelsMisaligned(), [], RuleIds.NotLearning, Run),
        Sick("softmax-end", new(TanhMlp) { Steps = UntilItShows }, "digits", new Ended(Ending.Softmax), [], RuleIds.NotLearning, Run),
        Sick("sigmoid-end", new(Gru) { Steps = UntilItShows }, "grammar", new Ended(Ending.Sigmoid), [], RuleIds.NotLearning, Run),
        Sick("tanh-end", new(Mlp) { Steps = UntilItShows }, "digits", new Ended(Ending.Tanh), [], RuleIds.NotLearning, Run),

        Sick("divergence-of-probabilities", Votes(Mlp), "iris", new DivergenceOf(Ending.Softmax), [20], RuleIds.NegativeLoss, Run),
        Sick("divergence-of-probabilities", Votes(Mlp), "wine", new DivergenceOf(Ending.Softmax), [20], RuleIds.NegativeLoss, Run),
        Sick("divergence-of-logits", Votes(Cnn), "digits", new DivergenceOf(Ending.None), [20], RuleIds.NegativeLoss, Run),
        Sick("probabilities-into-nll", Cnn, "digits", new ProbabilitiesIntoLikelihood(), [20], RuleIds.NegativeLoss, Run),
        Sick("probabilities-into-nll", Lstm, "majority", new ProbabilitiesIntoLikelihood(), [20], RuleIds.NegativeLoss, Run),
        Sick("signed-targets", OneAgainstRest(Lstm), "first-token", new TargetsSigned(), [20], RuleIds.NegativeLoss, Run),
    ];
}
