using MLNetDebug.Torch.Zoo.Faults;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Programs.SickPrograms;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>Networks whose optimizer is set up wrong.</summary>
internal static class OptimizerPrograms
{
    public static IReadOnlyList<NetworkProgram> All { get; } =
    [
        Sick("decay-on-all", TanhMlp, "spirals", new DecayOnAll(0.01), [2], RuleIds.DecayedBias, "SGD"),
        Sick("decay-on-all", TanhMlp, "moons", new DecayOnAll(0.01), [2], RuleIds.DecayedBias, "SGD"),
        Sick("decay-on-all", BatchNormCnn, "digits", new DecayOnAll(0.05), [2], RuleIds.DecayedBias, "AdamW"),
        Sick("decay-on-all", Lstm, "majority", new DecayOnAll(0.001), [2], RuleIds.DecayedBias, "Adam"),

        Sick("no-momentum", ListMlp, "breast_cancer", new MomentumRemoved(), [8], RuleIds.NoMomentum, "SGD"),
        Sick("no-momentum", ListMlp, "wine", new MomentumRemoved(), [8], RuleIds.NoMomentum, "SGD"),
        Sick("no-momentum", ResNet, "bars", new MomentumRemoved(), [8], RuleIds.NoMomentum, "SGD"),
        Sick("no-momentum", Regression(Gru), "waves", new MomentumRemoved(), [8], RuleIds.NoMomentum, "SGD"),

        Sick("left-out", Mlp, "breast_cancer", new LayersNotOptimized("fc1"), [], RuleIds.ParametersNotOptimized, "fc1"),
        Sick("left-out", Mlp, "clusters", new LayersNotOptimized("fc1"), [], RuleIds.ParametersNotOptimized, "fc1"),
        Sick("left-out", Lstm, "first-token", new LayersNotOptimized("lstm"), [], RuleIds.ParametersNotOptimized, "lstm"),
        Sick("another", Cnn, "bars", new OptimizerOfAnother(), [], RuleIds.ParametersNotOptimized, "conv1", "conv2", "fc1", "fc2"),
        Sick("another", Regression(ResidualMlp), "diabetes", new OptimizerOfAnother(), [], RuleIds.ParametersNotOptimized, "input"),

        Sick("tied-twice", Shared(ListMlp, 0.3, "layers.2."), "breast_cancer", new TiedTwice(), [], RuleIds.TiedWeights, "layers.2.weight", "layers.2.bias"),
        Sick("tied-twice", Shared(ListMlp, 0.3, "layers.2."), "clusters", new TiedTwice(), [], RuleIds.TiedWeights, "layers.2.weight", "layers.2.bias"),
        Sick("tied-twice", Shared(TwoInputs, 0.3, "right."), "wine", new TiedTwice(), [], RuleIds.TiedWeights, "right.weight", "right.bias"),
        Sick("tied-twice", TokenBag with { Optimizer = TokenBag.Optimizer with { Kind = "SGD", Momentum = 0.9, Rate = 0.3 } }, "majority", new TiedTwice(), [], RuleIds.TiedWeights, "embedding.weight", "head.weight"),
    ];

    /// <summary>One module in two places, which the optimizer is given once; near the largest rate that the network bears.</summary>
    private static NetworkPlan Shared(NetworkPlan plan, double rate, string second) => plan with
    {
        Traits = plan.Traits with { SharesModule = true },
        Optimizer = OptimizerPlan.Sgd with { Rate = rate, Takes = name => !name.StartsWith(second, StringComparison.Ordinal) },
    };
}
