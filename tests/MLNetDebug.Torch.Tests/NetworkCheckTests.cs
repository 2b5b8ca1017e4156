using Microsoft.ML;
using MLNetDebug.Torch.Zoo.Fuzz;
using MLNetDebug.Zoo.Fuzz;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests;

[TestClass]
public sealed class NetworkCheckTests
{
    [TestMethod]
    [DataRow("mlp")]
    [DataRow("cnn")]
    [DataRow("lstm")]
    [DataRow("zero weights")]
    public void TrainingAfterACheck_IsTheSameToTheBit(string network)
    {
        var checkedRun = Train(network, isChecked: true);
        var plain = Train(network, isChecked: false);
        for (var i = 0; i < plain.Length; i++)
            Assert.IsTrue(plain[i].SequenceEqual(checkedRun[i]), $"tensor {i}");
    }

    [TestMethod]
    public void GradientsAndModes_ThatWereThereStay()
    {
        var (fc1, bn1, fc2) = (Linear(4, 4), BatchNorm1d(4), Linear(4, 2));
        using var model = Sequential(("fc1", fc1), ("bn1", bn1), ("fc2", fc2));
        using (no_grad())
            fc1.weight.fill_(0.5);
        bn1.eval();
        using var x = randn(16, 4);
        using var y = randint(2, 16);
        functional.cross_entropy(model.call(x), y).backward();
        fc2.bias!.grad = null;
        var before = model.parameters().Select(p => p.grad?.clone()).ToArray();
        NetworkCheck.Run(model, null, CrossEntropyLoss(), (x, y));
        var after = model.parameters().Select(p => p.grad).ToArray();
        for (var i = 0; i < before.Length; i++)
            Assert.IsTrue(before[i] is null ? after[i] is null : before[i]!.bytes.SequenceEqual(after[i]!.bytes));
        Assert.IsFalse(bn1.training);
        Assert.IsTrue(model.training && fc1.training);
    }

    [TestMethod]
    public void Checks_LeaveNoTensorsBehind()
    {
        using var model = Build("cnn");
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        using var loss = CrossEntropyLoss();
        using var x = randn(16, 1, 12, 12);
        using var y = randint(3, 16);
        NetworkCheck.Run(model, optimizer, loss, (x, y));
        Settle();
        var before = TensorCount.Settled();
        for (var i = 0; i < 20; i++)
            NetworkCheck.Run(model, optimizer, loss, (x, y));
        Settle();
        Assert.AreEqual(before, Tensor.TotalCount);
    }

    [TestMethod]
    [DataRow(ScalarType.Float32)]
    [DataRow(ScalarType.Float64)]
    public void Check_LeavesNoTensorToTheFinalizer(ScalarType type)
    {
        // Rows that do not lie in order, normalisation, and all that is measured of a trained network.
        using var model = Sequential(("fc1", Linear(4, 8)), ("bn1", BatchNorm1d(8)), ("tanh", Tanh()), ("drop", Dropout(0.1)), ("fc2", Linear(8, 2)));
        model.to(type);
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        using var loss = CrossEntropyLoss();
        using var columns = randn(4, 16, type);
        using var x = columns.t();
        using var y = randint(2, 16);
        TensorCount.AssertLeft(
            () => { },
            () => NetworkCheck.Run(model, optimizer, loss, (x, y), new() { Recalibration = new RecalibrationData([x, x], x, y) }));
    }

    [TestMethod]
    public void RandomNetworks_GiveAReportOrOneSentence_AndAreLeftAsTheyWere()
    {
        var outcomes = Enumerable.Range(100_000, 200).Select(FuzzNetwork.Of).ToArray();
        Assert.AreEqual(string.Empty, string.Join("\n", outcomes.Where(o => o.Kind == FuzzOutcome.Other).Select(o => $"seed {o.Seed}: {o.Detail}")));
        Assert.IsGreaterThan(100, outcomes.Count(o => o.Kind == "report"));
    }

    [TestMethod]
    public void SigmoidInPlaceBehindALayer_IsNoMissingSigmoid()
    {
        using var model = new CodeModule(Linear(8, 1), y => y.sigmoid_());
        Assert.IsFalse(NetworkCheck.Run(model, null, BCELoss(), (randn(32, 8), rand(32, 1))).Of(RuleIds.LogitsIntoProbabilityLoss).Any());
    }

