using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class TiedWeightsTests
{
    [TestMethod]
    public void Two_updates_in_one_step_are_a_warning_at_the_second_name()
    {
        var finding = Judge(Net(2)).Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(new Subject(SubjectKind.Layer, "head.weight"), finding.Subject);
        Assert.AreEqual("`head.weight` and `embedding.weight` are one tensor of 4,096 elements under two names, and AdamW holds it 2 times: each step moves it 2 times as far as the learning rate says.", finding.Message);
        Assert.AreEqual("var optimizer = torch.optim.AdamW(model.named_parameters().Where(p => p.name != \"head.weight\").Select(p => p.parameter), 0.001, weight_decay: 0.01);", finding.Advice[0].Code);
        Assert.AreEqual("new NetworkCheckOptions { TiedParameters = [[\"embedding.weight\", \"head.weight\"]] }", finding.Advice[1].Code);
        Assert.AreEqual(2, finding.Evidence.Single().Value);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(0)]
    [DataRow(null)]
    public void One_update_or_none_known_is_an_info(int? updates) => Assert.AreEqual(Severity.Info, Judge(Net(updates)).Single().Severity);

    [TestMethod]
    public void A_parameter_given_twice_to_one_optimizer_is_a_warning_and_two_optimizers_are_not()
    {
        OptimizerProfile Holding(params string[] names) => new() { Kind = "SGD", Groups = [new() { Index = 0, LearningRate = 0.1, Parameters = names }] };
        NetworkProfile Of(params OptimizerProfile[] optimizers) => new ProfilesOfWeights().Layer("fc").Build(optimizers: optimizers);
        var finding = Judge(Of(Holding("fc.weight", "fc.weight", "fc.bias"))).Single();
        Assert.AreEqual((Severity.Warning, "fc.weight"), (finding.Severity, finding.Subject.Name));
        Assert.AreEqual("var optimizer = torch.optim.SGD(model.parameters(), 0.1);", finding.Advice.Single().Code);
        Assert.IsEmpty(Judge(Of(Holding("fc.weight"), Holding("fc.weight", "fc.bias"))));
    }

    [TestMethod]
    public void Declared_ties_and_networks_without_any_are_silent()
    {
        Assert.IsEmpty(Judge(Net(2) with { DeclaredTies = [["head.weight", "embedding.weight"]] }));
        Assert.HasCount(1, Judge(Net(2) with { DeclaredTies = [["head.weight", "other.weight"]] }));
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc").Build()));
        Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }));
    }

    private static NetworkProfile Net(int? updates)
    {
        OptimizerProfile[] optimizers = updates is null ? []
            : [new() { Kind = "AdamW", Groups = [new() { Index = 0, LearningRate = 0.001, WeightDecay = 0.01, Betas = (0.9, 0.999), Parameters = [.. Enumerable.Repeat("embedding.weight", updates.Value)] }] }];
        return new ProfilesOfWeights().Parameter("embedding.weight", ParameterRole.Embedding, [64, 64], p => p with { Updates = updates })
            .Layer("head", bias: false, weight: p => p with { TiedTo = "embedding.weight", Updates = updates }).Build(optimizers: optimizers);
    }

    private static IReadOnlyList<Finding> Judge(NetworkProfile profile) => ProfilesOfWeights.Judge(new TiedWeights(), profile).Findings;
}
