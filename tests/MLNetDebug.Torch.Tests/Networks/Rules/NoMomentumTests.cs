using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class NoMomentumTests
{
    [TestMethod]
    public void Plain_descent_on_hidden_layers_is_an_info_with_their_rate()
    {
        var finding = Judge(Deep(), Sgd(0.3, 0)).Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual(new Subject(SubjectKind.Trainer, "SGD"), finding.Subject);
        Assert.AreEqual("var optimizer = torch.optim.SGD(model.parameters(), 0.03, momentum: 0.9);", finding.Advice[0].Code);
        Assert.AreEqual("var optimizer = torch.optim.Adam(model.parameters(), 0.001);", finding.Advice[1].Code);
    }

    [TestMethod]
    public void Decay_is_kept_in_the_code() =>
        Assert.EndsWith("momentum: 0.9, weight_decay: 0.01);", Judge(Deep(), Sgd(0.1, 0) with { Groups = [new() { Index = 0, LearningRate = 0.1, Momentum = 0, WeightDecay = 0.01 }] }).Single().Advice[0].Code);

    [TestMethod]
    public void Momentum_another_kind_and_linear_models_are_silent()
    {
        Assert.IsEmpty(Judge(Deep(), Sgd(0.1, 1e-3)));
        Assert.IsEmpty(Judge(Deep(), Sgd(0.1, 0) with { Kind = "RMSProp" }));
        Assert.IsEmpty(Judge(Deep()));
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc").Build(), Sgd(0.1, 0)));
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("backbone", frozen: true).Code("relu").Layer("head").Build(), Sgd(0.1, 0)));
        Assert.IsEmpty(Judge(Deep(), Sgd(0.1, 0, "fc2.weight", "fc2.bias")));
        Assert.IsEmpty(Judge(Deep(), Sgd(0.1, 0) with { Groups = [] }));
        Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }, Sgd(double.NaN, 0)));
    }

    private static NetworkProfile Deep() => new ProfilesOfWeights().Layer("fc1").Code("relu").Layer("fc2").Build();

    private static OptimizerProfile Sgd(double rate, double momentum, params string[] parameters) =>
        new() { Kind = "SGD", Groups = [new() { Index = 0, LearningRate = rate, Momentum = momentum, Parameters = parameters }] };

    private static IReadOnlyList<Finding> Judge(NetworkProfile profile, params OptimizerProfile[] optimizers) => ProfilesOfWeights.Judge(new NoMomentum(), profile with { Optimizers = optimizers }).Findings;
}
