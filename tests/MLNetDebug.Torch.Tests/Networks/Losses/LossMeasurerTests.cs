using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Losses;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Networks.Losses;

[TestClass]
public sealed class LossMeasurerTests
{
    private static readonly Tensor Logits = randn([64, 5], generator: new Generator(3));
    private static readonly Tensor Labels = arange(64, dtype: int64).remainder(5);
    private static readonly Tensor Probabilities = F.softmax(Logits, 1);
    private static readonly Tensor SoftTargets = F.softmax(randn([64, 5], generator: new Generator(4)), 1);
    private static readonly Tensor Truths = randint(0, 2, [64, 5], generator: new Generator(5)).to(float32);

    [TestMethod]
    public void Modules_tell_what_they_are()
    {
        Is(LossKind.CrossEntropy, LossReduction.Mean, nn.CrossEntropyLoss(), Logits, Labels, "CrossEntropyLoss");
        Is(LossKind.NegativeLogLikelihood, LossReduction.Sum, nn.NLLLoss(reduction: nn.Reduction.Sum), Logits, Labels, "NLLLoss");
        Is(LossKind.BinaryCrossEntropy, LossReduction.None, nn.BCELoss(reduction: nn.Reduction.None), Probabilities, Truths, "BCELoss");
        Is(LossKind.BinaryCrossEntropyWithLogits, LossReduction.Mean, nn.BCEWithLogitsLoss(), Logits, Truths, "BCEWithLogitsLoss");
        Is(LossKind.MeanSquaredError, LossReduction.Mean, nn.MSELoss(), Logits, Truths, "MSELoss");
        Is(LossKind.AbsoluteError, LossReduction.Mean, nn.L1Loss(), Logits, Truths, "L1Loss");
        Is(LossKind.Huber, LossReduction.Mean, nn.HuberLoss(), Logits, Truths, "HuberLoss");
        Is(LossKind.Huber, LossReduction.Mean, nn.SmoothL1Loss(), Logits, Truths, "SmoothL1Loss");
        Is(LossKind.Other, LossReduction.Mean, nn.SoftMarginLoss(), Logits, Truths, "SoftMarginLoss");
        Assert.IsTrue(Is(LossKind.KullbackLeibler, LossReduction.Mean, nn.KLDivLoss(), Logits, SoftTargets, "KLDivLoss").LogTarget);
    }

    [TestMethod]
    public void Functions_are_found_by_their_numbers()
    {
        using var logs = F.log_softmax(Logits, 1);
        foreach (var reduction in new[] { nn.Reduction.Mean, nn.Reduction.Sum, nn.Reduction.None })
        {
            var expected = reduction switch { nn.Reduction.Mean => LossReduction.Mean, nn.Reduction.Sum => LossReduction.Sum, _ => LossReduction.None };
            Finds("cross_entropy", LossKind.CrossEntropy, expected, (x, y) => F.cross_entropy(x, y, reduction: reduction), Logits, Labels);
            Finds("cross_entropy", LossKind.CrossEntropy, expected, (x, y) => F.cross_entropy(x, y, reduction: reduction), Probabilities, Labels);
            Finds("cross_entropy", LossKind.CrossEntropy, expected, (x, y) => F.cross_entropy(x, y, reduction: reduction), Logits, SoftTargets);
            Finds("nll_loss", LossKind.NegativeLogLikelihood, expected, (x, y) => F.nll_loss(x, y, reduction: reduction), logs, Labels);
            Finds("nll_loss", LossKind.NegativeLogLikelihood, expected, (x, y) => F.nll_loss(x, y, reduction: reduction), Logits, Labels);
            Finds("binary_cross_entropy", LossKind.BinaryCrossEntropy, expected, (x, y) => F.binary_cross_entropy(x, y, reduction: reduction), Probabilities, Truths);
            Finds("binary_cross_entropy_with_logits", LossKind.BinaryCrossEntropyWithLogits, expected, (x, y) => F.binary_cross_entropy_with_logits(x, y, reduction: reduction), Logits, Truths);
            Finds("mse_loss", LossKind.MeanSquaredError, expected, (x, y) => F.mse_loss(x, y, reduction), Logits, SoftTargets);
            Finds("l1_loss", LossKind.AbsoluteError, expected, (x, y) => F.l1_loss(x, y, reduction), Logits, SoftTargets);
            Finds("smooth_l1_loss", LossKind.Huber, expected, (x, y) => F.huber_loss(x, y, 1, reduction), Logits, SoftTargets);
            Assert.IsFalse(Finds("kl_div", LossKind.KullbackLeibler, expected, (x, y) => F.kl_div(x, y, false, reduction), logs, SoftTargets).LogTarget);
            Assert.IsTrue(Finds("kl_div", LossKind.KullbackLeibler, expected, (x, y) => F.kl_div(x, y, true, reduction), logs, SoftTargets).LogTarget);
        }
    }

