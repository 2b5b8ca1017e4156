using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Losses;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Networks.Profiling;

[TestClass]
public sealed class RecalibrationTests
{
    [TestMethod]
    public void Dropout_before_batch_normalisation_shifts_the_variance_and_its_twin_does_not()
    {
        foreach (var seed in new[] { 1, 2 })
        {
            var sick = Trained(0.5, behind: false, seed);
            Assert.HasCount(2, sick.Layers);
            Assert.IsTrue(sick.Layers.All(l => l is { ShareOutside: > 0.5, Median: < 0.8 }), Text(sick));
            var twin = Trained(0.5, behind: true, seed);
            Assert.IsTrue(twin.Layers.All(l => l is { ShareOutside: < 0.2, Median: > 0.8 and < 1.25 }), Text(twin));
            var plain = Trained(0, behind: false, seed);
            Assert.IsTrue(plain.Layers.All(l => l is { ShareOutside: < 0.2, Median: > 0.8 and < 1.25 }), Text(plain));
            // The order alone is no fault: in this small network the shift costs nothing, and the rule says nothing.
            foreach (var measured in new[] { sick, twin, plain })
                Assert.IsEmpty(new RuleEngine([new VarianceShift()]).Judge("", new Measurements().With(new NetworkProfile { Network = "Net", Recalibration = measured })).Findings, Text(measured));
        }
    }

    [TestMethod]
    public void Statistics_that_do_not_fit_cost_loss_and_are_found_by_the_rule()
    {
        var measured = Trained(0, behind: false, seed: 1, model =>
        {
            foreach (var buffer in model.named_buffers().Where(b => b.name.EndsWith("running_var", StringComparison.Ordinal)))
                buffer.buffer.mul_(buffer.name.StartsWith("bn2", StringComparison.Ordinal) ? 8 : 4);
        });
        var finding = new RuleEngine([new VarianceShift()]).Judge("", new Measurements().With(new NetworkProfile { Network = "Net", Recalibration = measured })).Findings.Single();
        Assert.AreEqual("bn2", finding.Subject.Name, Text(measured));
        Assert.AreEqual(0.51, measured.RecalibratedLoss, 0.1, Text(measured));
    }

    [TestMethod]
    public void Everything_is_afterwards_what_it_was_to_the_bit()
    {
        random.manual_seed(3);
        var model = new Mixed();
        var (x, y) = Data(64, 5);
        model.call(x).sum().backward();
        model.Norm.eval();
        model.Drop.train();
        var momentum = ((TorchSharp.Modules.BatchNorm1d)model.Norm).momentum;
        foreach (var fails in new[] { false, true })
        {
            var before = State(model);
            var calls = 0;
            Tensor Forward(Tensor input) => fails && ++calls > 3 ? throw new InvalidOperationException("planned") : model.call(input);
            var data = new RecalibrationData([x, x, x], x, y);
            if (fails)
                Assert.ThrowsExactly<InvalidOperationException>(() => Recalibration.Measure(model, Forward, Loss, data));
            else
                Assert.HasCount(2, Recalibration.Measure(model, Forward, Loss, data)!.Layers);
            CollectionAssert.AreEqual(before, State(model));
            Assert.AreEqual(momentum, ((TorchSharp.Modules.BatchNorm1d)model.Norm).momentum);
            CollectionAssert.AreEqual(new[] { true, false, true, true }, new[] { model.training, model.Norm.training, model.Drop.training, model.Hidden.training });
        }
    }

    [TestMethod]
    public void Layers_that_hooks_do_not_reach_are_measured_by_their_statistics()
    {
        random.manual_seed(3);
        var model = new Mixed();
        var (x, y) = Data(256, 5);
        using (no_grad())
            model.HiddenNorm.running_var!.fill_(100);
        var layers = Recalibration.Measure(model, model.call, Loss, new RecalibrationData([x], x, y))!.Layers;
        Assert.AreEqual("HiddenNorm", layers[1].Module);
        Assert.IsLessThan(0.1, layers[1].Median);
        Assert.AreEqual(1, layers[1].ShareOutside);
    }

    [TestMethod]
    public void Sums_and_means_of_losses_give_the_same_and_what_has_no_rows_has_no_error()
    {
        random.manual_seed(3);
        var model = new Mixed();
        var (x, y) = Data(300, 5);
        var data = new RecalibrationData([x], x, y);
        var mean = Recalibration.Measure(model, model.call, Loss, data)!;
        var sum = Recalibration.Measure(model, model.call, LossFunction.Of((a, b) => nn.functional.cross_entropy(a, b, reduction: nn.Reduction.Sum)), data)!;
        var rows = Recalibration.Measure(model, model.call, LossFunction.Of((a, b) => nn.functional.cross_entropy(a, b, reduction: nn.Reduction.None)), data)!;
        Assert.AreEqual(mean.Loss, sum.Loss, 1e-4);
        Assert.AreEqual(mean.Loss, rows.Loss, 1e-4);
        Assert.AreEqual(mean.StandardError, sum.StandardError, 1e-5);
        Assert.IsGreaterThan(0, mean.StandardError);
        Assert.IsTrue(double.IsNaN(Recalibration.Measure(model, model.call, LossFunction.Of((a, b) => (a.unsqueeze(0) - a.unsqueeze(1)).square().mean()), data)!.StandardError));
    }

