using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class OneClassSoftmaxTests
{
    [TestMethod]
    public void A_cross_entropy_of_one_class_is_an_error()
    {
        var finding = Judge(Of(LossKind.CrossEntropy, Rows(-2, 2, classes: 1)).WithLinear()).Findings.Single();
        Assert.AreEqual((Severity.Error, "fc2"), (finding.Severity, finding.Subject.Name));
        Assert.Contains("[64, 1] from the output of `fc2` (Linear)", finding.Message);
        Assert.Contains("BCEWithLogitsLoss", finding.Advice[0].Code!);
        Assert.AreEqual("fc2 = nn.Linear(32, classes);", finding.Advice[1].Code);
        Assert.AreEqual("Net", Judge(Of(LossKind.CrossEntropy, Rows(-2, 2, classes: 1)).With(l => l with { Error = "Target 1 is out of bounds." })).Findings.Single().Subject.Name);
    }

    [TestMethod]
    public void A_softmax_over_a_dimension_of_one_is_an_error()
    {
        var ones = Of(LossKind.BinaryCrossEntropy, Facts([64, 1], 1, 1), Facts([64, 1], 0, 1));
        Assert.AreEqual("soft", Judge(ones.EndingWith("Softmax", ModuleKind.Softmax, "soft", ("dim", 1))).Findings.Single().Subject.Name);
        Assert.Contains("runs over dimension 1 of [64, 1]", Judge(ones.EndingWithOperation("softmax", 1)).Findings.Single().Message);
        Assert.HasCount(1, Judge(Of(LossKind.NegativeLogLikelihood, Rows(0, 0, 1, 0, classes: 1)).EndingWith("LogSoftmax", ModuleKind.LogSoftmax, settings: ("dim", 1))).Findings);
        Assert.HasCount(1, Judge(Of(LossKind.NegativeLogLikelihood, Rows(0, 0, 1, 0, classes: 1))).Findings);
    }

    [TestMethod]
    public void Ones_alone_are_a_suspicion()
    {
        var finding = Judge(Of(LossKind.BinaryCrossEntropy, Facts([64, 1], 1, 1), Facts([64, 1], 0, 1))).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Suspected), (finding.Severity, finding.Confidence));
    }

    [TestMethod]
    public void Two_classes_and_more_are_silent()
    {
        Assert.IsEmpty(Judge(Of(LossKind.CrossEntropy, Rows(-2, 2, classes: 2)).WithLinear()).Findings);
        Assert.IsEmpty(Judge(Of(LossKind.CrossEntropy, Rows(-2, 2)).EndingWith("Softmax", ModuleKind.Softmax, settings: ("dim", 1))).Findings);
        Assert.IsEmpty(Judge(Of(LossKind.CrossEntropy, Rows(-2, 2)).EndingWith("Softmax", ModuleKind.Softmax)).Findings);
        Assert.IsEmpty(Judge(Of(LossKind.BinaryCrossEntropyWithLogits, Rows(-2, 2, classes: 1), Rows(0, 1, classes: 1))).Findings);
        Assert.IsEmpty(Judge(Of(LossKind.BinaryCrossEntropy, Facts([64, 1], 0.4, 1), Facts([64, 1], 0, 1))).Findings);
        Assert.IsEmpty(Judge(Of(LossKind.BinaryCrossEntropy, Facts([7, 1], 1, 1), Facts([7, 1], 1, 1))).Findings);
        Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }).Findings);
    }

    private static DiagnosticReport Judge(NetworkProfile profile) => LossProfiles.Judge(new OneClassSoftmax(), profile);
}
