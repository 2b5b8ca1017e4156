using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class DivergenceTargetTests
{
    [TestMethod]
    public void TorchSharps_default_of_log_target_is_told()
    {
        var finding = Judge(Divergence(Probabilities(), true)).Findings.Single();
        Assert.AreEqual((Severity.Error, "KullbackLeiblerLoss"), (finding.Severity, finding.Subject.Name));
        Assert.Contains("TorchSharp's default is true", finding.Message);
        Assert.Contains("log_target: false", finding.Advice.Single().Code!);
        Assert.Contains("kl_div", Judge(Divergence(Probabilities(), true).With(l => l with { IsModule = false })).Findings.Single().Advice.Single().Code!);
    }

    [TestMethod]
    public void Other_targets_are_told_apart()
    {
        Assert.Contains("log_target: true", Judge(Divergence(LogProbabilities(), false)).Findings.Single().Advice.Single().Code!);
        Assert.Contains("functional.softmax(target, 1)", Judge(Divergence(Rows(-2, 2), false)).Findings.Single().Advice.Single().Code!);
        Assert.Contains("functional.log_softmax(target, 1)", Judge(Divergence(Rows(-2, 2), true)).Findings.Single().Advice.Single().Code!);
    }

    [TestMethod]
    public void Weights_that_sum_to_something_else_may_be_meant()
    {
        var finding = Judge(Divergence(Rows(0, 5, 9, 3), false)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("target.sum(1, keepdim: true)", finding.Advice.Single().Code!);
    }

    [TestMethod]
    public void Right_targets_are_silent()
    {
        Silent(Divergence(Probabilities(), false));
        Silent(Divergence(LogProbabilities(), true));
        Silent(Divergence(Rows(0, 0.9, 0.001), false));
        Assert.HasCount(1, Judge(Divergence(Rows(0, 0.9, 0.0011), false)).Findings);
        Silent(Divergence(Rows(0, 0.9, 0.0011), false), new() { Tolerance = 0.01 });
        Silent(Divergence(Probabilities(), true).With(l => l with { LogTarget = null }));
        Silent(Of(LossKind.CrossEntropy, Rows(-2, 2), Rows(0, 5)));
        Silent(new NetworkProfile { Network = "Net" });
    }

    private static NetworkProfile Divergence(DistributionFacts target, bool logTarget) => Of(LossKind.KullbackLeibler, LogProbabilities(), target).With(l => l with { LogTarget = logTarget });

    private static void Silent(NetworkProfile profile, DivergenceTargetOptions? options = null) => Assert.IsEmpty(Judge(profile, options).Findings);

    private static DiagnosticReport Judge(NetworkProfile profile, DivergenceTargetOptions? options = null) => LossProfiles.Judge(new DivergenceTarget(options), profile);
}
