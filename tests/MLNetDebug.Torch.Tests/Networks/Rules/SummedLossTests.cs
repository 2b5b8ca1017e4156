using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class SummedLossTests
{
    [TestMethod]
    public void A_sum_is_mentioned()
    {
        var finding = Judge(Summed(LossKind.CrossEntropy)).Findings.Single();
        Assert.AreEqual((Severity.Info, "CrossEntropyLoss"), (finding.Severity, finding.Subject.Name));
        Assert.Contains("over the 64 rows of the batch", finding.Message);
        Assert.AreEqual("var loss = nn.CrossEntropyLoss(reduction: Reduction.Mean);", finding.Advice.Single().Code);
        Assert.Contains("backward", Judge(Summed(LossKind.MeanSquaredError).With(l => l with { IsModule = false })).Findings.Single().Advice.Single().Code!);
    }

    [TestMethod]
    public void Means_divergences_and_single_rows_are_silent()
    {
        Assert.IsEmpty(Judge(Of(LossKind.CrossEntropy, Rows(-2, 2))).Findings);
        Assert.IsEmpty(Judge(Summed(LossKind.KullbackLeibler)).Findings);
        Assert.IsEmpty(Judge(Summed(LossKind.CrossEntropy, rows: 1)).Findings);
        Assert.IsEmpty(Judge(Summed(LossKind.CrossEntropy).With(l => l with { Error = "x" })).Findings);
        Assert.IsEmpty(Judge(Summed(LossKind.CrossEntropy).With(l => l with { Input = Facts([], 0, 0) })).Findings);
        Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }).Findings);
    }

    private static NetworkProfile Summed(LossKind kind, long rows = 64) => Of(kind, Rows(-2, 2, rows: rows)).With(l => l with { Reduction = LossReduction.Sum });

    private static DiagnosticReport Judge(NetworkProfile profile) => LossProfiles.Judge(new SummedLoss(), profile);
}
