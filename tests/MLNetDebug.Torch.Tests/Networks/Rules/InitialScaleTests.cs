using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class InitialScaleTests
{
    private static readonly Func<LossProfile, LossProfile> Blown = l => l with { Input = ProfilesOfWeights.Facts([32, 10], 40), MeanLoss = 60 };

    [TestMethod]
    public void Large_weights_with_spread_logits_are_named_at_the_largest()
    {
        var finding = Judge(new ProfilesOfWeights().Layer("fc1", gain: 8).Code("relu").Layer("fc2", gain: 20).Code("relu").Layer("fc3").Build(with: Blown)).Findings.Single();
        Assert.AreEqual(new Subject(SubjectKind.Layer, "fc2"), finding.Subject);
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.StartsWith("The weights of `fc2` (Linear) have a gain of 20 (root mean square 2.5, 64 inputs), where 0.6 to 1.7 is usual; beside it stand `fc1.weight` (8). It shows: the logits spread with a standard deviation of 40: the loss starts at 60, where a constant answer has 2.2", finding.Message);
        Assert.AreEqual("_ = torch.nn.init.kaiming_uniform_(fc2.weight);\n_ = torch.nn.init.kaiming_uniform_(fc1.weight);", finding.Advice.Single().Code);
        Assert.AreEqual(40, finding.Evidence[1].Value);
    }

    [TestMethod]
    public void A_margin_and_losses_of_exactly_0_show_it_too()
    {
        Assert.Contains("decided by a margin", Large(l => l with { MeanLoss = 9, MedianMargin = 17 }).Single().Message);
        Assert.Contains("a loss of exactly 0", Large(l => l with { MeanLoss = 9, ZeroLossShare = 0.1 }).Single().Message);
        Assert.IsEmpty(Large(l => l with { MeanLoss = 9, MedianMargin = 16 }));
    }

    [TestMethod]
    public void What_the_loss_bears_is_silent()
    {
        Assert.IsEmpty(Large(l => l));
        Assert.IsEmpty(Large(l => Blown(l) with { MeanLoss = 4 }));
        // Trained before: it answers better than a constant.
        Assert.IsEmpty(Large(l => Blown(l) with { MeanLoss = 0.1 }));
    }

    [TestMethod]
    public void The_boundary_of_the_gain_and_of_the_spread()
    {
        NetworkProfile Net(double gain, double spread) => new ProfilesOfWeights().Layer("fc1", gain: gain).Code("relu").Layer("fc2").Build(with: l => Blown(l) with { Input = ProfilesOfWeights.Facts([32, 10], spread) });
        Assert.HasCount(1, Judge(Net(3.01, 10.1)).Findings);
        Assert.IsEmpty(Judge(Net(2.99, 10.1)).Findings);
        Assert.IsEmpty(Judge(Net(3.01, 9.9)).Findings);
        Assert.HasCount(1, Judge(Net(2.5, 10.1), new() { LargeGain = 2 }).Findings);
        Assert.ThrowsExactly<ArgumentException>(() => Judge(Net(1, 1), new() { LargeGain = 0 }));
    }

    [TestMethod]
    public void What_a_normalisation_takes_away_is_silent()
    {
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1", gain: 20).Norm("bn").Code("relu").Layer("fc2").Build(with: Blown)).Findings);
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1", gain: 20).Code("relu").Norm("ln", ModuleKind.RowNorm).Layer("fc2").Build(with: Blown)).Findings);
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1", gain: 20, seen: false).Norm("bn", seen: false).Build(with: Blown)).Findings);
        Assert.HasCount(1, Judge(new ProfilesOfWeights().Layer("fc1", gain: 20, seen: false).Build(with: Blown)).Findings);
    }

    [TestMethod]
    public void Frozen_pretrained_and_alike_weights_are_silent()
    {
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1", gain: 20, frozen: true).Build(with: Blown)).Findings);
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Norm("bn", tracked: 900).Layer("fc1", gain: 9).Build(with: Blown)).Findings);
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1", gain: 20, weight: p => p with { UnitsAlike = true }).Build(with: Blown)).Findings);
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Parameter("e.weight", ParameterRole.Embedding, [100, 64], p => p with { Facts = ProfilesOfWeights.Facts([100, 64], 1) }).Build(with: Blown)).Findings);
    }

    [TestMethod]
    [DataRow("tanh", 0, 0.95, true)]
    [DataRow("tanh", 0, 0.7, false)]
    [DataRow("sigmoid", 0.5, 0.47, true)]
    [DataRow("sigmoid", 0.5, 0.3, false)]
    public void A_saturated_activation_shows_it(string activation, double mean, double deviation, bool isFound)
    {
        var findings = Judge(new ProfilesOfWeights().Layer("fc1", gain: 6).Returns(activation, ProfilesOfWeights.Facts([32, 64], deviation, mean)).Layer("fc2").Build()).Findings;
        Assert.HasCount(isFound ? 1 : 0, findings);
        if (isFound)
            Assert.Contains($"{activation}() in the code of the network stands at its edges", findings[0].Message);
    }

    [TestMethod]
    public void Outputs_far_above_the_targets_show_it()
    {
        NetworkProfile Net(double size) => new ProfilesOfWeights().Layer("fc1", gain: 20).Build(LossKind.MeanSquaredError, l => l with { Input = ProfilesOfWeights.Facts([32, 1], size), Target = ProfilesOfWeights.Facts([32, 1], 1), MeanLoss = size * size, ConstantLoss = 1 });
        Assert.Contains("the outputs are 20 times as large as the targets", Judge(Net(20)).Findings.Single().Message);
        Assert.IsEmpty(Judge(Net(9)).Findings);
    }

    [TestMethod]
    [DataRow(30000.0, true)]
    [DataRow(99.0, false)]
    public void A_branch_that_drowns_its_trunk_shows_it_though_a_normalisation_follows(double size, bool isFound)
    {
        var net = new ProfilesOfWeights().Layer("stem");
        var trunk = net.Last;
        net.Norm("norm", ModuleKind.RowNorm).Layer("up", gain: 170).Code("silu").Module("drop", "Dropout", ModuleKind.Dropout, returns: ProfilesOfWeights.Facts([32, 64], size));
        var findings = Judge(net.Code("add", trunk, net.Last).Norm("last", ModuleKind.RowNorm).Layer("head").Build()).Findings;
        Assert.HasCount(isFound ? 1 : 0, findings);
        if (isFound)
            Assert.Contains("what it adds to `stem` (Linear) is 30,000 times as large", findings[0].Message);
    }

    [TestMethod]
    public void Small_layers_that_lose_the_signal_are_named()
    {
        var finding = Judge(new ProfilesOfWeights().Layer("fc1", gain: 0.02).Code("relu").Layer("fc2", gain: 0.01).Code("relu").Layer("fc3").Build()).Findings.Single();
        Assert.AreEqual("fc2", finding.Subject.Name);
        Assert.Contains("reaches the loss 5,000 times smaller", finding.Message);
        Assert.HasCount(1, Judge(new ProfilesOfWeights().Layer("fc1", gain: 0.0009).Code("relu").Layer("fc2").Build()).Findings);
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1", gain: 0.0011).Code("relu").Layer("fc2").Build()).Findings);
    }

    [TestMethod]
    public void Small_weights_that_are_good_practice_are_silent()
    {
        // The output layer, before a normalisation, in a residual branch, and TorchSharp's own start in a deep network.
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1").Code("relu").Layer("head", gain: 1e-4).Build()).Findings);
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1", gain: 1e-4).Norm("bn").Layer("head").Build()).Findings);
        var residual = new ProfilesOfWeights().Layer("in");
        var stem = residual.Last;
        residual.Layer("branch", gain: 1e-4);
        Assert.IsEmpty(Judge(residual.Code("add", stem, residual.Last).Layer("head").Build()).Findings);
        var deep = new ProfilesOfWeights();
        for (var i = 0; i < 30; i++)
            deep.Layer($"fc{i}").Code("relu");
        Assert.IsEmpty(Judge(deep.Layer("head").Build()).Findings);
    }

    [TestMethod]
    public void Small_weights_of_modules_that_were_not_seen_are_not_checked() =>
        Assert.Contains("called by forward", Judge(new ProfilesOfWeights().Layer("fc1", gain: 1e-4, seen: false).Build()).NotChecked.Single().Reason);

    [TestMethod]
    public void Weights_that_are_no_numbers_and_empty_networks_are_silent()
    {
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1", weight: p => p with { Facts = p.Facts with { Mean = double.NaN, StandardDeviation = double.NaN, NonFinite = 9 } }).Build(with: Blown)).Findings);
        Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }).Findings);
        Assert.IsEmpty(Judge(new ProfilesOfWeights().Layer("fc1", gain: 20).Build(loss: null)).Findings);
    }

    private static IReadOnlyList<Finding> Large(Func<LossProfile, LossProfile> with) => Judge(new ProfilesOfWeights().Layer("fc1", gain: 20).Code("relu").Layer("fc2").Build(with: with)).Findings;

    private static RuleTested Judge(NetworkProfile profile, InitialScaleOptions? options = null) => ProfilesOfWeights.Judge(new InitialScale(options), profile);
}
