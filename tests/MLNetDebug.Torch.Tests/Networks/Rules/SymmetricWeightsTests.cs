using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class SymmetricWeightsTests
{
    [TestMethod]
    public void Constant_weights_that_stay_alike_are_named()
    {
        var finding = Judge(Net(0.5, 0, new(3, true, true, []))).Findings.Single();
        Assert.AreEqual(new Subject(SubjectKind.Layer, "fc1"), finding.Subject);
        Assert.AreEqual("The 64 units of `fc1.weight` of `fc1` (Linear) start with the same weights (all 0.5) and are still alike after 3 trial steps: equal units have equal gradients, so the layer works as one unit however long it trains.", finding.Message);
        Assert.AreEqual("_ = torch.nn.init.kaiming_uniform_(fc1.weight);", finding.Advice.Single().Code);
        Assert.AreEqual(ProofKind.Experiment, finding.Proof!.Kind);
    }

    [TestMethod]
    public void Equal_rows_that_are_not_constant_are_named_without_a_value() =>
        Assert.Contains("start with the same weights and are still alike", Judge(Net(0.5, 0.1, new(3, true, true, []))).Findings.Single().Message);

    [TestMethod]
    public void What_no_gradient_moves_is_said() => Assert.Contains("did not move them", Judge(Net(0.5, 0, new(3, false, true, ["fc1.weight"]))).Findings.Single().Message);

    [TestMethod]
    public void What_comes_apart_and_what_is_zero_is_silent()
    {
        Assert.IsEmpty(Judge(Net(0.5, 0, new(3, true, false, []))).Findings);
        Assert.IsEmpty(Judge(Net(0, 0, new(3, false, true, []))).Findings);
        Assert.IsEmpty(Judge(Net(0.5, 0, new(3, true, true, []), frozen: true)).Findings);
        Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }).Findings);
    }

    [TestMethod]
    public void Without_a_trial_it_is_not_checked()
    {
        var result = Judge(Net(0.5, 0, null));
        Assert.IsEmpty(result.Findings);
        Assert.HasCount(1, result.NotChecked);
    }

    private static NetworkProfile Net(double mean, double deviation, SymmetryTrial? trial, bool frozen = false) => new ProfilesOfWeights()
        .Layer("fc1", frozen: frozen, weight: p => p with { Facts = ProfilesOfWeights.Facts([64, 64], deviation, mean), UnitsAlike = true, Trial = trial }).Code("relu").Layer("fc2").Build();

    private static RuleTested Judge(NetworkProfile profile) => ProfilesOfWeights.Judge(new SymmetricWeights(), profile);
}
