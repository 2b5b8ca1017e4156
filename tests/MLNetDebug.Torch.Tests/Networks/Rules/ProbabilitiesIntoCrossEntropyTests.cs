using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class ProbabilitiesIntoCrossEntropyTests
{
    [TestMethod]
    public void A_softmax_before_cross_entropy_is_named()
    {
        var finding = Judge(Of(LossKind.CrossEntropy, Probabilities()).EndingWith("Softmax", ModuleKind.Softmax, "soft")).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Confirmed, "soft"), (finding.Severity, finding.Confidence, finding.Subject.Name));
        Assert.Contains("no lower than 1.46 over 10 classes", finding.Message);
        Assert.Contains("without soft", finding.Advice[0].Code!);
        Assert.Contains("softmax() in the code of the network", Judge(Of(LossKind.CrossEntropy, Probabilities()).EndingWithOperation("softmax")).Findings.Single().Message);
    }

    [TestMethod]
    public void Values_alone_show_it()
    {
        var finding = Judge(Of(LossKind.CrossEntropy, Probabilities())).Findings.Single();
        Assert.AreEqual((Severity.Warning, "Net"), (finding.Severity, finding.Subject.Name));
        Assert.StartsWith("Every row that CrossEntropyLoss is given lies in [0, 1] and sums to 1", finding.Message);
        Assert.Contains("its own sigmoid", Judge(Of(LossKind.BinaryCrossEntropyWithLogits, Probabilities(), Rows(0, 1))).Findings.Single().Message);
    }

    [TestMethod]
    public void A_softmax_over_another_dimension_is_still_one_too_many() =>
        Assert.HasCount(1, Judge(Of(LossKind.CrossEntropy, Rows(0.001, 0.2, 0.4, 3)).EndingWith("Softmax", ModuleKind.Softmax, settings: ("dim", 0))).Findings);

    [TestMethod]
    public void Healthy_losses_are_silent()
    {
        Silent(Of(LossKind.CrossEntropy, Rows(-3, 3)).WithLinear());
        Silent(Of(LossKind.CrossEntropy, LogProbabilities()).EndingWith("LogSoftmax", ModuleKind.LogSoftmax));
        Silent(Of(LossKind.BinaryCrossEntropy, Probabilities(), Rows(0, 1)));
        Silent(Of(LossKind.NegativeLogLikelihood, Probabilities()));
        Silent(Of(LossKind.Unknown, Probabilities()));
        Silent(Of(LossKind.CrossEntropy, Rows(1, 1, 0, 1, classes: 1)));
        Silent(Of(LossKind.CrossEntropy, Rows(0, 0, 1, 2.3, zeros: 1)));
        Silent(Of(LossKind.CrossEntropy, Rows(0.2, 0.9, 0.1, 3)));
    }

    [TestMethod]
    public void Few_rows_prove_nothing()
    {
        Silent(Of(LossKind.CrossEntropy, Probabilities(rows: 3)));
        Assert.HasCount(1, Judge(Of(LossKind.CrossEntropy, Probabilities(rows: 4))).Findings);
        Assert.HasCount(1, Judge(Of(LossKind.CrossEntropy, Probabilities(rows: 1)).EndingWith("Softmax", ModuleKind.Softmax)).Findings);
        Silent(new NetworkProfile { Network = "Net" });
    }

    private static void Silent(NetworkProfile profile) => Assert.IsEmpty(Judge(profile).Findings);

    private static DiagnosticReport Judge(NetworkProfile profile) => LossProfiles.Judge(new ProbabilitiesIntoCrossEntropy(), profile);
}
