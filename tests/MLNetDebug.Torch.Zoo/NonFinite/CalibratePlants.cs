using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Zoo.NonFinite.Networks;
using MLNetDebug.Zoo.Bases;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.NonFinite;

/// <summary>The programs the search was tuned on.</summary>
internal static class CalibratePlants
{
    private static readonly Func<Tensor, Tensor, Tensor> Mse = (a, b) => functional.mse_loss(a, b);

    public static readonly IReadOnlyList<NonFinitePlant> All =
    [
        Chain("log-of-relu", "mid", NonFiniteDirection.Forward, x => x.relu().log()),
        Chain("log-of-negative", "mid", NonFiniteDirection.Forward, x => x.log()),
        Chain("exp-of-large", "mid", NonFiniteDirection.Forward, x => (x * 200).exp()),
        Chain("range-of-zero", "mid", NonFiniteDirection.Forward, x => (x - x) / (x - x)),
        Chain("root-of-negative", "mid", NonFiniteDirection.Forward, x => x.sqrt()),
        Plant("between-log-softmax", "", NonFiniteDirection.Forward, () => Regression(new Between(6, 1, x => (x * 400).softmax(1).log()))),
        Plant("between-by-forward", "", NonFiniteDirection.Forward, () => Regression(new Between(6, 1, x => x.relu().reciprocal(), byForward: true))),
        Plant("nested-division", "body.inner", NonFiniteDirection.Forward, () =>
        {
            var model = new Nested(x => x / (x - x.amax([1], true)));
            return new(model, randn(20, 6), randn(20, 2), (x, y) => Mse(model.call(x), y));
        }),
        Plant("padded-attention", "attention", NonFiniteDirection.Forward, () =>
        {
            var model = new PaddedAttention();
            var x = randn(6, 5, 3);
            x[3] = zeros(5, 3);
            return new(model, x, randn(6, 1), (a, b) => Mse(model.call(a), b));
        }),
        Plant("attention-by-hand", "", NonFiniteDirection.Forward, () =>
        {
            var model = new OwnAttention();
            var x = randn(5, 4, 6);
            x[2] = zeros(4, 6);
            return new(model, x, randn(5, 1), (a, b) => Mse(model.call(a), b));
        }),
        Plant("mean-over-tokens", "pool", NonFiniteDirection.Forward, () =>
        {
            var model = new TokenMean();
            var tokens = randint(1, 20, [6, 5]);
            tokens[1] = tensor(0L);
            return new(model, tokens, randn(6, 1), (a, b) => Mse(model.call(a), b));
        }),
        Plant("masks-are-no-fault", "", NonFiniteDirection.Forward, () => Regression(new MaskedScores(p => p.reciprocal()), rows: 40, x =>
        {
            x[TensorIndex.Colon, 0] = ones(40);
            return x;
        })),
        Plant("softmax-of-nothing", "softmax", NonFiniteDirection.Forward, () => Regression(new MaskedScores(p => p), rows: 40, x =>
        {
            x = x.abs();
            x[4] = -ones(6);
            return x;
        })),
        Plant("two-heads", "heads", NonFiniteDirection.Forward, () => Regression(new WithTwoHeads())),
        Plant("own-bce", NonFinitePlant.InLoss, NonFiniteDirection.Forward, () =>
        {
            var model = Sequential(("fc", Linear(6, 1)), ("sigmoid", Sigmoid()));
            return new(model, randn(32, 6) * 400, randint(0, 2, [32, 1]).to(ScalarType.Float32), (x, y) =>
            {
                var p = model.call(x);
                return -(y * p.log() + (1 - y) * (1 - p).log()).mean();
            });
        }),
        Plant("relative-error", NonFinitePlant.InLoss, NonFiniteDirection.Forward, () =>
        {
            var model = Sequential(("fc", Linear(6, 1)));
            return new(model, randn(32, 6), randint(0, 5, [32, 1]).to(ScalarType.Float32), (x, y) => ((model.call(x) - y) / y).abs().mean());
        }),
        Plant("masked-target-elsewhere", "mid", NonFiniteDirection.Forward, () =>
        {
            var model = Sequential(("fc1", Linear(6, 8)), ("mid", new Code(x => x.relu().log())), ("fc2", Linear(8, 1)));
            var y = randn(16, 1);
            y[3] = tensor(float.NaN);
            return new(model, randn(16, 6), y, (x, t) => (where(t.isnan(), zeros_like(t), model.call(x) - t)).square().mean());
        }),
        Plant("infinite-weight-behind-mask", "fc2.weight", NonFiniteDirection.Parameter, () =>
        {
            var model = Sequential(("fc1", Linear(6, 8)), ("act", ReLU()), ("fc2", Linear(8, 1)));
            ScorePlants.Set(((Linear)model[2]).weight!, float.PositiveInfinity, 0, 1);
            return Regression(model);
        }),
        Plant("weights-by-forward", "fc2.bias", NonFiniteDirection.Parameter, () =>
        {
            var model = new Between(6, 1, x => x.relu(), byForward: true);
            ScorePlants.Set(model.get_parameter("fc2.bias")!, float.NaN, 0);
            return Regression(model);
        }),
        Plant("nan-in-two-inputs", NonFinitePlant.Batch, NonFiniteDirection.Input, () => Regression(Sequential(("fc", Linear(6, 1))), rows: 16, x =>
        {
            x[9, 1] = tensor(float.NaN);
            x[11, 2] = tensor(float.NegativeInfinity);
            return x;
        })),
        Chain("where-log", "mid", NonFiniteDirection.Backward, x => where(x > 0, x.log(), zeros_like(x))),
        Chain("root-of-zero", "mid", NonFiniteDirection.Backward, x => x.abs().sqrt()),
        Plant("norm-of-zero", "mid", NonFiniteDirection.Backward, () => Regression(
            Sequential(("fc1", Linear(6, 8, hasBias: false)), ("mid", new Code(x => x / ((x * x).sum(1, keepdim: true).sqrt() + 1e-8))), ("fc2", Linear(8, 1))), change: WithZeroRow)),
        Plant("lstm-bears-infinity", "mid", NonFiniteDirection.Forward, () =>
        {
            var model = new RecurrentOn(x => x.reciprocal());
            var x = rand(6, 4, 3);
            x[2, 1, 1] = tensor(0f);
            return new(model, x, randn(6, 1), (a, b) => Mse(model.call(a), b));
        }),
        Plant("between-root", "", NonFiniteDirection.Backward, () => Regression(new Between(6, 1, x => (x * x).sum(1, keepdim: true).sqrt() + x, hasBias: false), change: WithZeroRow)),
        Plant("by-forward-root", "", NonFiniteDirection.Backward, () => Regression(new Between(6, 1, x => x.abs().sqrt(), byForward: true, hasBias: false), change: WithZeroRow)),
        Plant("masked-nan-target", NonFinitePlant.InLoss, NonFiniteDirection.Backward, () =>
        {
            var model = Sequential(("fc", Linear(6, 1)));
            var y = randn(16, 1);
            y[3] = tensor(float.NaN);
            return new(model, randn(16, 6), y, (x, t) => where(t.isnan(), zeros_like(t), (model.call(x) - t).square()).mean());
        }),
        Plant("penalty-at-zero", NonFinitePlant.InLoss, NonFiniteDirection.Backward, () =>
        {
            var model = Sequential(("fc1", Linear(6, 8)), ("act", ReLU()), ("fc2", Linear(8, 1)));
            var bias = ((Linear)model[2]).bias!;
            _ = init.zeros_(bias);
            return new(model, randn(16, 6), randn(16, 1), (x, y) => Mse(model.call(x), y) + 0.1 * bias.square().sum().sqrt());
        }),
        Plant("root-not-called", "mid", NonFiniteDirection.Backward, () =>
        {
            var model = Sequential(("fc1", Linear(6, 8)), ("drop", Dropout(0.2)), ("mid", new Code(x => x.abs().sqrt())), ("fc2", Linear(8, 1)));
            return new(model, randn(16, 6), randn(16, 1), (x, y) => Mse(model.forward(x), y));
        }),
    ];

    private static NonFinitePlant Chain(string id, string place, NonFiniteDirection direction, Func<Tensor, Tensor> code, int rows = 16) => Plant(id, place, direction, () =>
        Regression(Sequential(("fc1", Linear(6, 8)), ("act", Tanh()), ("drop", Dropout(0.2)), ("mid", new Code(code)), ("fc2", Linear(8, 1))), rows));

    private static Tensor WithZeroRow(Tensor x)
    {
        x[3] = zeros(6);
        return x;
    }

    private static NonFinitePlant Plant(string id, string place, NonFiniteDirection direction, Func<PlantedStep> create) => new(id, place, direction, Split.Calibrate, ScorePlants.Seeded(create));

    private static PlantedStep Regression(Module<Tensor, Tensor> model, int rows = 16, Func<Tensor, Tensor>? change = null)
    {
        var x = randn(rows, 6);
        return new(model, change?.Invoke(x) ?? x, randn(rows, 1), (a, b) => Mse(model.call(a), b));
    }
}