    [TestMethod]
    public void Hand_written_losses_are_found_too()
    {
        Finds("mse_loss", LossKind.MeanSquaredError, LossReduction.Mean, (x, y) => (x - y).square().mean(), Logits, SoftTargets);
        Finds("cross_entropy", LossKind.CrossEntropy, LossReduction.Mean, (x, y) => -(y * F.log_softmax(x, 1)).sum(1).mean(), Logits, SoftTargets);
        using var logs = F.log_softmax(Logits, 1);
        Finds("kl_div", LossKind.KullbackLeibler, LossReduction.Unknown, (x, y) => F.kl_div(x, y, false, nn.Reduction.Sum) / x.shape[0], logs, SoftTargets);
    }

    [TestMethod]
    public void What_nothing_explains_is_unknown()
    {
        Assert.AreEqual(LossKind.Unknown, Measure((x, y) => F.mse_loss(x, y) * 0.5f, Logits, SoftTargets).Kind);
        Assert.AreEqual(LossKind.Unknown, Measure((x, y) => F.nll_loss(x.log(), y), Probabilities, Labels).Kind);
        Assert.AreEqual(LossKind.Unknown, Measure((x, y) => F.mse_loss(x, x), Logits, SoftTargets).Kind);
        Assert.AreEqual(LossKind.Unknown, Measure((x, y) => (x.sum() * 0f / 0f), Logits, SoftTargets).Kind);
        Assert.AreEqual("loss", Measure((x, y) => x.sum(), Logits, Labels).Name);
    }

    [TestMethod]
    public void A_module_of_the_users_own_keeps_its_name()
    {
        using var loss = new OwnLoss();
        var profile = LossMeasurer.Measure(LossFunction.Of(loss), Logits, Labels, out var value);
        value!.Dispose();
        Assert.AreEqual(("OwnLoss", LossKind.CrossEntropy, true), (profile.Name, profile.Kind, profile.IsModule));
    }

    [TestMethod]
    public void The_value_and_its_graph_are_handed_on()
    {
        using var x = Logits.clone().requires_grad_();
        using var loss = nn.CrossEntropyLoss();
        var profile = LossMeasurer.Measure(LossFunction.Of(loss), x, Labels, out var value);
        value!.backward();
        Assert.IsNotNull(x.grad);
        Assert.AreEqual(value.ToDouble(), profile.Value);
        Assert.AreEqual(value.ToDouble(), profile.MeanLoss);
        value.Dispose();
    }

    [TestMethod]
    public void What_it_throws_is_one_line()
    {
        var profile = Measure(nn.BCELoss(), Logits, Truths);
        Assert.AreEqual(LossKind.BinaryCrossEntropy, profile.Kind);
        Assert.Contains("all elements of input should be between 0 and 1", profile.Error!);
        Assert.DoesNotContain("\n", profile.Error!);
        Assert.IsTrue(double.IsNaN(profile.Value));
        Assert.IsLessThan(0, profile.Input.Min);
        Assert.AreEqual(LossKind.BinaryCrossEntropy, Measure((x, y) => F.binary_cross_entropy(x, y), Logits, Truths).Kind);
        Assert.AreEqual(LossKind.Unknown, Measure((x, y) => throw new InvalidOperationException("one\ntwo"), Logits, Truths).Kind);
        Assert.AreEqual("InvalidOperationException: one", Measure((x, y) => throw new InvalidOperationException("one\ntwo"), Logits, Truths).Error);
        Assert.IsNotNull(Measure(nn.CrossEntropyLoss(), Logits, Truths.to(int64)).Error);
        Assert.IsNotNull(Measure(nn.CrossEntropyLoss(), Logits, full(64, 7, dtype: int64)).Error);
    }

