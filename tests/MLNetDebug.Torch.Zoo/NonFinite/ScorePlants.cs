using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Zoo.NonFinite.Networks;
using MLNetDebug.Zoo.Bases;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.NonFinite;

/// <summary>The programs of the table's figure. The search was not tuned on them.</summary>
internal static class ScorePlants
{
    public static readonly IReadOnlyList<NonFinitePlant> All =
    [
        // Forward.
        Plant("mlp-log-of-probabilities", NonFinitePlant.InLoss, NonFiniteDirection.Forward, () =>
        {
            var model = Sequential(("fc1", Linear(6, 32)), ("act", ReLU()), ("fc2", Linear(32, 4)), ("softmax", Softmax(1)));
            return new(model, randn(24, 6) * 2000, randint(0, 4, 24), (x, y) => -model.call(x).gather(1, y.unsqueeze(1)).log().mean());
        }),
        Plant("cnn-own-softmax", "head.normalise", NonFiniteDirection.Forward, () =>
        {
            var model = new PixelCnn();
            return new(model, randint(0, 256, [16, 1, 14, 14]).to(ScalarType.Float32) * 20, randint(0, 10, 16), (x, y) => -(model.call(x).gather(1, y.unsqueeze(1)) + 1e-6).log().mean());
        }),
        Plant("attention-all-padding", "block.attention", NonFiniteDirection.Forward, () =>
        {
            var model = new TokenClassifier();
            var tokens = randint(1, 50, [8, 10]);
            tokens[TensorIndex.Colon, TensorIndex.Slice(6)] = tensor(0L);
            tokens[5] = tensor(0L);
            return new(model, tokens, randint(0, 4, 8), (x, y) => functional.cross_entropy(model.call(x), y));
        }),
        Plant("lstm-rank-transform", "transform", NonFiniteDirection.Forward, () =>
        {
            var model = new RankLstm();
            // Ranks over n, not over n + 1: the largest is 1.
            var ranks = (randint(0, 100, [12, 7, 3]).to(ScalarType.Float32) + 1) / 100;
            ranks[5, 2, 1] = tensor(1f);
            return new(model, ranks, randn(12, 1), (x, y) => functional.mse_loss(model.call(x), y));
        }),
        Plant("vae-log-variance", "", NonFiniteDirection.Forward, () =>
        {
            var model = new VariationalAutoencoder();
            return new(model, randn(20, 12) * 3000, randn(20, 12), (x, y) => functional.mse_loss(model.call(x), y));
        }),
        Plant("mlp-standardise-constant", "scale", NonFiniteDirection.Forward, () =>
        {
            var model = Sequential(("scale", new Standardise()), ("fc1", Linear(5, 16)), ("act", Tanh()), ("fc2", Linear(16, 1)));
            var x = randn(30, 5);
            x[TensorIndex.Colon, 3] = tensor(2f);
            return new(model, x, randn(30, 1), (a, b) => functional.mse_loss(model.call(a), b));
        }),
        Plant("gru-empty-sequence", "", NonFiniteDirection.Forward, () =>
        {
            var model = new MeanPooledGru();
            var tokens = randint(1, 40, [10, 6]);
            tokens[2] = tensor(0L);
            return new(model, tokens, randint(0, 3, 10), (x, y) => functional.cross_entropy(model.call(x), y));
        }),
        Plant("list-polynomial", "blocks.2", NonFiniteDirection.Forward, () =>
        {
            var model = new PolynomialNetwork();
            return new(model, randn(16, 8) * 1e6, randn(16, 1), (x, y) => functional.mse_loss(model.call(x), y));
        }),
        Plant("cnn-angle-by-forward", "", NonFiniteDirection.Forward, () =>
        {
            var model = new AngularCnn();
            return new(model, randn(12, 1, 8, 8) * 3, randint(0, 10, 12), (x, y) => functional.cross_entropy(-model.call(x), y));
        }),
        Plant("mlp-all-labels-ignored", NonFinitePlant.InLoss, NonFiniteDirection.Forward, () =>
        {
            var model = Sequential(("fc1", Linear(6, 16)), ("bn", BatchNorm1d(16)), ("act", ReLU()), ("drop", Dropout(0.3)), ("fc2", Linear(16, 3)));
            return new(model, randn(8, 6), full([8], -100, ScalarType.Int64), (x, y) => functional.cross_entropy(model.call(x), y));
        }),
        Plant("mlp-unit-rows-twice", "unit", NonFiniteDirection.Forward, () =>
        {
            var model = new TwiceNormalised();
            using (no_grad())
            {
                var bias = model.get_parameter("fc2.bias")!;
                _ = bias.copy_(bias - 0.35);
            }

            return new(model, randn(64, 6), randint(0, 3, 64), (x, y) => functional.cross_entropy(model.call(x), y));
        }),

        // Backward.
        Plant("mlp-safe-log", "log", NonFiniteDirection.Backward, () =>
        {
            var model = Sequential(("fc1", Linear(6, 16)), ("act", ReLU()), ("drop", Dropout(0.2)), ("log", new SafeLog()), ("fc2", Linear(16, 1)));
            return new(model, randn(16, 6), randn(16, 1), (x, y) => functional.mse_loss(model.call(x), y));
        }),
        Plant("siamese-same-image", "distance", NonFiniteDirection.Backward, () =>
        {
            var model = new Siamese();
            var x = randn(10, 2, 8, 8);
            x[4, 1] = x[4, 0];
            return new(model, x, randint(0, 2, 10).to(ScalarType.Float32), (a, b) => functional.mse_loss(model.call(a), b));
        }),
        Plant("mlp-binarise", "sign", NonFiniteDirection.Backward, () =>
        {
            var model = Sequential(("fc1", Linear(7, 24)), ("act", ReLU()), ("drop", Dropout(0.2)), ("sign", new Binarise()), ("fc2", Linear(24, 2)));
            return new(model, randn(20, 7), randint(0, 2, 20), (x, y) => functional.cross_entropy(model.call(x), y));
        }),
        Plant("cnn-power-pooling", "pool.power", NonFiniteDirection.Backward, () =>
        {
            var model = new PowerCnn();
            return new(model, rand(8, 1, 8, 8), randint(0, 10, 8), (x, y) => functional.cross_entropy(model.call(x), y));
        }),
        Plant("mlp-rmse-of-zero", NonFinitePlant.InLoss, NonFiniteDirection.Backward, () =>
        {
            var model = Sequential(("fc1", Linear(4, 16)), ("act", ReLU()), ("head", Linear(16, 2)));
            foreach (var parameter in ((Linear)model[2]).parameters())
                _ = init.zeros_(parameter);
            return new(model, randn(12, 4), zeros(12, 2), (x, y) => functional.mse_loss(model.call(x), y).sqrt());
        }),
        Plant("gru-statistics-of-silence", "", NonFiniteDirection.Backward, () =>
        {
            var model = new StatisticsGru();
            var x = randn(6, 4, 8, 5);
            // Silence is the same in every frame; a mean of eight equal numbers is that number to the bit.
            x[3, 2] = zeros(8, 5);
            return new(model, x, randint(0, 4, 6), (a, b) => functional.cross_entropy(model.call(a), b));
        }),
        Plant("mlp-entropy-feature", "entropy", NonFiniteDirection.Backward, () =>
        {
            var model = Sequential(("fc1", Linear(5, 6)), ("softmax", Softmax(1)), ("entropy", new WithEntropy()), ("fc2", Linear(7, 1)));
            return new(model, randn(16, 5) * 500, randn(16, 1), (x, y) => functional.mse_loss(model.call(x), y));
        }),

        // Input.
        Plant("mlp-nan-row", NonFinitePlant.Batch, NonFiniteDirection.Input, () =>
        {
            var model = Sequential(("fc1", Linear(6, 16)), ("act", ReLU()), ("fc2", Linear(16, 3)));
            var x = randn(32, 6);
            x[17, 2] = tensor(float.NaN);
            return new(model, x, randint(0, 3, 32), (a, b) => functional.cross_entropy(model.call(a), b));
        }),
        Plant("lstm-infinite-target", NonFinitePlant.Batch, NonFiniteDirection.Input, () =>
        {
            var model = new RankLstm();
            var y = randn(12, 1);
            y[7, 0] = tensor(float.PositiveInfinity);
            return new(model, rand(12, 7, 3) * 0.9 + 0.05, y, (a, b) => functional.smooth_l1_loss(model.call(a), b));
        }),
        Plant("cnn-nan-pixel", NonFinitePlant.Batch, NonFiniteDirection.Input, () =>
        {
            var model = Sequential(("conv", Conv2d(1, 4, 3)), ("bn", BatchNorm2d(4)), ("act", ReLU()), ("flat", Flatten()), ("fc", Linear(4 * 36, 5)));
            var x = randn(8, 1, 8, 8);
            x[6, 0, 3, 3] = tensor(float.NaN);
            return new(model, x, randint(0, 5, 8), (a, b) => functional.cross_entropy(model.call(a), b));
        }),

        // Parameters and buffers.
        Plant("mlp-nan-weight", "fc2.weight", NonFiniteDirection.Parameter, () =>
        {
            var model = Sequential(("fc1", Linear(6, 16)), ("act", ReLU()), ("fc2", Linear(16, 16)), ("act2", ReLU()), ("fc3", Linear(16, 1)));
            Set(((Linear)model[2]).weight!, float.NaN, 3, 4);
            return new(model, randn(16, 6), randn(16, 1), (x, y) => functional.mse_loss(model.call(x), y));
        }),
        Plant("cnn-infinite-bias", "features.conv2.bias", NonFiniteDirection.Parameter, () =>
        {
            var model = new PixelCnn();
            Set(model.get_parameter("features.conv2.bias")!, float.PositiveInfinity, 5);
            return new(model, rand(8, 1, 14, 14), randint(0, 10, 8), (x, y) => -(model.call(x).gather(1, y.unsqueeze(1)) + 1e-6).log().mean());
        }),
        Plant("cnn-nan-running-variance", "backbone.bn.running_var", NonFiniteDirection.Parameter, () =>
        {
            var backbone = Sequential(("conv", Conv2d(1, 4, 3)), ("bn", BatchNorm2d(4)), ("act", ReLU()), ("flat", Flatten()));
            var model = Sequential(("backbone", backbone), ("head", Linear(4 * 36, 5)));
            backbone.eval();
            Set(backbone.get_buffer("bn.running_var")!, float.NaN, 2);
            return new(model, randn(8, 1, 8, 8), randint(0, 5, 8), (a, b) => functional.cross_entropy(model.call(a), b));
        }),
    ];

    private static NonFinitePlant Plant(string id, string place, NonFiniteDirection direction, Func<PlantedStep> create) => new(id, place, direction, Split.Score, Seeded(create));

    internal static Func<int, PlantedStep> Seeded(Func<PlantedStep> create) => seed =>
    {
        torch.random.manual_seed(seed);
        return create();
    };

    internal static void Set(Tensor tensor, float value, params long[] index)
    {
        using var none = no_grad();
        tensor[[.. index.Select(i => TensorIndex.Single(i))]] = value;
    }
}
