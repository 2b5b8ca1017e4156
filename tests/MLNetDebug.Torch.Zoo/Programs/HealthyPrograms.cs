using MLNetDebug.Zoo.Bases;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>Programs without a fault, the layouts among them that look like one.</summary>
internal static class HealthyPrograms
{
    public static IReadOnlyList<NetworkProgram> All { get; } =
    [
        .. On(Mlp, "iris", "wine", "clusters", "digits"),
        .. On(TanhMlp, "spirals", "moons", "clusters"),
        .. On(DeepMlp, "breast_cancer", "clusters", "digits"),
        .. On(DropoutBlocks, "iris", "wine", "digits"),
        .. On(Trained(DeepMlp), "breast_cancer", "clusters", "digits"),
        .. On(Trained(BatchNormCnn), "blobs", "bars"),
        .. On(Trained(DropoutBlocks), "breast_cancer", "digits"),
        .. On(SoftmaxRegression, "iris", "wine", "digits"),
        .. On(ResidualMlp, "spirals", "clusters", "moons"),
        .. On(Regression(ResidualMlp), "diabetes"),
        .. On(ListMlp, "breast_cancer", "wine", "clusters"),
        .. On(SharedMlp, "breast_cancer", "wine", "clusters"),
        .. On(SoftCapped, "iris", "clusters", "moons"),
        .. On(TwoInputs, "breast_cancer", "wine", "clusters"),
        .. On(Binary, "breast_cancer", "moons", "wine"),
        .. On(Distilled, "iris", "wine", "digits"),
        .. On(Regression(Mlp), "line", "diabetes"),
        .. On(Cnn, "blobs", "digits", "bars"),
        .. On(BatchNormCnn, "blobs", "digits", "bars"),
        .. On(GroupNormCnn, "digits", "bars"),
        .. On(FunctionalCnn, "blobs", "digits", "bars"),
        .. On(Mnist, "blobs", "digits", "bars"),
        .. On(ResNet, "blobs", "digits", "bars"),
        .. On(Autoencoder, "blobs", "digits", "bars"),
        .. On(FineTuned, "blobs", "digits", "bars"),
        .. On(Pretrained, "blobs", "digits"),
        .. On(Lstm, "parity", "majority", "grammar"),
        .. On(Gru, "parity", "majority", "first-token"),
        .. On(Regression(Gru), "waves"),
        .. On(Transformer, "parity", "majority", "first-token"),
        .. On(Lstm with { Architecture = "tied-lstm", Traits = new() { SharesWeights = true }, Optimizer = TokenBag.Optimizer, Ties = TokenBag.Ties }, "grammar"),
        .. On(TokenBag, "majority"),
    ];

    /// <summary>The healthy programs of one split.</summary>
    public static IEnumerable<NetworkProgram> Of(Split split) => All.Where(p => p.Split == split);

    private static IEnumerable<NetworkProgram> On(NetworkPlan plan, params string[] bases) => bases.Select(b => NetworkProgram.Healthy(plan, b));
}
