using MLNetDebug.Torch.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

/// <summary>The rules on parameters and optimizers on real networks: planted faults, and networks that look alike and are healthy.</summary>
[TestClass]
public sealed class ParameterRulesOnNetworksTests
{
    private static readonly Rule[] Rules = [new ZeroWeights(), new SymmetricWeights(), new InitialScale(), new MissingBias(), new DecayedBias(), new NoMomentum(), new ParametersNotOptimized(), new TiedWeights()];

    [TestInitialize]
    public void Seed() => random.manual_seed(3);

    [TestMethod]
    [DataRow(0.0, "MLD201@fc1 MLD201@fc2")]
    [DataRow(0.1, "MLD214@fc1 MLD214@fc2")]
    public void Constant_weights_are_named_in_the_hidden_layers(double value, string expected)
    {
        using var model = Mlp();
        foreach (var parameter in model.parameters())
            init.constant_(parameter, value);
        StringAssert.StartsWith(Found(model), expected);
    }

    [TestMethod]
    [DataRow("nothing")]
    [DataRow("softmax regression from zero")]
    [DataRow("zero weights that random biases tell apart")]
    [DataRow("output layer from zero")]
    [DataRow("zero layer in a residual branch")]
    [DataRow("LoRA")]
    [DataRow("small output layer")]
    [DataRow("convolutions without bias before normalisations")]
    [DataRow("attention without bias before a normalisation")]
    [DataRow("images from 0 to 255")]
    [DataRow("recurrent")]
    public void Healthy_networks_are_silent(string what)
    {
        var (model, input) = Healthy(what);
        using (model)
            Assert.AreEqual("", Found(model, input));
    }

    [TestMethod]
    public void Weights_of_standard_deviation_1_and_of_a_ten_thousandth_are_named()
    {
        using var model = Mlp();
        foreach (var name in new[] { "fc1.weight", "fc2.weight", "fc3.weight" })
            init.normal_(model.get_parameter(name)!);
        Assert.AreEqual("MLD202@fc2", Found(model));
        foreach (var name in new[] { "fc1.weight", "fc2.weight", "fc3.weight" })
            init.normal_(model.get_parameter(name)!, 0, 1e-4);
        StringAssert.StartsWith(Found(model), "MLD202@fc");
    }

    [TestMethod]
    public void A_saturated_tanh_is_named()
    {
        using var model = Sequential(("fc1", Linear(20, 32)), ("act1", Tanh()), ("fc2", Linear(32, 4)));
        init.normal_(model.get_parameter("fc1.weight")!, 0, 4);
        Assert.AreEqual("MLD202@fc1", Found(model));
    }

    [TestMethod]
    public void A_network_without_any_bias_is_told_so()
    {
        using var model = Sequential(("fc1", Linear(20, 32, hasBias: false)), ("act1", ReLU()), ("fc2", Linear(32, 4, hasBias: false)));
        Assert.AreEqual("MLD203@fc1 MLD203@fc2", Found(model));
    }

    [TestMethod]
    public void Optimizers_are_judged_by_what_they_hold()
    {
        using var model = Mlp();
        Assert.AreEqual("MLD209@SGD", Found(model, optimizer: optim.SGD(model.parameters(), 0.1)));
        Assert.AreEqual("MLD208@AdamW", Found(model, optimizer: optim.AdamW(model.parameters(), weight_decay: 0.01)));
        Assert.AreEqual("MLD221@fc2", Found(model, optimizer: optim.Adam(model.named_parameters().Where(p => !p.name.StartsWith("fc2", StringComparison.Ordinal)))));
        using var other = Mlp();
        Assert.AreEqual("MLD221@fc1", Found(model, optimizer: optim.Adam(other.parameters())));
    }

    [TestMethod]
    public void Tied_weights_are_named_unless_declared()
    {
        using var model = new Tied();
        var tokens = randint(50, [16, 6]);
        Assert.AreEqual("MLD222@head.weight", Found(model, tokens, optim.Adam(model.parameters())));
        Assert.AreEqual("", Found(model, tokens, optim.Adam(model.parameters()), new() { TiedParameters = [["embedding.weight", "head.weight"]] }));
    }

    private static Sequential Mlp() => Sequential(("fc1", Linear(20, 32)), ("act1", ReLU()), ("fc2", Linear(32, 32)), ("act2", ReLU()), ("fc3", Linear(32, 4)));

