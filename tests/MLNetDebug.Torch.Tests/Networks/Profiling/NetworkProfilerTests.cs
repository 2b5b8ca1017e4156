using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Losses;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Networks.Profiling;

[TestClass]
public sealed class NetworkProfilerTests
{
    [TestInitialize]
    public void Seed() => random.manual_seed(7);

    [TestMethod]
    public void Sequential_GivesModulesInOrderAndOneChainOfValues()
    {
        using var model = Sequential(("fc1", Linear(8, 16)), ("relu1", ReLU()), ("fc2", Linear(16, 3)));
        var profile = Profile(model, rand(32, 8), randint(3, 32));
        CollectionAssert.AreEqual(new[] { "fc1", "relu1", "fc2", "" }, profile.Calls.Select(c => c.Module).ToArray());
        var flow = new NetworkFlow(profile);
        CollectionAssert.AreEqual(new[] { "fc2", "relu1", "fc1" }, flow.Chain(profile.Loss!.InputValue!.Value).Select(s => s.Module?.Name).OfType<string>().ToArray());
        Assert.AreEqual(ValueSource.Input, flow.Chain(profile.Loss.InputValue.Value).Last().Source);
        Assert.AreEqual(32, profile.BatchSize);
    }

    [TestMethod]
    public void FunctionalCode_IsNamedByItsNumbers()
    {
        using var model = new Functional();
        var profile = Profile(model, randn(16, 1, 12, 12), randint(10, 16));
        var flow = new NetworkFlow(profile);
        var operations = flow.Chain(profile.Loss!.InputValue!.Value).Where(s => s.Operation is not null).Select(s => s.Operation!.Name).ToArray();
        CollectionAssert.AreEqual(new[] { "log_softmax", "tanh", "relu", "max_pool2d" }, operations);
        Assert.AreEqual("", flow.Before(profile.Loss.InputValue.Value).Operation!.Within);
    }

    [TestMethod]
    [DataRow("relu")]
    [DataRow("tanh")]
    [DataRow("sigmoid")]
    [DataRow("gelu")]
    [DataRow("silu")]
    [DataRow("leaky_relu")]
    [DataRow("softmax")]
    [DataRow("log_softmax")]
    [DataRow("dropout")]
    [DataRow("soft_cap")]
    [DataRow("scale")]
    [DataRow("add")]
    [DataRow("view")]
    [DataRow("transpose")]
    [DataRow("slice")]
    [DataRow("layer_norm")]
    [DataRow("rms_norm")]
    public void Operation_OfEachKind_IsNamed(string name)
    {
        Func<Tensor, Tensor> code = name switch
        {
            "relu" => x => x.relu(),
            "tanh" => x => x.tanh(),
            "sigmoid" => x => x.sigmoid(),
            "gelu" => x => functional.gelu(x),
            "silu" => x => functional.silu(x),
            "leaky_relu" => x => functional.leaky_relu(x, 0.2),
            "softmax" => x => functional.softmax(x, 1),
            "log_softmax" => x => functional.log_softmax(x, 1),
            "dropout" => x => functional.dropout(x, 0.4, training: true),
            "soft_cap" => x => 3 * (x / 3).tanh(),
            "scale" => x => x / 7,
            "add" => x => x + _kept!,
            "view" => x => x.view(-1, 4, 4),
            "transpose" => x => x.transpose(0, 1),
            "slice" => x => x[TensorIndex.Ellipsis, TensorIndex.Slice(2, 10)],
            "layer_norm" => x => functional.layer_norm(x, [16]),
            _ => x => x / (x * x).mean([1], keepdim: true).sqrt(),
        };
        using var model = new Code(x => _kept = x, code);
        var profile = Profile(model, randn(24, 8), null);
        var made = profile.Values[^1];
        Assert.AreEqual(name, made.Operation?.Name);
    }

    [TestMethod]
    public void FunctionThatChangesNothingHere_IsNotNamed()
    {
        using var model = new Code(_ => { }, x => functional.hardtanh(x * 0.01, -1, 1));
        Assert.AreEqual("scale", Profile(model, randn(24, 8), null).Values[^1].Operation?.Name);
        using var positive = new Code(_ => { }, x => (x.abs() + 1).relu());
        Assert.AreNotEqual("relu", Profile(positive, randn(24, 8), null).Values[^1].Operation?.Name);
    }

