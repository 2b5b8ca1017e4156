using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class LogitsIntoProbabilityLossTests
{
    [TestMethod]
    public void Logits_into_a_likelihood_are_an_error()
    {
        var finding = Judge(Of(LossKind.NegativeLogLikelihood, Rows(-2, 2)).WithLinear()).Findings.Single();
        Assert.AreEqual((Severity.Error, Confidence.Confirmed, "fc2"), (finding.Severity, finding.Confidence, finding.Subject.Name));
        Assert.Contains("the output of `fc2` (Linear) is raw scores", finding.Message);
        Assert.Contains("CrossEntropyLoss", finding.Advice[0].Code!);
    }

    [TestMethod]
    public void Probabilities_lack_their_logarithm()
    {
        var finding = Judge(Of(LossKind.NegativeLogLikelihood, Probabilities()).EndingWith("Softmax", ModuleKind.Softmax)).Findings.Single();
        Assert.Contains("the logarithm is missing", finding.Message);
        Assert.Contains("log_softmax(logits, 1)", finding.Advice.Single().Code!);
    }

    [TestMethod]
    public void A_wrong_dimension_is_named() =>
        Assert.Contains("log-probabilities over dimension 0, while it reads classes along dimension 1",
            Judge(Of(LossKind.NegativeLogLikelihood, Rows(-6, -1, 20, 2)).EndingWith("LogSoftmax", ModuleKind.LogSoftmax, settings: ("dim", 0))).Findings.Single().Message);

    [TestMethod]
    public void Logits_into_a_binary_loss_explain_what_it_throws()
    {
        var profile = Of(LossKind.BinaryCrossEntropy, Rows(-2, 2, classes: 1), Rows(0, 1, classes: 1)).With(l => l with { Error = "ExternalException: all elements of input should be between 0 and 1", Value = double.NaN });
        var finding = Judge(profile).Findings.Single();
        Assert.AreEqual((Severity.Error, "Net"), (finding.Severity, finding.Subject.Name));
        Assert.Contains("lies in [-2, 2]: these are logits, and the sigmoid is missing. It threw", finding.Message);
        Assert.Contains("BCEWithLogitsLoss", finding.Advice[0].Code!);
        Assert.Contains("logarithms", Judge(Of(LossKind.BinaryCrossEntropy, Rows(-6, -1), Rows(0, 1)).EndingWith("LogSoftmax", ModuleKind.LogSoftmax)).Findings.Single().Message);
    }

    [TestMethod]
    public void Healthy_losses_are_silent()
    {
        Silent(Of(LossKind.NegativeLogLikelihood, LogProbabilities()));
        Silent(Of(LossKind.BinaryCrossEntropy, Rows(0, 1), Rows(0, 1)));
        Silent(Of(LossKind.CrossEntropy, Rows(-2, 2)));
        Silent(Of(LossKind.Unknown, Probabilities()));
        Silent(Of(LossKind.NegativeLogLikelihood, Rows(0, 0, 0, 0, classes: 1)));
        Silent(new NetworkProfile { Network = "Net" });
    }

    [TestMethod]
    public void The_boundary_is_the_tolerance_of_the_precision()
    {
        Silent(Of(LossKind.NegativeLogLikelihood, Rows(-9, -0.1, 20, 0.05)));
        Assert.HasCount(1, Judge(Of(LossKind.NegativeLogLikelihood, Rows(-9, -0.1, 20, 0.051))).Findings);
        Silent(Of(LossKind.NegativeLogLikelihood, Rows(-9, -0.1, 20, 0.09)).With(l => l with { Input = l.Input with { DType = "BFloat16" } }));
        Silent(Of(LossKind.NegativeLogLikelihood, Rows(-9, -0.1, 20, 0.09)), new() { Tolerance = 0.1 });
        Silent(Of(LossKind.NegativeLogLikelihood, Rows(double.NaN, double.NaN, double.NaN, double.NaN)).With(l => l with { Input = l.Input with { NonFinite = 3 } }));
    }

    private static void Silent(NetworkProfile profile, LogitsIntoProbabilityLossOptions? options = null) => Assert.IsEmpty(Judge(profile, options).Findings);

    private static DiagnosticReport Judge(NetworkProfile profile, LogitsIntoProbabilityLossOptions? options = null) => LossProfiles.Judge(new LogitsIntoProbabilityLoss(options), profile);
}
