using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Networks.Profiling;

[TestClass]
public sealed class OptimizerReaderTests
{
    private static readonly string[] AllNames = ["0.weight", "0.bias", "2.weight", "2.bias"];

    private static Sequential Model() => nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2));

    private static Dictionary<string, Func<IEnumerable<Parameter>, optim.Optimizer>> Kinds => new()
    {
        ["SGD"] = p => optim.SGD(p, 0.1, momentum: 0.9, weight_decay: 0.01),
        ["Adam"] = p => optim.Adam(p, 0.1, 0.8, 0.99, weight_decay: 0.01),
        ["AdamW"] = p => optim.AdamW(p, 0.1, 0.8, 0.99, weight_decay: 0.01),
        ["NAdam"] = p => optim.NAdam(p, 0.1, 0.8, 0.99, weight_decay: 0.01),
        ["RAdam"] = p => optim.RAdam(p, 0.1, 0.8, 0.99, weight_decay: 0.01),
        ["Adamax"] = p => optim.Adamax(p, 0.1, 0.8, 0.99, weight_decay: 0.01),
        ["RMSProp"] = p => optim.RMSProp(p, 0.1, momentum: 0.9, weight_decay: 0.01),
        ["Adagrad"] = p => optim.Adagrad(p, 0.1, weight_decay: 0.01),
        ["Adadelta"] = p => optim.Adadelta(p, 0.1, weight_decay: 0.01),
        ["ASGD"] = p => optim.ASGD(p, 0.1, weight_decay: 0.01),
        ["Rprop"] = p => optim.Rprop(p, 0.1),
        ["LBFGS"] = p => optim.LBFGS(p, 0.1),
    };

    public static IEnumerable<object[]> KindNames => Kinds.Keys.Select(k => new object[] { k });

    [TestMethod]
    [DynamicData(nameof(KindNames))]
    public void Each_kind_gives_its_rate_its_settings_and_its_parameters(string kind)
    {
        using var model = Model();
        using var optimizer = Kinds[kind](model.parameters());
        var profile = OptimizerReader.Read(optimizer, model.named_parameters());
        Assert.AreEqual(kind, profile.Kind);
        var group = profile.Groups.Single();
        Assert.AreEqual(0.1, group.LearningRate);
        CollectionAssert.AreEqual(AllNames, group.Parameters.ToArray());
        Assert.AreEqual(0, group.Foreign);
        Assert.AreEqual(kind is "Rprop" or "LBFGS" ? null : 0.01, group.WeightDecay);
        Assert.AreEqual(kind is "SGD" or "RMSProp" ? 0.9 : null, group.Momentum);
        Assert.AreEqual(kind.Contains("Ada", StringComparison.Ordinal) && kind is not "Adagrad" and not "Adadelta" || kind is "NAdam" or "RAdam" ? (0.8, 0.99) : null, group.Betas);
        Assert.IsTrue(Updates(model, profile).Values.All(u => u == 1));
    }

    [TestMethod]
    public void Two_groups_are_read_each_with_its_own_and_the_optimizers_settings()
    {
        using var model = Model();
        var (weights, rest) = (model.parameters().Where(p => p.dim() > 1), model.parameters().Where(p => p.dim() <= 1));
        using var optimizer = optim.AdamW([new AdamW.ParamGroup(weights, new AdamW.Options { weight_decay = 0.1 }), new AdamW.ParamGroup(rest, new AdamW.Options { weight_decay = 0, LearningRate = 1 })], 0.01);
        var profile = OptimizerReader.Read(optimizer, model.named_parameters());
        CollectionAssert.AreEqual(new[] { 0.1, 0 }, profile.Groups.Select(g => g.WeightDecay ?? double.NaN).ToArray());
        CollectionAssert.AreEqual(new[] { 0.01, 1 }, profile.Groups.Select(g => g.LearningRate).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1 }, profile.Groups.Select(g => g.Index).ToArray());
        CollectionAssert.AreEqual(new[] { "0.bias", "2.bias" }, profile.Groups[1].Parameters.ToArray());
    }

    [TestMethod]
    public void Tied_weights_go_by_their_first_name_and_are_updated_once_per_entry()
    {
        using var embedding = nn.Embedding(5, 4);
        using var head = nn.Linear(4, 5, hasBias: false);
        head.weight = embedding.weight!;
        using var model = new Holder(embedding, head);
        var identities = new ParameterIdentities(model.named_parameters());
        Assert.AreEqual("first.weight", identities.TiedTo("second.weight"));
        Assert.IsNull(identities.TiedTo("first.weight"));
        using var twice = optim.SGD(model.parameters(), 0.1);
        var profile = OptimizerReader.Read(twice, identities);
        CollectionAssert.AreEqual(new[] { "first.weight", "first.weight" }, profile.Groups[0].Parameters.ToArray());
        var updates = OptimizerReader.Updates([profile], identities);
        Assert.AreEqual((2, 2), (updates["first.weight"], updates["second.weight"]));
        using var once = optim.SGD([.. model.parameters().Take(1)], 0.1);
        updates = OptimizerReader.Updates([OptimizerReader.Read(once, identities)], identities);
        Assert.AreEqual((1, 1), (updates["first.weight"], updates["second.weight"]));
    }

    [TestMethod]
    [DataRow("SGD")]
    [DataRow("LBFGS")]
    public void Parameters_of_another_network_are_foreign(string kind)
    {
        using var model = Model();
        using var other = Model();
        using var optimizer = Kinds[kind](other.parameters().Concat(model.parameters().Take(1)));
        var profile = OptimizerReader.Read(optimizer, model.named_parameters());
        Assert.AreEqual(4, profile.Groups[0].Foreign);
        CollectionAssert.AreEqual(new[] { "0.weight" }, profile.Groups[0].Parameters.ToArray());
        Assert.AreEqual((1, 0), (Updates(model, profile)["0.weight"], Updates(model, profile)["2.bias"]));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Parameters_from_before_a_change_of_type_are_foreign_however_they_were_handed_over(bool isLazy)
    {
        // Often enough for the handle of a disposed parameter to be given to a new one.
        for (var i = 0; i < 50; i++)
        {
            using var model = Model();
            using var optimizer = optim.Adam(isLazy ? model.parameters() : [.. model.parameters()]);
            model.to(ScalarType.Float64);
            var group = OptimizerReader.Read(optimizer, model.named_parameters()).Groups.Single();
            Assert.AreEqual(4, group.Foreign);
            Assert.IsEmpty(group.Parameters);
        }
    }

    [TestMethod]
    public void Empty_and_strided_parameters_of_half_precision_are_told_apart()
    {
        using var model = new Rows();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var identities = new ParameterIdentities(model.named_parameters());
        CollectionAssert.AreEqual(new[] { "empty", "none", "part", "whole" }, OptimizerReader.Read(optimizer, identities).Groups[0].Parameters.Order().ToArray());
        Assert.IsTrue(identities.Names.All(n => identities.TiedTo(n) is null));
    }

    [TestMethod]
    public void LBFGS_can_be_read_again_and_still_steps()
    {
        using var model = Model();
        using var optimizer = optim.LBFGS(model.parameters(), 0.1);
        for (var i = 0; i < 3; i++)
            OptimizerReader.Read(optimizer, model.named_parameters());
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var x = ones(2, 3);
        optimizer.step(() =>
        {
            optimizer.zero_grad();
            var loss = model.call(x).square().mean();
            loss.backward();
            return loss;
        }).Dispose();
        Assert.IsTrue(model.parameters().All(p => p.isfinite().all().ToBoolean()));
    }

    [TestMethod]
    public void An_optimizer_that_shows_nothing_leaves_updates_unknown()
    {
        using var model = Model();
        using var own = new Own();
        using var broken = new Broken();
        Assert.IsEmpty(OptimizerReader.Read(own, model.named_parameters()).Groups);
        var profile = OptimizerReader.Read(broken, model.named_parameters());
        Assert.IsEmpty(profile.Groups);
        Assert.AreEqual("Broken", profile.Kind);
        Assert.IsTrue(Updates(model, profile).Values.All(u => u is null));
        Assert.IsTrue(Updates(model).Values.All(u => u is null));
        using var head = optim.SGD(model.parameters().Skip(3), 0.1);
        var updates = Updates(model, profile, OptimizerReader.Read(head, model.named_parameters()));
        Assert.AreEqual(1, updates["2.bias"]);
        Assert.IsNull(updates["0.weight"]);
    }

    [TestMethod]
    public void An_optimizer_of_the_users_own_with_groups_is_read()
    {
        using var model = Model();
        using var optimizer = new OwnWithGroups(model.parameters());
        var group = OptimizerReader.Read(optimizer, model.named_parameters()).Groups.Single();
        CollectionAssert.AreEqual(AllNames, group.Parameters.ToArray());
        Assert.IsTrue(double.IsNaN(group.LearningRate));
        Assert.AreEqual(0.3, group.WeightDecay);
    }

    private static IReadOnlyDictionary<string, int?> Updates(nn.Module model, params OptimizerProfile[] profiles) => OptimizerReader.Updates(profiles, new(model.named_parameters()));

    private sealed class Holder : nn.Module
    {
        private readonly nn.Module first;
        private readonly nn.Module second;

        public Holder(nn.Module first, nn.Module second)
            : base("holder")
        {
            (this.first, this.second) = (first, second);
            RegisterComponents();
        }
    }

    private sealed class Rows : nn.Module
    {
        private readonly Parameter whole;
        private readonly Parameter part;
        private readonly Parameter empty = nn.Parameter(zeros(0));
        private readonly Parameter none = nn.Parameter(zeros(0));

        public Rows()
            : base("rows")
        {
            var data = zeros(4, 3, ScalarType.BFloat16);
            part = nn.Parameter(data[.., 0]);
            whole = nn.Parameter(data);
            RegisterComponents();
        }
    }

    private sealed class Own() : optim.Optimizer(0);

    private sealed class Broken() : optim.Optimizer(0)
    {
        public override IEnumerable<optim.ILearningRateController> ParamGroups => throw new InvalidOperationException("broken");
    }

    private sealed class OwnWithGroups : OptimizerHelper
    {
        public readonly double weight_decay = 0.3;

        public OwnWithGroups(IEnumerable<Parameter> parameters) => _parameter_groups = [new ParamGroup { Parameters = parameters }];
    }
}