    [TestMethod]
    public void ModuleThatHandsBackWhatItWasGiven_EndsTheCheck()
    {
        var gate = new HandingBack();
        using var model = new CodeModule(Linear(8, 4), y => Dropout(0.5).call(gate.call(cat([y, y * y], 1))));
        model.register_module("gate", gate);
        Assert.IsNotNull(NetworkCheck.Run(model, null, CrossEntropyLoss(), (randn(32, 8), randint(8, 32))));
    }

    [TestMethod]
    public void OutputThatThePassHasNotMade_IsNotDisposed()
    {
        using var model = Linear(8, 3);
        using var output = model.call(randn(32, 8));
        NetworkCheck.Run(model, null, CrossEntropyLoss(), () => output, randint(3, 32));
        Assert.IsFalse(output.IsInvalid);
    }

    [TestMethod]
    public void WatchedLoss_IsNotCounted()
    {
        using var model = Sequential(("fc1", Linear(8, 8)), ("relu1", ReLU()), ("fc2", Linear(8, 3)));
        using (no_grad())
            model.parameters().ToList().ForEach(p => p.zero_());
        var told = 0;
        using var loss = DiagnosedLoss.Wrap(CrossEntropyLoss(), new DiagnosedLossOptions { OnFinding = _ => told++ });
        Assert.IsTrue(NetworkCheck.Run(model, null, loss, (randn(32, 8), randint(3, 32))).Of(RuleIds.ZeroWeights).Any());
        Assert.AreEqual((0L, 0), (loss.Calls, told));
    }

    [TestMethod]
    public void ZeroWeightThatTheBatchDoesNotUse_IsNotJudged()
    {
        var adapter = Linear(8, 3);
        using (no_grad())
            adapter.weight.zero_();
        using var model = new CodeModule(Linear(8, 3), y => y);
        model.register_module("adapter", adapter);
        var report = NetworkCheck.Run(model, null, CrossEntropyLoss(), (randn(32, 8), randint(3, 32)));
        Assert.IsFalse(report.Of(RuleIds.ZeroWeights).Any());
        Assert.IsTrue(report.NotChecked.Any(n => n.RuleId == RuleIds.ZeroWeights));
    }

    [TestMethod]
    public void GradientsOfALossOfItsOwn_AreLeftAlone()
    {
        using var model = Linear(8, 3);
        using (no_grad())
            model.weight.zero_();
        using var loss = new WarmLoss();
        using var x = randn(32, 8).requires_grad_();
        NetworkCheck.Run(model, null, loss, (x, randint(3, 32)));
        Assert.IsNull(loss.parameters().Single().grad);
        Assert.IsNull(x.grad);
        // Backward adds in place to what is there.
        loss.parameters().Single().grad = ones(1);
        NetworkCheck.Run(model, null, loss, (x, randint(3, 32)));
        Assert.AreEqual(1, loss.parameters().Single().grad!.ToSingle());
    }

    [TestMethod]
    public void DivergenceOfHeatMaps_IsNoError()
    {
        using var model = new CodeModule(Linear(8, 32), y => functional.log_softmax(y.view(-1, 2, 16), 2).view(-1, 2, 4, 4));
        var target = functional.softmax(randn(16, 2, 16), 2).view(-1, 2, 4, 4);
        var report = NetworkCheck.Run(model, null, KLDivLoss(log_target: false, reduction: Reduction.Sum), (randn(16, 8), target));
        Assert.IsFalse(report.Findings.Any(f => f.Rule.Id is RuleIds.DivergenceInput or RuleIds.DivergenceTarget), report.ToText());
        using var raw = new CodeModule(Linear(8, 32), y => y.view(-1, 2, 4, 4));
        Assert.AreEqual(Severity.Error, NetworkCheck.Run(raw, null, KLDivLoss(log_target: false, reduction: Reduction.Sum), (randn(16, 8), target)).Of(RuleIds.DivergenceInput).Single().Severity);
    }

    [TestMethod]
    public void SaturatedSigmoid_IsNoSoftmaxOverOne()
    {
        var layer = Linear(8, 1);
        using (no_grad())
            layer.bias!.fill_(60);
        using var model = new CodeModule(layer, y => functional.sigmoid(y));
        Assert.IsFalse(NetworkCheck.Run(model, null, BCELoss(), (randn(32, 8), ones(32, 1))).Of(RuleIds.OneClassSoftmax).Any(f => f.Severity == Severity.Error));
    }