    [TestMethod]
    public void Nothing_to_measure_is_null()
    {
        var (x, y) = Data(16, 5);
        Assert.IsNull(Recalibration.Measure(nn.Linear(8, 3), i => i, Loss, new RecalibrationData([x], x, y)));
        using var norm = nn.BatchNorm1d(8);
        Assert.IsNull(Recalibration.Measure(norm, norm.call, Loss, new RecalibrationData([], x, y)));
        Assert.IsNull(Recalibration.Measure(nn.BatchNorm1d(8, track_running_stats: false), i => i, Loss, new RecalibrationData([x], x, y)));
        Assert.ThrowsExactly<ArgumentException>(() => Recalibration.Measure(norm, norm.call, Loss, new RecalibrationData([x], null!, y)));
    }

    private static LossFunction Loss => LossFunction.Of(nn.CrossEntropyLoss());

    private static string Text(RecalibrationProfile p) =>
        $"loss {p.Loss:0.####} -> {p.RecalibratedLoss:0.####} (se {p.StandardError:0.####}); {string.Join(", ", p.Layers.Select(l => $"{l.Module} {l.Median:0.###} {l.ShareOutside:0.##}"))}";

    private static (Tensor X, Tensor Y) Data(int rows, int seed)
    {
        var generator = new Random(seed);
        var (x, y) = (new float[rows * 8], new long[rows]);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < 8; j++)
                x[i * 8 + j] = (float)(generator.NextDouble() * 4 - 2);
            var score = x[i * 8] * x[i * 8 + 1] + Math.Sin(2 * x[i * 8 + 2]) + x[i * 8 + 3] + 0.5 * (generator.NextDouble() - 0.5);
            y[i] = score < -0.7 ? 0 : score < 0.7 ? 1 : 2;
        }

        return (tensor(x).reshape(rows, 8), tensor(y));
    }

    // fc, relu, dropout, norm, twice; its twin has the dropout behind the last normalisation.
    private static RecalibrationProfile Trained(double p, bool behind, int seed, Action<nn.Module>? spoil = null)
    {
        random.manual_seed(seed);
        nn.Module<Tensor, Tensor> Drop(bool here) => here && p > 0 ? nn.Dropout(p) : nn.Identity();
        using var model = nn.Sequential(
            ("fc1", nn.Linear(8, 48)), ("relu1", nn.ReLU()), ("drop1", Drop(!behind)), ("bn1", nn.BatchNorm1d(48)),
            ("fc2", nn.Linear(48, 48)), ("relu2", nn.ReLU()), ("drop2", Drop(!behind)), ("bn2", nn.BatchNorm1d(48)), ("drop3", Drop(behind)),
            ("fc3", nn.Linear(48, 3)));
        using var optimizer = optim.Adam(model.parameters(), 0.003);
        var (x, y) = Data(1024, 1);
        var batches = Enumerable.Range(0, 16).Select(i => (X: x.narrow(0, i * 64, 64), Y: y.narrow(0, i * 64, 64))).ToArray();
        using var loss = nn.CrossEntropyLoss();
        for (var step = 0; step < 320; step++)
        {
            using var scope = NewDisposeScope();
            var (bx, by) = batches[step * 7 % 16];
            optimizer.zero_grad();
            loss.call(model.call(bx), by).backward();
            optimizer.step();
        }

        using (no_grad())
            spoil?.Invoke(model);
        var (hx, hy) = Data(1000, 2);
        return Recalibration.Measure(model, model.call, Loss, new RecalibrationData([.. batches.Select(b => b.X)], hx, hy))!;
    }

    // Modes, buffers, parameters, gradients and the random state, as bytes.
    private static byte[] State(nn.Module model)
    {
        var bytes = new List<byte>();
        foreach (var tensor in model.parameters().Select(p => p.detach()).Concat(model.buffers()).Concat(model.parameters().Select(p => p.grad!).Where(g => g is not null)).Append(random.get_rng_state()))
            bytes.AddRange(tensor.bytes);
        return [.. bytes];
    }

    private sealed class Mixed : nn.Module<Tensor, Tensor>
    {
        public readonly nn.Module<Tensor, Tensor> Norm = nn.BatchNorm1d(8);
        public readonly nn.Module<Tensor, Tensor> Drop = nn.Dropout();
        public readonly nn.Module<Tensor, Tensor> Hidden = nn.Linear(8, 8);
        public readonly TorchSharp.Modules.BatchNorm1d HiddenNorm = nn.BatchNorm1d(8);
        public readonly nn.Module<Tensor, Tensor> Last = nn.Linear(8, 3);

        public Mixed()
            : base("mixed") => RegisterComponents();

        // HiddenNorm is run by forward: hooks do not see it.
        public override Tensor forward(Tensor input) => Last.call(HiddenNorm.forward(Hidden.call(Drop.call(Norm.call(input)))));
    }
}
