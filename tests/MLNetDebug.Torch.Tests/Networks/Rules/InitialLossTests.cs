using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class InitialLossTests
{
    [TestMethod]
    public void A_loss_far_above_a_guess_is_a_warning()
    {
        var finding = Judge(Classes(14.2).WithLinear()).Findings.Single();
        Assert.AreEqual((Severity.Warning, "fc2"), (finding.Severity, finding.Subject.Name));
        Assert.Contains("the loss is 14.2; a guess costs 2.3 (ln 10)", finding.Message);
        Assert.AreEqual(2 * Math.Log(10), finding.Evidence[0].Threshold!.Value, 1e-9);
        Assert.Contains("fc2.weight.mul_(0.1)", finding.Advice[1].Code!);
        Assert.Contains("ln 2", Judge(Binary(1.5)).Findings.Single().Message);
        Assert.HasCount(1, Judge(Of(LossKind.NegativeLogLikelihood, LogProbabilities()).With(l => l with { MeanLoss = 9 })).Findings);
    }

    [TestMethod]
    public void A_loss_far_below_a_guess_is_mentioned()
    {
        var finding = Judge(Classes(0.1)).Findings.Single();
        Assert.AreEqual((Severity.Info, Confidence.Suspected), (finding.Severity, finding.Confidence));
        Assert.Contains("trained before", finding.Message);
    }

    [TestMethod]
    public void A_regression_far_from_its_targets_is_warned_of()
    {
        var finding = Judge(Numbers(LossKind.MeanSquaredError, 101).WithLinear()).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Suspected), (finding.Severity, finding.Confidence));
        Assert.Contains("fc2.bias!.fill_(300)", finding.Advice.Single().Code!);
        Assert.HasCount(1, Judge(Numbers(LossKind.AbsoluteError, 10.1)).Findings);
    }

    [TestMethod]
    public void Losses_of_networks_that_know_nothing_are_silent()
    {
        foreach (var loss in new[] { 2.3, 2.0, 3.3, 4.6, 0.5, double.NaN, double.PositiveInfinity, -1 })
            Silent(Classes(loss));
        Silent(Binary(0.69));
        Silent(Numbers(LossKind.MeanSquaredError, 60));
        Silent(Numbers(LossKind.MeanSquaredError, 101).With(l => l with { ConstantLoss = 0 }));
        Silent(new NetworkProfile { Network = "Net" });
    }

    [TestMethod]
    public void What_is_not_comparable_is_silent()
    {
        // Later calls, few rows, one class, weights of positives, targets that are no probabilities, scores that are no log-probabilities, a loss that threw.
        Silent(Classes(14).With(l => l with { Call = 100 }));
        Silent(Of(LossKind.CrossEntropy, Rows(-9, 9, rows: 7)).With(l => l with { MeanLoss = 14 }));
        Silent(Of(LossKind.CrossEntropy, Rows(-9, 9, classes: 1)).With(l => l with { MeanLoss = 14 }));
        Silent(Binary(3).With(l => l with { HasClassWeights = true }));
        Silent(Binary(3).With(l => l with { Target = Facts([64, 1], -1, 1) }));
        Silent(Of(LossKind.NegativeLogLikelihood, Rows(-9, 9)).With(l => l with { MeanLoss = 14 }));
        Silent(Classes(14).With(l => l with { Error = "x" }));
        // Nearly one label: what is little against a guess is not little against the best constant.
        Silent(Classes(0.1).With(l => l with { ConstantLoss = 0.15 }));
    }

    [TestMethod]
    public void The_boundaries_are_the_options()
    {
        Silent(Classes(2 * Math.Log(10)));
        Assert.HasCount(1, Judge(Classes((2 * Math.Log(10)) + 1e-9)).Findings);
        Silent(Classes(9), new() { High = 5 });
        Silent(Classes(0.1), new() { Low = 0.01 });
        Silent(Numbers(LossKind.MeanSquaredError, 101), new() { Regression = 200 });
        Assert.ThrowsExactly<ArgumentException>(() => Judge(Classes(2), new() { High = 1 }));
    }

    [TestMethod]
    public void It_is_folded_under_what_causes_it()
    {
        var profile = Of(LossKind.NegativeLogLikelihood, LogProbabilities()).With(l => l with { MeanLoss = 9, Kind = LossKind.CrossEntropy, InputRows = Probabilities() });
        var report = new RuleEngine([new InitialLoss(), new ProbabilitiesIntoCrossEntropy()]).Judge("test", new Measurements().With(profile));
        Assert.AreEqual(RuleIds.ProbabilitiesIntoCrossEntropy, report.Of(RuleIds.InitialLoss).Single().FoldedUnder);
    }

    private static NetworkProfile Classes(double loss) => Of(LossKind.CrossEntropy, Rows(-9, 9)).With(l => l with { MeanLoss = loss });

    private static NetworkProfile Binary(double loss) => Of(LossKind.BinaryCrossEntropyWithLogits, Facts([64, 1], -9, 9), Facts([64, 1], 0, 1)).With(l => l with { MeanLoss = loss });

    private static NetworkProfile Numbers(LossKind kind, double loss) => Of(kind, Facts([64, 1], -1, 1), Facts([64, 1], 290, 310, 300)).With(l => l with { MeanLoss = loss });

    private static void Silent(NetworkProfile profile, InitialLossOptions? options = null) => Assert.IsEmpty(Judge(profile, options).Findings);

    private static DiagnosticReport Judge(NetworkProfile profile, InitialLossOptions? options = null) => LossProfiles.Judge(new InitialLoss(options), profile);
}
