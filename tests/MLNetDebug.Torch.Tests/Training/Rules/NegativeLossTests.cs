using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class NegativeLossTests
{
    [TestMethod]
    [DataRow(LossKind.KullbackLeibler, "its input holds no log-probabilities, or its target", "log_target: false")]
    [DataRow(LossKind.NegativeLogLikelihood, "a negative log-likelihood and has been -3.1", "cross_entropy(output, target)")]
    [DataRow(LossKind.CrossEntropy, "so its targets are neither", "softmax(target, 1)")]
    [DataRow(LossKind.BinaryCrossEntropy, "targets outside", "target.gt")]
    [DataRow(LossKind.BinaryCrossEntropyWithLogits, "targets outside", "target.gt")]
    public void A_loss_that_cannot_be_negative_is_an_error(LossKind kind, string says, string code)
    {
        var finding = Judge(WindowsOfRuns.WithLoss(kind, -3.1)).Single();
        Assert.AreEqual(new Subject(SubjectKind.Run, "Net"), finding.Subject);
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.Contains(says, finding.Message);
        Assert.Contains(code, finding.Advice.Single().Code!);
    }

    [TestMethod]
    public void Squares_are_named_too() => Assert.Contains("something else was added", Judge(WindowsOfRuns.WithLoss(LossKind.MeanSquaredError, -0.5)).Single().Message);

    [TestMethod]
    [DataRow(LossKind.Unknown)]
    [DataRow(LossKind.Other)]
    public void Losses_that_may_be_negative_are_silent(LossKind kind) => Assert.IsEmpty(Judge(WindowsOfRuns.WithLoss(kind, -300)));

    [TestMethod]
    public void The_boundary_is_rounding()
    {
        Assert.IsEmpty(Judge(WindowsOfRuns.WithLoss(LossKind.KullbackLeibler, -9e-7, usual: 1e-5)));
        Assert.HasCount(1, Judge(WindowsOfRuns.WithLoss(LossKind.KullbackLeibler, -1.1e-6, usual: 1e-5)));
        Assert.IsEmpty(Judge(WindowsOfRuns.WithLoss(LossKind.KullbackLeibler, -1.1e-6, usual: 1e-5), new() { Tolerance = 1e-5 }));
        Assert.IsEmpty(Judge(WindowsOfRuns.WithLoss(LossKind.KullbackLeibler, -1e-6, usual: 1e-5)));
        Assert.HasCount(1, Judge(WindowsOfRuns.WithLoss(LossKind.KullbackLeibler, Math.BitDecrement(-1e-6), usual: 1e-5)));
        // Half precision: of a loss of 2.
        Assert.IsEmpty(Judge(WindowsOfRuns.WithLoss(LossKind.KullbackLeibler, -1e-3, usual: 2)));
        // Summed over at most 32 rows.
        Assert.IsEmpty(Judge(WindowsOfRuns.WithLoss(LossKind.KullbackLeibler, -3e-5, usual: 1e-4, LossReduction.Sum)));
        Assert.HasCount(1, Judge(WindowsOfRuns.WithLoss(LossKind.KullbackLeibler, -3.4e-5, usual: 1e-4, LossReduction.Sum)));
        Assert.ThrowsExactly<ArgumentException>(() => Judge(WindowsOfRuns.Empty, new() { Tolerance = -1 }));
    }

    [TestMethod]
    public void Losses_above_0_and_runs_without_one_are_silent()
    {
        Assert.IsEmpty(Judge(WindowsOfRuns.WithLoss(LossKind.CrossEntropy, 0)));
        Assert.IsEmpty(Judge(WindowsOfRuns.WithLoss(LossKind.CrossEntropy, double.NaN)));
        Assert.IsEmpty(Judge(WindowsOfRuns.Empty));
    }

    private static IReadOnlyList<Finding> Judge(TrainingWindow window, TrainingNegativeLossOptions? options = null) => WindowsOfRuns.Judge(new NegativeLoss(options), window).Findings;
}
