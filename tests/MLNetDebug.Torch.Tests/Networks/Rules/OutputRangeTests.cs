using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class OutputRangeTests
{
    [TestMethod]
    [DataRow("Sigmoid", ModuleKind.Activation, -2, 2, "from 0 to 1")]
    [DataRow("Tanh", ModuleKind.Activation, -3, 3, "from -1 to 1")]
    [DataRow("ReLU", ModuleKind.Activation, -2, 2, "no lower than 0")]
    [DataRow("Softmax", ModuleKind.Softmax, 0, 50, "from 0 to 1")]
    [DataRow("LogSoftmax", ModuleKind.LogSoftmax, 0, 5, "no higher than 0")]
    public void Targets_out_of_reach_are_told(string type, ModuleKind kind, double min, double max, string reach)
    {
        var finding = Judge(Of(LossKind.MeanSquaredError, Facts([64, 1], 0, 1), Facts([64, 1], min, max)).EndingWith(type, kind, "act")).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Confirmed, "act"), (finding.Severity, finding.Confidence, finding.Subject.Name));
        Assert.Contains($"reaches {reach}", finding.Message);
        Assert.Contains("without act", finding.Advice[0].Code!);
    }

    [TestMethod]
    public void Targets_that_are_no_probabilities_are_told_to_binary_losses()
    {
        foreach (var (min, max, code) in new[] { (-1.0, 1.0, "(target + 1) / 2"), (1.0, 2.0, "target - 1"), (0.0, 9.0, "CrossEntropyLoss"), (-0.5, 2.3, "MSELoss") })
        {
            var finding = Judge(Of(LossKind.BinaryCrossEntropyWithLogits, Facts([64, 1], -2, 2), Facts([64, 1], min, max))).Findings.Single();
            Assert.AreEqual(Severity.Warning, finding.Severity);
            Assert.Contains(code, finding.Advice.Single().Code!);
        }
    }

    [TestMethod]
    public void Targets_within_reach_are_silent()
    {
        Silent(Of(LossKind.MeanSquaredError, Facts([64, 1], 0, 1), Facts([64, 1], 0, 1)).EndingWith("Sigmoid", ModuleKind.Activation));
        Silent(Of(LossKind.MeanSquaredError, Facts([64, 1], -1, 1), Facts([64, 1], -1, 1)).EndingWith("Tanh", ModuleKind.Activation));
        Silent(Of(LossKind.Huber, Facts([64, 1], 0, 9), Facts([64, 1], 0, 500)).EndingWith("ReLU", ModuleKind.Activation));
        Silent(Of(LossKind.MeanSquaredError, Facts([64, 1], -3, 3), Facts([64, 1], -300, 300)).WithLinear());
        Silent(Of(LossKind.MeanSquaredError, Facts([64, 1], -3, 3), Facts([64, 1], -300, 300)).EndingWith("LeakyReLU", ModuleKind.Activation));
        Silent(Of(LossKind.BinaryCrossEntropy, Facts([64, 1], 0, 1), Facts([64, 1], 0, 1)));
        // Without flow nothing is known of the last activation.
        Silent(Of(LossKind.MeanSquaredError, Facts([64, 1], 0, 1), Facts([64, 1], -2, 2)));
        Silent(Of(LossKind.CrossEntropy, Rows(-3, 3)));
        Silent(new NetworkProfile { Network = "Net" });
    }

    [TestMethod]
    public void The_boundary_is_the_share()
    {
        var sigmoid = Of(LossKind.MeanSquaredError, Facts([64, 1], 0, 1), Facts([64, 1], 0, 1)).EndingWith("Sigmoid", ModuleKind.Activation);
        Silent(sigmoid.With(l => l with { TargetPercentiles = [.. Enumerable.Repeat(0.5, 99), 3, 3] }));
        Assert.HasCount(1, Judge(sigmoid.With(l => l with { TargetPercentiles = [.. Enumerable.Repeat(0.5, 98), 3, 3, 3] })).Findings);
        Silent(sigmoid.With(l => l with { TargetPercentiles = [.. Enumerable.Repeat(0.5, 98), 3, 3, 3] }), new() { Share = 0.05 });
        Silent(sigmoid.With(l => l with { TargetPercentiles = [.. Enumerable.Repeat(1.009, 101)] }));
    }

    private static void Silent(NetworkProfile profile, OutputRangeOptions? options = null) => Assert.IsEmpty(Judge(profile, options).Findings);

    private static DiagnosticReport Judge(NetworkProfile profile, OutputRangeOptions? options = null) => LossProfiles.Judge(new OutputRange(options), profile);
}
