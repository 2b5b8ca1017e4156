using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class DivergenceInputTests
{
    [TestMethod]
    public void What_is_no_log_probability_is_an_error()
    {
        var logits = Judge(Divergence(Rows(-2, 2)).WithLinear()).Findings.Single();
        Assert.AreEqual((Severity.Error, Confidence.Confirmed, "fc2"), (logits.Severity, logits.Confidence, logits.Subject.Name));
        Assert.Contains("the output of `fc2` (Linear) is raw scores", logits.Message);
        Assert.Contains("log_softmax(output, 1)", logits.Advice.Single().Code!);
        Assert.Contains("the logarithm is missing", Judge(Divergence(Probabilities())).Findings.Single().Message);
        Assert.Contains("runs over dimension 0", Judge(Divergence(Rows(-9, -1, 9, 2)).EndingWith("LogSoftmax", ModuleKind.LogSoftmax, settings: ("dim", 0))).Findings.Single().Message);
    }

    [TestMethod]
    public void A_negative_loss_is_told() =>
        Assert.Contains("The loss is -0.4 per row; no divergence is below 0.", Judge(Divergence(Rows(-2, 2)).With(l => l with { MeanLoss = -0.4 })).Findings.Single().Message);

    [TestMethod]
    public void Swapped_arguments_are_one_fault()
    {
        var profile = Of(LossKind.KullbackLeibler, Probabilities(), LogProbabilities()).With(l => l with { LogTarget = false });
        Assert.Contains("wrong order", Judge(profile).Findings.Single().Message);
        Assert.IsEmpty(LossProfiles.Judge(new DivergenceTarget(), profile).Findings);
    }

    [TestMethod]
    public void Log_probabilities_are_silent()
    {
        Silent(Divergence(LogProbabilities()));
        Silent(Divergence(Rows(-9, -0.1, 20, 0.001)));
        Assert.HasCount(1, Judge(Divergence(Rows(-9, -0.1, 20, 0.0011))).Findings);
        Silent(Divergence(Rows(-9, -0.1, 20, 0.0011)), new() { Tolerance = 0.01 });
        Silent(Divergence(Rows(-9, -0.1, 20, 0.015)).With(l => l with { Input = l.Input with { DType = "Float16" } }));
        Silent(Of(LossKind.CrossEntropy, Rows(-2, 2)));
        Silent(Divergence(Rows(double.NaN, double.NaN, double.NaN, double.NaN)));
        Silent(new NetworkProfile { Network = "Net" });
    }

    private static NetworkProfile Divergence(DistributionFacts input) => Of(LossKind.KullbackLeibler, input, Probabilities()).With(l => l with { LogTarget = false });

    private static void Silent(NetworkProfile profile, DivergenceInputOptions? options = null) => Assert.IsEmpty(Judge(profile, options).Findings);

    private static DiagnosticReport Judge(NetworkProfile profile, DivergenceInputOptions? options = null) => LossProfiles.Judge(new DivergenceInput(options), profile);
}
