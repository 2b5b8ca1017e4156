using MLNetDebug.Torch.Zoo.Faults;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Programs.SickPrograms;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>Networks whose optimizer is set up wrong.</summary>
internal static class OptimizerPrograms
{
    public static IReadOnlyList<NetworkProgram> All { get; } =
    [
        Sick("decay-on-all", TanhMlp, "spirals", new DecayOnAll(0.01), [2], RuleIds.DecayedBias, "SGD", "fc1.bias", "fc2.bias", "out.bias"),
        Sick("decay-on-all", TanhMlp, "moons", new DecayOnAll(0.01), [2], RuleIds.DecayedBias, "SGD", "fc1.bias", "fc2.bias", "out.bias"),
        Sick("decay-on-all", BatchNormCnn, "digits", new DecayOnAll(0.05), [2], RuleIds.DecayedBias, "AdamW", "bn1.weight", "bn1.bias", "bn2.weight", "bn2.bias", "bn3.weight", "bn3.bias", "fc2.bias"),
        Sick("decay-on-all", Lstm, "majority", new DecayOnAll(0.001), [2], RuleIds.DecayedBias, "Adam", "lstm.bias_ih_l0", "lstm.bias_hh_l0", "head.bias"),

        Sick("no-momentum", ListMlp, "breast_cancer", new MomentumRemoved(), [8], RuleIds.NoMomentum, "SGD"),
        Sick("no-momentum", ListMlp, "wine", new MomentumRemoved(), [8], RuleIds.NoMomentum, "SGD"),
        Sick("no-momentum", ResNet, "bars", new MomentumRemoved(), [8], RuleIds.NoMomentum, "SGD"),
        Sick("no-momentum", Regression(Gru), "waves", new MomentumRemoved(), [8], RuleIds.NoMomentum, "SGD"),

        Sick("left-out", Mlp, "breast_cancer", new LayersNotOptimized("fc1"), [], RuleIds.ParametersNotOptimized, "fc1"),
        Sick("left-out", Mlp, "clusters", new LayersNotOptimized("fc1"), [], RuleIds.ParametersNotOptimized, "fc1"),
        Sick("left-out", Lstm, "first-token", new LayersNotOptimized("lstm"), [], RuleIds.ParametersNotOptimized, "lstm"),
        Sick("another", Cnn, "bars", new OptimizerOfAnother(), [], RuleIds.ParametersNotOptimized, "conv1", "conv2", "fc1", "fc2"),
        Sick("another", Regression(ResidualMlp), "diabetes", new OptimizerOfAnother(), [], RuleIds.ParametersNotOptimized, "input"),

        Sick("tied-twice", Tied(Transformer with { Outputs = d => d.Vocabulary }, 0.1, "head.weight"), "parity", new TiedTwice(), [], RuleIds.TiedWeights, "embedding.weight", "head.weight"),
        Sick("tied-twice", Tied(TokenBag, 0.4, "head.weight"), "majority", new TiedTwice(), [], RuleIds.TiedWeights, "embedding.weight", "head.weight"),
        Sick("tied-twice", Tied(Lstm with { Epochs = 20 }, 1.5, "head.weight"), "grammar", new TiedTwice(), [], RuleIds.TiedWeights, "embedding.weight", "head.weight"),
        Sick("tied-twice", Tied(Transformer with { Epochs = 20, Outputs = d => d.Vocabulary }, 0.3, "head.weight"), "first-token", new TiedTwice(), [], RuleIds.TiedWeights, "embedding.weight", "head.weight"),
    ];

    /// <summary>One weight in two modules, which the optimizer is given once; near the largest rate that the network bears.</summary>
    private static NetworkPlan Tied(NetworkPlan plan, double rate, string second) => plan with
    {
        Traits = plan.Traits with { SharesWeights = true },
        Optimizer = OptimizerPlan.Sgd with { Rate = rate, Takes = name => name != second },
    };
}
