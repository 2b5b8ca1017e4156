using MLNetDebug.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;
using Net = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace MLNetDebug.Torch.Tests.Networks;

/// <summary>The rules on structure over real networks, from the first line to the report.</summary>
[TestClass]
public sealed class StructureTests
{
    private static readonly string[] Ids =
    [
        RuleIds.SmallBatchNorm, RuleIds.BatchNormOrder, RuleIds.DropoutInConvolution, RuleIds.VarianceShift, RuleIds.UnregisteredModules, RuleIds.EvalModeInTraining,
    ];

    [TestMethod]
    public void The_layout_of_the_lesson_is_silent()
    {
        var model = nn.Sequential(
            ("fc1", nn.Linear(8, 32)), ("relu1", nn.ReLU()), ("bn1", nn.BatchNorm1d(32)), ("drop1", nn.Dropout(0.3)),
            ("fc2", nn.Linear(32, 32)), ("relu2", nn.ReLU()), ("bn2", nn.BatchNorm1d(32)), ("drop2", nn.Dropout(0.3)), ("fc3", nn.Linear(32, 3)));
        Found(model, rand(32, 8));
    }

    [TestMethod]
    public void The_order_of_dropout_and_normalisation_is_read_from_the_pass()
    {
        var before = nn.Sequential(("fc1", nn.Linear(8, 32)), ("relu", nn.ReLU()), ("drop", nn.Dropout(0.3)), ("bn", nn.BatchNorm1d(32)), ("fc2", nn.Linear(32, 3)));
        Found(before, rand(32, 8), "MLD206 Info bn");
        var through = nn.Sequential(("fc1", nn.Linear(8, 32)), ("drop", nn.Dropout(0.3)), ("fc2", nn.Linear(32, 32)), ("bn", nn.BatchNorm1d(32)), ("relu", nn.ReLU()), ("fc3", nn.Linear(32, 3)));
        Found(through, rand(32, 8), "MLD206 Info bn");
        Found(nn.Sequential(("fc", nn.Linear(8, 3)), ("bn", nn.BatchNorm1d(3))), rand(32, 8), "MLD206 Info bn");
    }

    [TestMethod]
    public void Small_batches_and_modes_are_read_from_the_pass()
    {
        var model = nn.Sequential(("fc1", nn.Linear(8, 32)), ("relu", nn.ReLU()), ("bn", nn.BatchNorm1d(32)), ("fc2", nn.Linear(32, 3)));
        Found(model, rand(1, 8), "MLD205 Error bn");
        Found(model, rand(8, 8), "MLD205 Warning bn");
        Found(model, rand(16, 8));
        model.eval();
        Found(model, rand(8, 8), "MLD223 Warning Sequential");
    }

    [TestMethod]
    public void TorchSharps_own_example_gets_no_more_than_advice() =>
        Found(new Digits(calls: true), rand(32, 1, 28, 28), "MLD207 Info dropout1");

    [TestMethod]
    public void What_is_called_by_forward_is_not_called_healthy()
    {
        var report = Found(new Digits(calls: false), rand(32, 1, 28, 28));
        Assert.Contains("`dropout1`", report.NotChecked.Single(n => n.RuleId == RuleIds.DropoutInConvolution).Reason);
    }

    [TestMethod]
    public void A_list_of_layers_is_named() => Found(new Listed(), rand(32, 8), "MLD220 Warning _layers[0]");

    private static DiagnosticReport Found(Net model, Tensor input, params string[] expected)
    {
        using var optimizer = optim.Adam(model.parameters(), 0.001);
        var target = arange(input.shape[0]).remainder(3).to(ScalarType.Int64);
        var report = NetworkCheck.Run(model, optimizer, nn.CrossEntropyLoss(), (input, target));
        var found = report.Findings.Where(f => Ids.Contains(f.Rule.Id)).Select(f => $"{f.Rule.Id} {f.Severity} {f.Subject.Name}").ToArray();
        CollectionAssert.AreEquivalent(expected, found, string.Join("\n", report.Findings.Select(f => f.Message)));
        return report;
    }

    // The network of TorchSharp's MNIST example.
    private sealed class Digits : Net
    {
        private readonly Net conv1 = nn.Conv2d(1, 32, 3);
        private readonly Net conv2 = nn.Conv2d(32, 64, 3);
        private readonly Net fc1 = nn.Linear(9216, 128);
        private readonly Net fc2 = nn.Linear(128, 10);
        private readonly Net dropout1 = nn.Dropout(0.25);
        private readonly Net dropout2 = nn.Dropout(0.5);
        private readonly bool _calls;

        public Digits(bool calls)
            : base("digits")
        {
            _calls = calls;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var x = nn.functional.relu(Run(conv2, nn.functional.relu(Run(conv1, input))));
            x = Run(dropout1, nn.functional.max_pool2d(x, [2, 2])).flatten(1);
            return Run(fc2, Run(dropout2, nn.functional.relu(Run(fc1, x))));
        }

        private Tensor Run(Net module, Tensor x) => _calls ? module.call(x) : module.forward(x);
    }

    private sealed class Listed : Net
    {
        private readonly List<Net> _layers = [nn.Linear(8, 8), nn.ReLU()];
        private readonly Net _head = nn.Linear(8, 3);

        public Listed()
            : base("listed") => RegisterComponents();

        public override Tensor forward(Tensor input) => _head.call(_layers.Aggregate(input, (x, layer) => layer.call(x)));
    }
}
