using MLNetDebug.Torch.Zoo.Faults;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Programs.SickPrograms;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>Networks whose first weights or first loss are wrong.</summary>
internal static class WeightPrograms
{
    private const string Loss = "CrossEntropyLoss";

    public static IReadOnlyList<NetworkProgram> All { get; } =
    [
        Sick("zero", Mlp, "iris", new WeightsZeroed(), [17], RuleIds.ZeroWeights, "fc1", "fc2", "fc3"),
        Sick("zero", Mlp, "wine", new WeightsZeroed(), [17], RuleIds.ZeroWeights, "fc1", "fc2", "fc3"),
        Sick("zero", TanhMlp, "clusters", new WeightsZeroed(), [17], RuleIds.ZeroWeights, "fc1", "fc2", "out"),
        Sick("zero-layer", FunctionalCnn, "digits", new WeightsZeroed("fc1"), [17], RuleIds.ZeroWeights, "fc1"),
        Sick("zero", Lstm, "majority", new WeightsZeroed(), [17], RuleIds.ZeroWeights, "embedding", "lstm", "head"),

        Sick("constant", Mlp, "breast_cancer", new WeightsConstant(0.05), [17], RuleIds.SymmetricWeights, "fc1", "fc2", "fc3"),
        Sick("constant", Mlp, "clusters", new WeightsConstant(0.05), [17], RuleIds.SymmetricWeights, "fc1", "fc2", "fc3"),
        Sick("constant", TanhMlp, "moons", new WeightsConstant(0.1), [17], RuleIds.SymmetricWeights, "fc1", "fc2", "out"),
        Sick("constant", Cnn, "bars", new WeightsConstant(0.02), [17], RuleIds.SymmetricWeights, "conv1", "conv2", "fc1", "fc2"),
        Sick("constant", Gru, "first-token", new WeightsConstant(0.1, "gru", "head"), [17], RuleIds.SymmetricWeights, "gru", "head"),

        Sick("large", Mlp, "iris", new WeightsScaled(100, "fc1", "fc2"), [1], RuleIds.InitialScale, "fc1", "fc2"),
        Sick("small", ListMlp, "breast_cancer", new WeightsScaled(1e-3, "layers"), [1], RuleIds.InitialScale, "layers.0", "layers.1", "layers.2"),
        Sick("large", Mlp, "wine", new WeightsScaled(100, "fc1", "fc2"), [1], RuleIds.InitialScale, "fc1", "fc2"),
        Sick("large", Cnn, "digits", new WeightsScaled(30, "conv1", "conv2", "fc1"), [1], RuleIds.InitialScale, "conv1", "conv2", "fc1"),
        Sick("large", Transformer, "first-token", new WeightsScaled(300, "attention", "up", "down"), [1], RuleIds.InitialScale, "attention.query", "attention.key", "attention.value", "attention.output", "up", "down"),
        Sick("small", ListMlp, "clusters", new WeightsScaled(1e-3, "layers"), [1], RuleIds.InitialScale, "layers.0", "layers.1", "layers.2"),

        Sick("bias", Mlp, "iris", new BiasesDrawn(30, "fc3"), [1], RuleIds.InitialLoss, Loss, "fc3"),
        Sick("bias", Mlp, "wine", new BiasesDrawn(30, "fc3"), [1], RuleIds.InitialLoss, Loss, "fc3"),
        Sick("bias", Lstm, "majority", new BiasesDrawn(30, "head"), [1], RuleIds.InitialLoss, Loss, "head"),
        Sick("raw-inputs", Cnn, "digits", new InputsScaled(1000), [1], RuleIds.InitialLoss, Loss, "fc2"),
        Sick("raw-inputs", ListMlp, "clusters", new InputsScaled(100), [1], RuleIds.InitialLoss, Loss, "head"),
        Sick("raw-targets", Regression(Mlp), "diabetes", new TargetsMoved(30), [1], RuleIds.InitialLoss, "MSELoss", "fc3"),
    ];
}