    [TestMethod]
    public void InputsThatAreNoneAndRecalibrationThatDoesNotFit_AreOneSentence()
    {
        using var model = Sequential(("fc1", Linear(8, 8)), ("bn1", BatchNorm1d(8)), ("fc2", Linear(8, 3)));
        Assert.ThrowsExactly<ArgumentNullException>(() => NetworkCheck.Run(model, null, CrossEntropyLoss(), (null!, randint(3, 32))));
        var gone = randint(3, 32);
        gone.Dispose();
        Assert.ThrowsExactly<ArgumentException>(() => NetworkCheck.Run(model, null, CrossEntropyLoss(), (randn(32, 8), gone)));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => NetworkCheck.Run(model, null, CrossEntropyLoss(), (randn(32, 8), randint(3, 32)), new NetworkCheckOptions
        {
            Recalibration = new([randn(32, 5)], randn(32, 8), randint(3, 32)),
        }));
        Assert.DoesNotContain("\n", error.Message);
        Assert.ThrowsExactly<ArgumentException>(() => DiagnosedLoss.Wrap(CrossEntropyLoss(), new DiagnosedLossOptions { Silence = ["MLD999"] }));
    }

    [TestMethod]
    public void UnknownOptions_AreOneMessage()
    {
        using var model = Linear(4, 2);
        var error = Assert.ThrowsExactly<ArgumentException>(() => NetworkCheck.Run(model, null, CrossEntropyLoss(), (randn(8, 4), randint(2, 8)), new NetworkCheckOptions
        {
            Silence = ["MLD999"],
            Severities = new Dictionary<string, Severity> { ["nonsense"] = Severity.Info, [RuleIds.ZeroWeights] = (Severity)9 },
        }));
        Assert.Contains("MLD999", error.Message);
        Assert.Contains("nonsense", error.Message);
        Assert.Contains("9", error.Message);
    }

    [TestMethod]
    public void Cancelled_Throws() => Assert.ThrowsExactly<OperationCanceledException>(() =>
        NetworkCheck.Run(Linear(4, 2), null, CrossEntropyLoss(), (randn(8, 4), randint(2, 8)), new NetworkCheckOptions { CancellationToken = new CancellationToken(canceled: true) }));

    private sealed class CodeModule : nn.Module<Tensor, Tensor>
    {
        private readonly Linear fc;
        private readonly Func<Tensor, Tensor> _code;

        public CodeModule(Linear layer, Func<Tensor, Tensor> code)
            : base(nameof(CodeModule))
        {
            (fc, _code) = (layer, code);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => _code(fc.call(x));
    }

    private sealed class HandingBack : nn.Module<Tensor, Tensor>
    {
        private readonly Linear gate = Linear(8, 1);

        public HandingBack()
            : base(nameof(HandingBack)) => RegisterComponents();

        public override Tensor forward(Tensor x)
        {
            gate.call(x);
            return x;
        }
    }

    private sealed class WarmLoss : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly Parameter temperature = Parameter(ones(1));

        public WarmLoss()
            : base(nameof(WarmLoss)) => RegisterComponents();

        public override Tensor forward(Tensor x, Tensor y) => functional.cross_entropy(x / temperature, y);
    }

    private static byte[][] Train(string network, bool isChecked)
    {
        random.manual_seed(11);
        using var model = Build(network);
        using var optimizer = optim.Adam(model.parameters());
        using var loss = CrossEntropyLoss();
        var x = network is "cnn" ? randn(16, 1, 12, 12) : network is "lstm" ? randn(16, 5, 4) : randn(16, 8);
        var y = randint(3, 16);
        if (isChecked)
            NetworkCheck.Run(model, optimizer, loss, (x, y));
        for (var step = 0; step < 5; step++)
        {
            optimizer.zero_grad();
            loss.call(model.call(x), y).backward();
            optimizer.step();
        }

        return [.. model.state_dict().Values.Append(random.get_rng_state()).Select(t => t.contiguous().bytes.ToArray())];
    }

    private static nn.Module<Tensor, Tensor> Build(string network)
    {
        switch (network)
        {
            case "cnn":
                return Sequential(
                    ("conv1", Conv2d(1, 4, 3)), ("bn1", BatchNorm2d(4)), ("relu1", ReLU()), ("pool1", MaxPool2d(2)), ("flat", Flatten()), ("drop", Dropout(0.4)), ("fc1", Linear(100, 3)));
            case "lstm":
                return new RecurrentModule(4, 3);
            default:
                var mlp = Sequential(("fc1", Linear(8, 16)), ("drop", Dropout(0.2)), ("relu", ReLU()), ("fc2", Linear(16, 3)));
                using (no_grad())
                {
                    if (network == "zero weights")
                        mlp.parameters().ToList().ForEach(p => p.zero_());
                }

                return mlp;
        }
    }

    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