    [TestMethod]
    public void Rows_are_read_as_distributions()
    {
        var profile = Measure(nn.NLLLoss(), Probabilities, Labels);
        Assert.AreEqual((1, 5L, 64L, true, false), (profile.InputRows!.Dimension, profile.InputRows.Classes, profile.InputRows.Rows, profile.InputRows.IsProbabilities, profile.InputRows.IsLogProbabilities));
        Assert.AreEqual(5, profile.Classes);
        Assert.IsNull(profile.TargetRows);
        using var pixels = F.log_softmax(randn(3, 4, 6, 7), 1);
        var logs = Measure(nn.KLDivLoss(), pixels, pixels);
        Assert.IsTrue(logs.InputRows!.IsLogProbabilities && logs.TargetRows!.IsLogProbabilities);
        Assert.AreEqual((4L, 126L), (logs.InputRows.Classes, logs.InputRows.Rows));
        using var wide = F.softmax(randn(6000, 300), 1);
        Assert.IsTrue(Measure(nn.NLLLoss(), wide, zeros(6000, dtype: int64)).InputRows!.IsProbabilities);
    }

    [TestMethod]
    public void The_constant_loss_is_that_of_the_best_constant()
    {
        Assert.AreEqual(LabelEntropy(), Measure(nn.CrossEntropyLoss(), Logits, Labels).ConstantLoss, 1e-9);
        using var smoothed = new global::TorchSharp.Modules.CrossEntropyLoss(label_smoothing: 0.1);
        Assert.IsGreaterThan(LabelEntropy(), Measure(smoothed, Logits, Labels).ConstantLoss);
        // A constant input can do no better, and the best one does as well.
        using var mean = SoftTargets.mean([0L], keepdim: true).log().expand(64, 5);
        var soft = Measure(nn.CrossEntropyLoss(), mean, SoftTargets);
        Assert.AreEqual(soft.Value, soft.ConstantLoss, 1e-5);
        using var rates = Truths.mean([0L], keepdim: true).expand(64, 5);
        var binary = Measure(nn.BCELoss(), rates, Truths);
        Assert.AreEqual(binary.Value, binary.ConstantLoss, 1e-5);
        var squared = Measure(nn.MSELoss(), rates, Truths);
        Assert.AreEqual(squared.Value, squared.ConstantLoss, 1e-5);
        using var weight = tensor(new[] { 1f, 2, 3, 4, 5 });
        using var counts = tensor(new[] { 13f, 13, 13, 13, 12 });
        using var constant = (weight * counts).log().expand(64, 5);
        var weighted = Measure(nn.CrossEntropyLoss(weight), constant, Labels);
        Assert.AreEqual(weighted.Value, weighted.ConstantLoss, 1e-5);
        Assert.IsTrue(weighted.HasClassWeights);
    }

    [TestMethod]
    public void The_mean_loss_does_not_depend_on_the_reduction()
    {
        using var labels = Labels.clone();
        labels[0] = -100;
        using var weight = tensor(new[] { 1f, 2, 3, 4, 5 });
        Alike(r => nn.CrossEntropyLoss(reduction: r), Logits, labels);
        Alike(r => nn.CrossEntropyLoss(weight, reduction: r), Logits, labels);
        Alike(r => nn.BCEWithLogitsLoss(reduction: r), Logits, Truths);
        Alike(r => nn.MSELoss(r), Logits, Truths);
        Alike(r => nn.CrossEntropyLoss(reduction: r), Logits, SoftTargets);
        using var logs = F.log_softmax(Logits, 1);
        Alike(r => nn.KLDivLoss(false, r), logs, SoftTargets);
    }

    [TestMethod]
    public void Saturated_logits_show()
    {
        using var far = F.one_hot(Labels, 5).to(float32) * 20;
        var profile = Measure(nn.CrossEntropyLoss(), far, Labels);
        Assert.AreEqual((1.0, 20.0, 0.0), (profile.ZeroLossShare, profile.MedianMargin, profile.Value));
        using var near = F.one_hot(Labels, 5).to(float32) * 14;
        Assert.AreEqual(0, Measure(nn.CrossEntropyLoss(), near, Labels).ZeroLossShare);
        using var each = nn.CrossEntropyLoss(reduction: nn.Reduction.None);
        using var mixed = Logits * 12;
        using var values = each.call(mixed, Labels);
        using var zeros = values.eq(0).to(float32).mean();
        Assert.AreEqual(zeros.ToDouble(), Measure(each, mixed, Labels).ZeroLossShare, 1e-9);
    }

    [TestMethod]
    public void Nothing_is_left_and_chance_is_not_touched()
    {
        using var loss = nn.CrossEntropyLoss();
        using var before = random.get_rng_state();
        void All()
        {
            foreach (var (x, y) in new[] { (Logits, Labels), (Logits, SoftTargets), (Probabilities, Truths) })
            {
                foreach (var f in new Func<Tensor, Tensor, Tensor>[] { loss.call, (a, b) => a.mean(), (a, b) => throw new InvalidOperationException() })
                {
                    LossMeasurer.Measure(LossFunction.Of(f), x, y, out var value);
                    value?.Dispose();
                }
            }
        }

        All();
        var count = TensorCount.Settled();
        All();
        Assert.AreEqual(count, Tensor.TotalCount);
        using var after = random.get_rng_state();
        Assert.IsTrue(before.bytes.SequenceEqual(after.bytes));
    }