    private static (Module<Tensor, Tensor> Model, Tensor? Input) Healthy(string what)
    {
        switch (what)
        {
            case "softmax regression from zero":
                var linear = Sequential(("fc", Linear(20, 4)));
                init.zeros_(linear.get_parameter("fc.weight")!);
                return (linear, null);
            case "zero weights that random biases tell apart":
                var biased = Mlp();
                foreach (var name in new[] { "fc1.weight", "fc2.weight", "fc3.weight" })
                    init.zeros_(biased.get_parameter(name)!);
                return (biased, null);
            case "output layer from zero":
                var zero = Mlp();
                init.zeros_(zero.get_parameter("fc3.weight")!);
                return (zero, null);
            case "zero layer in a residual branch":
                return (new Residual(), null);
            case "LoRA":
                return (new LowRank(), null);
            case "small output layer":
                var small = Mlp();
                init.normal_(small.get_parameter("fc3.weight")!, 0, 1e-3);
                return (small, null);
            case "convolutions without bias before normalisations":
                return (Sequential(("conv1", Conv2d(1, 16, 3, bias: false)), ("bn1", BatchNorm2d(16)), ("act1", ReLU()), ("conv2", Conv2d(16, 16, 3, bias: false)), ("bn2", BatchNorm2d(16)), ("act2", ReLU()),
                    ("pool", AdaptiveAvgPool2d(1)), ("flat", Flatten()), ("fc", Linear(16, 4))), randn(16, 1, 10, 10));
            case "attention without bias before a normalisation":
                return (new Attention(), randn(16, 5, 20));
            case "images from 0 to 255":
                return (Sequential(("conv1", Conv2d(1, 4, 3)), ("act1", ReLU()), ("flat", Flatten()), ("fc", Linear(4 * 64, 4))), rand(16, 1, 10, 10) * 255);
            case "recurrent":
                return (new Recurrent(), randn(16, 7, 20));
            default:
                return (Mlp(), null);
        }
    }

    private static string Found(Module<Tensor, Tensor> model, Tensor? input = null, optim.Optimizer? optimizer = null, NetworkCheckOptions? options = null)
    {
        input ??= randn(16, 20);
        using (optimizer)
        {
            options = (options ?? new()) with { Silence = [] };
            var classes = model is Tied ? 50 : 4;
            var report = NetworkCheck.Run(model, optimizer, CrossEntropyLoss(), (input, randint(classes, [input.shape[0]])), options);
            return string.Join(" ", report.Findings.Where(f => Rules.Any(r => r.Descriptor.Id == f.Rule.Id)).OrderBy(f => f.Rule.Id, StringComparer.Ordinal).Select(f => $"{f.Rule.Id}@{f.Subject.Name}"));
        }
    }

    private sealed class Residual : Module<Tensor, Tensor>
    {
        private readonly Linear stem = Linear(20, 32);
        private readonly Linear one = Linear(32, 32);
        private readonly Linear two = Linear(32, 32);
        private readonly Linear head = Linear(32, 4);

        public Residual()
            : base("residual")
        {
            init.zeros_(two.weight);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var x = functional.relu(stem.call(input));
            return head.call(x + two.call(functional.relu(one.call(x))));
        }
    }

    private sealed class LowRank : Module<Tensor, Tensor>
    {
        private readonly Linear fc = Linear(20, 32);
        private readonly Linear a = Linear(20, 4, hasBias: false);
        private readonly Linear b = Linear(4, 32, hasBias: false);
        private readonly Linear head = Linear(32, 4);

        public LowRank()
            : base("lora")
        {
            init.zeros_(b.weight);
            fc.weight.requires_grad = false;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => head.call(functional.relu(fc.call(input) + b.call(a.call(input))));
    }

    private sealed class Attention : Module<Tensor, Tensor>
    {
        private readonly LayerNorm norm = LayerNorm(20);
        private readonly Linear q = Linear(20, 20, hasBias: false);
        private readonly Linear k = Linear(20, 20, hasBias: false);
        private readonly Linear v = Linear(20, 20, hasBias: false);
        private readonly Linear o = Linear(20, 20, hasBias: false);
        private readonly LayerNorm last = LayerNorm(20);
        private readonly Linear head = Linear(20, 4, hasBias: false);

        public Attention()
            : base("mixer") => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var x = norm.call(input);
            var weights = functional.softmax(bmm(q.call(x), k.call(x).transpose(1, 2)) / Math.Sqrt(20), -1);
            return head.call(last.call(input + o.call(bmm(weights, v.call(x)))).mean([1]));
        }
    }

    private sealed class Recurrent : Module<Tensor, Tensor>
    {
        private readonly LSTM lstm = LSTM(20, 16, batchFirst: true);
        private readonly Linear head = Linear(16, 4);

        public Recurrent()
            : base("recurrent") => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var (y, _, _) = lstm.call(input);
            return head.call(y[TensorIndex.Ellipsis, -1, TensorIndex.Colon]);
        }
    }

    private sealed class Tied : Module<Tensor, Tensor>
    {
        private readonly Embedding embedding = Embedding(50, 16);
        private readonly Linear hidden = Linear(16, 16);
        private readonly Linear head = Linear(16, 50, hasBias: false);

        public Tied()
            : base("tied")
        {
            init.normal_(embedding.weight!, 0, 0.1);
            head.weight = embedding.weight!;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => head.call(functional.relu(hidden.call(embedding.call(input).mean([1]))));
    }
}
