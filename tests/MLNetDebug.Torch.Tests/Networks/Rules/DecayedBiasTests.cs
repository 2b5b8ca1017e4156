using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class DecayedBiasTests
{
    [TestMethod]
    public void Decay_on_all_parameters_is_an_info_at_the_optimizer()
    {
        var finding = Judge(Net(), Optimizer("SGD", new ParameterGroupProfile { Index = 0, LearningRate = 0.1, Momentum = 0.9, WeightDecay = 0.01, Parameters = All })).Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual(new Subject(SubjectKind.Trainer, "SGD"), finding.Subject);
        Assert.StartsWith("SGD decays 4 parameters that only shift or scale: `fc1.bias`, `bn.weight`, `bn.bias`, `fc2.bias`. A weight decay of 0.01", finding.Message);
        Assert.AreEqual(0.01, finding.Evidence[0].Value);
        // OptimizerCodeTests runs this very code.
        Assert.AreEqual(
            """
            string[] still = ["fc1.bias", "bn.weight", "bn.bias", "fc2.bias"];
            var named = model.named_parameters().ToArray();
            var optimizer = torch.optim.SGD([
                new TorchSharp.Modules.SGD.ParamGroup([.. named.Where(p => !still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.SGD.Options { weight_decay = 0.01 }),
                new TorchSharp.Modules.SGD.ParamGroup([.. named.Where(p => still.Contains(p.name)).Select(p => p.parameter)], new TorchSharp.Modules.SGD.Options { weight_decay = 0 })], 0.1, momentum: 0.9);
            """.ReplaceLineEndings("\n"), finding.Advice.Single().Code);
    }

    [TestMethod]
    public void Adam_is_told_of_AdamW_and_keeps_its_betas()
    {
        var advice = Judge(Net(), Optimizer("Adam", new ParameterGroupProfile { Index = 0, LearningRate = 0.001, Betas = (0.8, 0.99), WeightDecay = 0.1, Parameters = All })).Single().Advice.Single();
        Assert.Contains("AdamW, since Adam divides the decay", advice.Text);
        Assert.Contains("torch.optim.AdamW([", advice.Code!);
        Assert.EndsWith("], 0.001, beta1: 0.8, beta2: 0.99);", advice.Code);
    }

    [TestMethod]
    public void Many_names_are_split_by_rank_where_that_gives_the_same_groups()
    {
        var net = new ProfilesOfWeights();
        for (var i = 0; i < 9; i++)
            net.Layer($"fc{i}");
        var profile = net.Build();
        var all = profile.Parameters.Select(p => p.Name).ToArray();
        Assert.Contains("named.Where(p => p.parameter.dim() > 1)", Code(profile, all));
        // An embedding of one dimension is no shift.
        net.Parameter("table", ParameterRole.Embedding, [9]);
        Assert.Contains("string[] still = [\"fc0.bias\"", Code(net.Build(), [.. all, "table"]));
    }

    [TestMethod]
    public void Two_groups_give_one_finding_for_the_group_concerned()
    {
        var finding = Judge(Net(), Optimizer("AdamW",
            new ParameterGroupProfile { Index = 0, LearningRate = 0.1, WeightDecay = 0, Parameters = ["fc1.bias"] },
            new ParameterGroupProfile { Index = 1, LearningRate = 0.1, WeightDecay = 0.1, Parameters = ["fc1.weight", "fc2.bias"] })).Single();
        Assert.StartsWith("AdamW decays 1 parameter that only shift or scale: `fc2.bias`.", finding.Message);
        Assert.Contains("That is group 1 of 2; leave the others as they are.", finding.Advice[0].Text);
    }

    [TestMethod]
    public void Two_groups_as_they_should_be_no_decay_and_frozen_biases_are_silent()
    {
        Assert.IsEmpty(Judge(Net(), Optimizer("AdamW",
            new ParameterGroupProfile { Index = 0, WeightDecay = 0.1, Parameters = ["fc1.weight", "fc2.weight"] }, new ParameterGroupProfile { Index = 1, WeightDecay = 0, Parameters = ["fc1.bias", "bn.weight", "bn.bias", "fc2.bias"] })));
        Assert.IsEmpty(Judge(Net(), Optimizer("SGD", new ParameterGroupProfile { Index = 0, WeightDecay = 0, Parameters = All })));
        Assert.IsEmpty(Judge(Net(), Optimizer("Rprop", new ParameterGroupProfile { Index = 0, WeightDecay = null, Parameters = All })));
        Assert.IsEmpty(Judge(Net(), Optimizer("SGD", new ParameterGroupProfile { Index = 0, WeightDecay = double.NaN, Parameters = ["not in the network"] })));
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc", frozen: true).Build(), Optimizer("SGD", new ParameterGroupProfile { Index = 0, WeightDecay = 0.1, Parameters = ["fc.weight", "fc.bias"] })));
        Assert.IsEmpty(Judge(Net()));
    }

    [TestMethod]
    public void An_unknown_optimizer_gets_words_without_code() =>
        Assert.IsNull(Judge(Net(), Optimizer("Lion", new ParameterGroupProfile { Index = 0, WeightDecay = 0.1, Parameters = All })).Single().Advice.Single().Code);

    private static readonly string[] All = ["fc1.weight", "fc1.bias", "bn.weight", "bn.bias", "fc2.weight", "fc2.bias"];

    private static NetworkProfile Net() => new ProfilesOfWeights().Layer("fc1").Norm("bn").Code("relu").Layer("fc2").Build();

    private static OptimizerProfile Optimizer(string kind, params ParameterGroupProfile[] groups) => new() { Kind = kind, Groups = groups };

    private static string Code(NetworkProfile profile, string[] names) => Judge(profile, Optimizer("AdamW", new ParameterGroupProfile { Index = 0, WeightDecay = 0.1, LearningRate = 0.1, Parameters = names })).Single().Advice.Single().Code!;

    private static IReadOnlyList<Finding> Judge(NetworkProfile profile, params OptimizerProfile[] optimizers) => ProfilesOfWeights.Judge(new DecayedBias(), profile with { Optimizers = optimizers }).Findings;
}