    [TestMethod]
    public void A_loss_that_is_watched_is_measured_by_what_it_watches()
    {
        var watched = DiagnosedLoss.Wrap(nn.CrossEntropyLoss());
        Assert.AreEqual("CrossEntropyLoss", Measure(watched, Probabilities, Labels).Name);
        Assert.AreEqual(0, watched.Calls);
        Assert.AreEqual("functional.mse_loss", Measure(DiagnosedLoss.Wrap((x, y) => F.mse_loss(x, y)), Logits, SoftTargets).Name);
    }

    [TestMethod]
    public void Targets_have_percentiles_unless_they_are_indices()
    {
        using var ramp = arange(0, 101, dtype: float32).reshape(101, 1);
        using var zeros = torch.zeros(101, 1);
        Assert.IsTrue(Measure(nn.MSELoss(), zeros, ramp).TargetPercentiles.SequenceEqual(Enumerable.Range(0, 101).Select(p => (double)p)));
        Assert.IsEmpty(Measure(nn.CrossEntropyLoss(), Logits, Labels).TargetPercentiles);
    }

    [TestMethod]
    public void Empty_and_odd_inputs_are_survived()
    {
        foreach (var (x, y) in new[] { (zeros(0, 5), zeros(0, dtype: int64)), (zeros(5), tensor(2L)), (tensor(1f), tensor(2f)), (zeros(3, 5, dtype: int64), zeros(3)), (zeros(3, 0), zeros(3, dtype: int64)), (full(3, 5, float.NaN), zeros(3, dtype: int64)) })
        {
            foreach (var loss in new nn.Module<Tensor, Tensor, Tensor>[] { nn.CrossEntropyLoss(), nn.NLLLoss(), nn.BCELoss(), nn.MSELoss(), nn.KLDivLoss() })
                Measure(loss, x, y);
            Measure((a, b) => a.to(float32).sum() + 1, x, y);
        }
    }

    private static double LabelEntropy() => -((4 * 13.0 / 64 * Math.Log(13.0 / 64)) + (12.0 / 64 * Math.Log(12.0 / 64)));

    private static void Alike(Func<nn.Reduction, nn.Module<Tensor, Tensor, Tensor>> loss, Tensor x, Tensor y)
    {
        var mean = Measure(loss(nn.Reduction.Mean), x, y).MeanLoss;
        Assert.AreEqual(mean, Measure(loss(nn.Reduction.Sum), x, y).MeanLoss, 1e-5 * Math.Abs(mean));
        Assert.AreEqual(mean, Measure(loss(nn.Reduction.None), x, y).MeanLoss, 1e-5 * Math.Abs(mean));
    }

    private static LossProfile Is(LossKind kind, LossReduction reduction, nn.Module<Tensor, Tensor, Tensor> loss, Tensor x, Tensor y, string name)
    {
        var profile = Measure(loss, x, y);
        Assert.AreEqual((kind, reduction, name, true), (profile.Kind, profile.Reduction, profile.Name, profile.IsModule));
        return profile;
    }

    private static LossProfile Finds(string name, LossKind kind, LossReduction reduction, Func<Tensor, Tensor, Tensor> loss, Tensor x, Tensor y)
    {
        var profile = Measure(loss, x, y);
        Assert.AreEqual((kind, reduction, $"functional.{name}", false), (profile.Kind, profile.Reduction, profile.Name, profile.IsModule));
        return profile;
    }

    private static LossProfile Measure(nn.Module<Tensor, Tensor, Tensor> loss, Tensor x, Tensor y)
    {
        var profile = LossMeasurer.Measure(LossFunction.Of(loss), x, y, out var value);
        value?.Dispose();
        return profile;
    }

    private static LossProfile Measure(Func<Tensor, Tensor, Tensor> loss, Tensor x, Tensor y)
    {
        var profile = LossMeasurer.Measure(LossFunction.Of(loss), x, y, out var value);
        value?.Dispose();
        return profile;
    }

    private sealed class OwnLoss() : nn.Module<Tensor, Tensor, Tensor>("own")
    {
        public override Tensor forward(Tensor input, Tensor target) => F.cross_entropy(input, target);
    }
}