    [TestMethod]
    public void ReluThatLetsNothingThrough_IsNamed()
    {
        using var model = new DeadEnd();
        var made = Profile(model, randn(24, 8), null).Values[^1];
        Assert.AreEqual(0, made.Facts.Max);
        Assert.AreEqual("relu", made.Operation?.Name);
    }

    [TestMethod]
    public void SoftmaxOverOne_IsNamedThoughItsResultIsConstant()
    {
        using var model = new OneOutput();
        var profile = Profile(model, randn(24, 8), null);
        Assert.AreEqual("softmax", profile.Values[^1].Operation?.Name);
        Assert.AreEqual(1, profile.Values[^1].Operation?.Dimension);
    }

    [TestMethod]
    public void UnexplainedCode_StaysUnnamed()
    {
        using var model = new Code(_ => { }, x => (x * 3).sin() * x.cos());
        Assert.IsNull(Profile(model, randn(24, 8), null).Values[^1].Operation);
    }

    [TestMethod]
    public void ChildrenCalledByForward_AreListedAsNotSeen()
    {
        using var model = new ByForward();
        var profile = Profile(model, rand(16, 8), randint(3, 16));
        CollectionAssert.AreEqual(new[] { false, false, false }, profile.Modules.Where(m => m.Name.Length > 0).Select(m => m.IsSeen).ToArray());
        Assert.IsTrue(profile.Modules.Single(m => m.Name == "bn1").StatisticsMoved);
        Assert.HasCount(6, profile.Parameters);
    }

    [TestMethod]
    public void Residual_IsAnAdditionOfBothBranches()
    {
        using var model = new Residual();
        var profile = Profile(model, randn(16, 8), null);
        var add = profile.Values.Select(v => v.Operation).OfType<FunctionalOperation>().Single(o => o.Name == "add");
        Assert.HasCount(2, add.Of);
        Assert.AreEqual(ValueSource.Input, profile.Values[add.Of[0]].Source);
    }

    [TestMethod]
    public void RmsNormOfTheUsersOwn_IsToldByItsNumbers()
    {
        using var model = Sequential(("fc1", Linear(8, 16)), ("norm1", new RootMeanSquareNorm(16)), ("fc2", Linear(16, 3)));
        var profile = Profile(model, randn(16, 8), randint(3, 16));
        Assert.AreEqual(ModuleKind.RowNorm, profile.Modules.Single(m => m.Name == "norm1").Kind);
        Assert.AreEqual(ParameterRole.Scale, profile.Parameters.Single(p => p.Name == "norm1.weight").Role);
    }

    [TestMethod]
    public void ZeroWeights_AreTried()
    {
        using var dead = Sequential(("fc1", Linear(8, 16)), ("relu", ReLU()), ("fc2", Linear(16, 16)), ("relu2", ReLU()), ("fc3", Linear(16, 3)));
        using (no_grad())
        {
            foreach (var (_, p) in dead.named_parameters())
                p.zero_();
        }

        var trials = Profile(dead, randn(32, 8), randint(3, 32)).Parameters.Where(p => p.Facts.Rank == 2).Select(p => p.Trial!).ToArray();
        Assert.IsTrue(trials.All(t => t.UnitsAlike && !t.Moved));
        using var regression = Sequential(("fc", Linear(8, 3)));
        using (no_grad())
            regression.parameters().First().zero_();
        Assert.IsFalse(Profile(regression, randn(32, 8), randint(3, 32)).Parameters[0].Trial!.UnitsAlike);
    }

    [TestMethod]
    public void ConstantWeights_StayAlike_AlsoWithinTheGatesOfALstm()
    {
        using var lstm = new SequenceClassifier();
        using (no_grad())
        {
            foreach (var (_, p) in lstm.named_parameters())
                p.fill_(0.1);
        }

        var profile = Profile(lstm, randn(8, 5, 4), randint(3, 8));
        Assert.IsTrue(profile.Parameters.Single(p => p.Name == "lstm.weight_ih_l0").Trial!.UnitsAlike);
        Assert.IsFalse(profile.Parameters.Single(p => p.Name == "head.weight").Trial!.UnitsAlike);
    }

    [TestMethod]
    public void SeveralInputs_AreFollowed()
    {
        using var model = new TwoInputs();
        var (a, b) = (randn(16, 4), randn(16, 6));
        var profile = NetworkProfiler.Profile(new NetworkUnderCheck(model, () => model.call(a, b), LossFunction.Of(CrossEntropyLoss()), randint(3, 16), null, null));
        Assert.AreEqual(2, profile.Values.Count(v => v.Source == ValueSource.Input));
        Assert.AreEqual(16, profile.BatchSize);
    }

