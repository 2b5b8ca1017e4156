using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class ParametersNotOptimizedTests
{
    [TestMethod]
    public void A_layer_left_out_is_named()
    {
        var finding = Judge(Net("fc2")).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(new Subject(SubjectKind.Layer, "fc2"), finding.Subject);
        Assert.StartsWith("2 of 8 trainable parameters (25 % of the elements) are held by no optimizer and keep their first values: `fc2.weight`, `fc2.bias`.", finding.Message);
        Assert.AreEqual("var optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum: 0.9);", finding.Advice[0].Code);
        Assert.AreEqual("foreach (var name in new[] { \"fc2.weight\", \"fc2.bias\" })\n    model.get_parameter(name)!.requires_grad = false;", finding.Advice[1].Code);
    }

    [TestMethod]
    public void The_first_layer_alone_is_rather_forgotten_than_left() => Assert.AreEqual(Severity.Warning, Judge(Net("fc1")).Findings.Single().Severity);

    [TestMethod]
    public void A_head_that_is_trained_alone_is_an_info()
    {
        var finding = Judge(Net("fc1", "fc2", "fc3")).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.Contains("the end of the network alone", finding.Message);
        Assert.Contains("!held.Contains(p.Handle)", finding.Advice[1].Code!);
        Assert.AreEqual(Severity.Info, Judge(Net("fc1", "fc2")).Findings.Single().Severity);
        Assert.AreEqual(Severity.Warning, Judge(Net("fc1", "fc3")).Findings.Single().Severity);
        Assert.AreEqual(Severity.Warning, Judge(Net("fc3", "fc4")).Findings.Single().Severity);
    }

    [TestMethod]
    public void All_missing_with_parameters_of_an_older_copy_is_said()
    {
        var profile = Net("fc1", "fc2", "fc3", "fc4") with { Optimizers = [new() { Kind = "Adam", Groups = [new() { Index = 0, LearningRate = 0.01, Foreign = 8 }] }] };
        var finding = Judge(profile).Findings.Single();
        Assert.StartsWith("No optimizer holds any of the network's 8 trainable parameters: training changes nothing. It holds 8 parameters that are none of this network's", finding.Message);
        Assert.AreEqual("var optimizer = torch.optim.Adam(model.parameters(), 0.01);", finding.Advice.Single().Code);
        Assert.AreEqual(Severity.Warning, finding.Severity);
    }

    [TestMethod]
    public void An_older_copy_of_the_body_is_no_head() =>
        Assert.AreEqual(Severity.Warning, Judge(Net("fc1", "fc2") with { Optimizers = [new() { Kind = "Adam", Groups = [new() { Index = 0, Foreign = 4 }] }] }).Findings.Single().Severity);

    [TestMethod]
    public void Frozen_tied_and_complete_networks_are_silent()
    {
        Assert.IsEmpty(Judge(Net()).Findings);
        var frozen = Net("fc1");
        Assert.IsEmpty(Judge(frozen with { Parameters = [.. frozen.Parameters.Select(p => p.Updates == 0 ? p with { RequiresGrad = false } : p)] }).Findings);
        Assert.IsEmpty(Judge(frozen with { Parameters = [.. frozen.Parameters.Select(p => p.Updates == 0 ? p with { TiedTo = "fc2.weight" } : p)] }).Findings);
        Assert.IsEmpty(Judge(frozen with { Optimizers = [] }).Findings);
        // One optimizer for two networks.
        Assert.IsEmpty(Judge(Net() with { Optimizers = [new() { Kind = "Adam", Groups = [new() { Index = 0, Foreign = 40 }] }] }).Findings);
        Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }).Findings);
    }

    [TestMethod]
    public void An_optimizer_that_shows_nothing_is_not_checked()
    {
        var profile = Net();
        var result = Judge(profile with { Optimizers = [new() { Kind = "Own" }], Parameters = [.. profile.Parameters.Select(p => p with { Updates = null })] });
        Assert.IsEmpty(result.Findings);
        Assert.AreEqual(new Subject(SubjectKind.Trainer, "Own"), result.NotChecked.Single().Subject);
    }

    private static NetworkProfile Net(params string[] missing)
    {
        var profile = new ProfilesOfWeights().Layer("fc1").Code("relu").Layer("fc2").Code("relu").Layer("fc3").Code("relu").Layer("fc4").Build();
        return profile with
        {
            Parameters = [.. profile.Parameters.Select(p => p with { Updates = missing.Contains(p.Module) ? 0 : 1 })],
            Optimizers = [new() { Kind = "SGD", Groups = [new() { Index = 0, LearningRate = 0.1, Momentum = 0.9 }] }],
        };
    }

    private static RuleTested Judge(NetworkProfile profile) => ProfilesOfWeights.Judge(new ParametersNotOptimized(), profile);
}
