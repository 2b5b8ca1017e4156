using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Torch.Zoo.Training.Faults;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Training.Programs.SickTraining;
using static MLNetDebug.Torch.Zoo.Training.Programs.TrainingPlans;
using static MLNetDebug.Torch.Zoo.Training.TrainingPlaces;

namespace MLNetDebug.Torch.Zoo.Training.Programs;

/// <summary>Trainings whose held-out rows tell that something is wrong.</summary>
internal static class SickHeldOut
{
    public static IReadOnlyList<TrainingProgram> All { get; } =
    [
        Sick("on-and-on", Noisy(Mlp, "iris"), "spirals", new TrainedFor(1500), [11], RuleIds.Overconfidence, Run),
        Sick("on-and-on", Noisy(Cnn, "blobs"), "blobs", new TrainedFor(600), [11], RuleIds.Overconfidence, Run),
        Sick("on-and-on", Noisy(Cnn, "digits"), "digits", new TrainedFor(700), [11], RuleIds.Overconfidence, Run),
        Sick("on-and-on", Noisy(Mlp, "clusters"), "clusters", new TrainedFor(1500), [11], RuleIds.Overconfidence, Run),
        Sick("on-and-on", Noisy(Gru, "grammar"), "grammar", new TrainedFor(700), [11], RuleIds.Overconfidence, Run),
        Sick("on-and-on", Noisy(Lstm, "majority"), "majority", new TrainedFor(700), [11], RuleIds.Overconfidence, Run),

        Sick("inputs-lost", Mlp, "iris", new InputsLost(), [], RuleIds.DeadModel, Run),
        Sick("inputs-lost", Cnn, "digits", new InputsLost(), [], RuleIds.DeadModel, Run),
        Sick("all-dead", Mlp, "clusters", new UnitsKilled(1, "fc2"), [], RuleIds.DeadModel, Run),
        Sick("all-dead", Cnn, "bars", new UnitsKilled(1, "fc1"), [], RuleIds.DeadModel, Run),
        Sick("inputs-lost", Lstm, "majority", new InputsLost(), [], RuleIds.DeadModel, Run),
        Sick("head-frozen", Transformer, "first-token", new LayersFrozenAtZero("head"), [], RuleIds.DeadModel, Run),

        Sick("logits", Mlp, "iris", new HeldOutAs(HeldOutForm.Logits), [20], RuleIds.InvalidProbabilities, Run),
        Sick("softmax-over-rows", Cnn, "blobs", new HeldOutAs(HeldOutForm.SoftmaxOverRows), [20], RuleIds.InvalidProbabilities, Run),
        Sick("logits", Cnn, "digits", new HeldOutAs(HeldOutForm.Logits), [20], RuleIds.InvalidProbabilities, Run),
        Sick("logarithms", Mlp, "clusters", new HeldOutAs(HeldOutForm.Logarithms), [20], RuleIds.InvalidProbabilities, Run),
        Sick("softmax-over-rows", Lstm, "majority", new HeldOutAs(HeldOutForm.SoftmaxOverRows), [20], RuleIds.InvalidProbabilities, Run),
        Sick("sigmoids", Mlp, "wine", new HeldOutAs(HeldOutForm.SigmoidPerClass), [20], RuleIds.InvalidProbabilities, Run),
        Sick("logits", Binary, "moons", new HeldOutAs(HeldOutForm.Logits), [20], RuleIds.InvalidProbabilities, Run),
    ];

    /// <summary>A base whose labels leave something to be wrong about, trained as long as it helps.</summary>
    private static TrainingPlan Noisy(NetworkPlan plan, string of) => new((of == "grammar" ? plan : plan.WithLabelNoise(0.15)).ByLogLoss()) { Steps = 60 };
}
