using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class BroadcastLossTests
{
    [TestMethod]
    public void A_column_against_a_row_is_an_error()
    {
        var finding = Judge(Shapes([64, 1], [64]).WithLinear()).Findings.Single();
        Assert.AreEqual((Severity.Error, "MeanSquaredErrorLoss"), (finding.Severity, finding.Subject.Name));
        Assert.Contains("is given [64, 1] (the output of `fc2` (Linear)) and a target of [64]. libtorch stretches both to 4,096 terms", finding.Message);
        Assert.AreEqual("target = target.unsqueeze(-1);", finding.Advice.Single().Code);
        Assert.AreEqual("target = target.squeeze(-1);", Judge(Shapes([64], [64, 1])).Findings.Single().Advice.Single().Code);
        Assert.AreEqual("target = target.reshape(1, 64);", Judge(Shapes([1, 64], [64, 1])).Findings.Single().Advice.Single().Code);
        Assert.HasCount(1, Judge(Shapes([64, 1], [64]).With(l => l with { Kind = LossKind.Huber })).Findings);
    }

    [TestMethod]
    public void One_side_that_is_stretched_is_a_warning()
    {
        foreach (var (input, target) in new[] { (new long[] { 64, 1 }, new long[] { 64, 3 }), ([64, 3], [64, 1]), ([64, 3], [3]) })
            Assert.AreEqual(Severity.Warning, Judge(Shapes(input, target)).Findings.Single().Severity);
    }

    [TestMethod]
    public void A_loss_that_refuses_is_explained()
    {
        var profile = Shapes([64, 1], [64]).With(l => l with { Kind = LossKind.BinaryCrossEntropyWithLogits, Error = "ExternalException: Target size ([64]) must be the same as input size ([64, 1])" });
        Assert.Contains("takes equal shapes only. It threw", Judge(profile).Findings.Single().Message);
        Assert.IsEmpty(Judge(Shapes([64, 1], [64]).With(l => l with { Error = "ExternalException: something else" })).Findings);
    }

    [TestMethod]
    public void Shapes_that_agree_are_silent()
    {
        foreach (var (input, target) in new[] { (new long[] { 64, 1 }, new long[] { 64, 1 }), ([64], [64]), ([64, 1], [1]), ([64, 3], []), ([1, 1], [1]), ([1, 64], [64]), ([64, 3], [5, 2]) })
            Assert.IsEmpty(Judge(Shapes(input, target)).Findings);
        Assert.IsEmpty(Judge(Shapes([64, 3], [3]).With(l => l with { Kind = LossKind.KullbackLeibler })).Findings);
        Assert.IsEmpty(Judge(Of(LossKind.CrossEntropy, Rows(-2, 2))).Findings);
        Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }).Findings);
    }

    private static NetworkProfile Shapes(long[] input, long[] target) => Of(LossKind.MeanSquaredError, Facts(input, -1, 1), Facts(target, -1, 1));

    private static DiagnosticReport Judge(NetworkProfile profile) => LossProfiles.Judge(new BroadcastLoss(), profile);
}