    [TestMethod]
    public void FailingForward_IsOneSentenceWithPlaceAndShapes()
    {
        using var model = Sequential(("fc1", Linear(8, 16)), ("fc2", Linear(10, 3)));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Profile(model, rand(32, 8), null));
        Assert.Contains("failed in `fc2` (Linear), which was given [32, 16] Float32", error.Message);
        Assert.DoesNotContain("\n", error.Message);
        // Nothing is left listening.
        using var shorter = model[0].call(rand(2, 8));
        Assert.AreEqual(16, shorter.shape[1]);
    }

    private Tensor? _kept;

    private static NetworkProfile Profile(nn.Module<Tensor, Tensor> model, Tensor input, Tensor? target) => NetworkProfiler.Profile(
        new NetworkUnderCheck(model, () => model.call(input), target is null ? null : LossFunction.Of(CrossEntropyLoss()), target, null, null) { Inputs = [input] });

    private sealed class Functional : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1 = Conv2d(1, 4, 3);
        private readonly Linear fc1 = Linear(100, 10);

        public Functional()
            : base(nameof(Functional)) => RegisterComponents();

        public override Tensor forward(Tensor x) =>
            functional.log_softmax(fc1.call(functional.max_pool2d(conv1.call(x), 2).relu().flatten(1)).tanh(), 1);
    }

    private sealed class Code : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc1 = Linear(8, 16);
        private readonly Linear fc2 = Linear(16, 16);
        private readonly Action<Tensor> _keep;
        private readonly Func<Tensor, Tensor> _code;

        public Code(Action<Tensor> keep, Func<Tensor, Tensor> code)
            : base(nameof(Code))
        {
            (_keep, _code) = (keep, code);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var y = fc1.call(x);
            _keep(y);
            return _code(fc2.call(y));
        }
    }

    private sealed class OneOutput : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc1 = Linear(8, 1);

        public OneOutput()
            : base(nameof(OneOutput)) => RegisterComponents();

        public override Tensor forward(Tensor x) => functional.softmax(fc1.call(x), 1);
    }

    private sealed class DeadEnd : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc1 = Linear(8, 4);

        public DeadEnd()
            : base(nameof(DeadEnd))
        {
            using (no_grad())
                fc1.bias!.fill_(-50);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => fc1.call(x).relu();
    }

    private sealed class ByForward : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc1 = Linear(8, 16);
        private readonly BatchNorm1d bn1 = BatchNorm1d(16);
        private readonly Linear fc2 = Linear(16, 3);

        public ByForward()
            : base(nameof(ByForward)) => RegisterComponents();

        public override Tensor forward(Tensor x) => fc2.forward(bn1.forward(fc1.forward(x)).relu());
    }

    private sealed class Residual : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc1 = Linear(8, 8);
        private readonly Linear fc2 = Linear(8, 3);

        public Residual()
            : base(nameof(Residual)) => RegisterComponents();

        public override Tensor forward(Tensor x) => fc2.call(x + fc1.call(x));
    }

    private sealed class RootMeanSquareNorm : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter weight;

        public RootMeanSquareNorm(int width)
            : base(nameof(RootMeanSquareNorm))
        {
            weight = Parameter(ones(width));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => x * (x.pow(2).mean([-1], keepdim: true) + 1e-6).rsqrt() * weight;
    }

    private sealed class SequenceClassifier : nn.Module<Tensor, Tensor>
    {
        private readonly LSTM lstm = LSTM(4, 8, batchFirst: true);
        private readonly Linear head = Linear(8, 3);

        public SequenceClassifier()
            : base(nameof(SequenceClassifier)) => RegisterComponents();

        public override Tensor forward(Tensor x) => head.call(lstm.call(x).Item1[TensorIndex.Colon, -1]);
    }

    private sealed class TwoInputs : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly Linear left = Linear(4, 8);
        private readonly Linear right = Linear(6, 8);
        private readonly Linear head = Linear(8, 3);

        public TwoInputs()
            : base(nameof(TwoInputs)) => RegisterComponents();

        public override Tensor forward(Tensor a, Tensor b) => head.call((left.call(a) + right.call(b)).relu());
    }
}
