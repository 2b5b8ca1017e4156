using MLNetDebug.Torch.Trainers;
using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>Forty pairs of a network and a batch size in each split; no base stands in both.</summary>
internal static class SweepPairs
{
    private static readonly TorchNetwork[] Tables = [SweepNetworks.Mlp, SweepNetworks.NormMlp];
    private static readonly TorchNetwork[] Images = [SweepNetworks.Cnn, SweepNetworks.NormCnn];

    public static IReadOnlyList<SweepPair> Of(Split split, int seed) => split == Split.Score
        ?
        [
            .. Cross(SweepBase.Digits, Tables, [TorchOptimizer.Sgd, TorchOptimizer.AdamW], [[16, 64, 256], [32, 128, 512]], seed),
            .. Cross(SweepBase.Digits, Images, [TorchOptimizer.Sgd, TorchOptimizer.AdamW], [[16, 32, 64], [32, 64, 128]], seed),
            .. Cross(SweepBase.Wine, Tables, [TorchOptimizer.Sgd, TorchOptimizer.Adam], [[16, 64], [32, 64]], seed),
            .. Cross(SweepBase.Diabetes, Tables, [TorchOptimizer.Sgd, TorchOptimizer.AdamW], [[16, 128], [32, 256]], seed),
        ]
        :
        [
            .. Cross(SweepBase.Blobs, Tables, [TorchOptimizer.Sgd, TorchOptimizer.AdamW], [[16, 64, 256], [32, 128, 400]], seed),
            .. Cross(SweepBase.Blobs, Images, [TorchOptimizer.Sgd, TorchOptimizer.AdamW], [[16, 32, 64], [32, 64, 128]], seed),
            .. Cross(SweepBase.BreastCancer, Tables, [TorchOptimizer.Sgd, TorchOptimizer.AdamW], [[16, 128], [32, 256]], seed),
            .. Cross(SweepBase.Iris, Tables, [TorchOptimizer.Sgd], [[16], [32]], seed),
            .. Cross(SweepBase.Line, Tables, [TorchOptimizer.Sgd, TorchOptimizer.Adam], [[16, 512], [64]], seed),
        ];

    /// <summary>Each network with each optimizer; batch sizes take turns from one network to the next.</summary>
    private static IEnumerable<SweepPair> Cross(SweepBase of, TorchNetwork[] networks, TorchOptimizer[] optimizers, int[][] batches, int seed) =>
        from network in Enumerable.Range(0, networks.Length)
        from optimizer in Enumerable.Range(0, optimizers.Length)
        from batch in batches[(network + optimizer) % batches.Length]
        select new SweepPair(of, networks[network], optimizers[optimizer], batch, seed + (7 * network) + optimizer);
}
