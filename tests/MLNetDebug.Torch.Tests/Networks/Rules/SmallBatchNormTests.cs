using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class SmallBatchNormTests
{
    private static readonly SmallBatchNorm Rule = new();

    [TestMethod]
    [DataRow(8, Confidence.Suspected)]
    [DataRow(15, Confidence.Suspected)]
    [DataRow(4, Confidence.Suspected)]
    [DataRow(3, Confidence.Confirmed)]
    [DataRow(2, Confidence.Confirmed)]
    public void Few_rows_of_features_are_warned_of(int rows, Confidence confidence)
    {
        var finding = Rule.Judge(Perceptron(rows)).Findings.Single();
        Assert.AreEqual((Severity.Warning, confidence, "bn1"), (finding.Severity, finding.Confidence, finding.Subject.Name));
        Assert.AreEqual(rows, finding.Evidence[0].Value);
        Assert.Contains("drop_last: true", finding.Advice[0].Code!);
        Assert.AreEqual("bn1 = nn.LayerNorm(64);", finding.Advice[1].Code);
    }

    [TestMethod]
    public void A_single_element_is_an_error()
    {
        foreach (var profile in new[] { Perceptron(1), new StructureProfile(1, 3, 8, 8).Module("conv", "Conv2d", [1, 16, 8, 8]).Module("pool", "AdaptiveAvgPool2d", [1, 16, 1, 1]).Norm("bn1") })
        {
            var finding = Rule.Judge(profile).Findings.Single();
            Assert.AreEqual((Severity.Error, Confidence.Confirmed, "bn1"), (finding.Severity, finding.Confidence, finding.Subject.Name));
            Assert.Contains("TorchSharp says nothing", finding.Message);
        }
    }

    [TestMethod]
    public void One_image_with_many_positions_is_no_more_than_mentioned()
    {
        var finding = Rule.Judge(Convolution(1, 28)).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual("bn1 = nn.GroupNorm(32, 32);\n_ = torch.nn.init.ones_(bn1.weight); _ = torch.nn.init.zeros_(bn1.bias);", finding.Advice[1].Code);
        Assert.AreEqual(Severity.Info, Rule.Judge(Convolution(4, 2)).Findings.Single().Severity);
        Assert.AreEqual(Severity.Warning, Rule.Judge(Convolution(3, 2)).Findings.Single().Severity);
    }

    [TestMethod]
    public void Enough_rows_are_silent()
    {
        Rule.IsSilent(Perceptron(16));
        Rule.IsSilent(Perceptron(64));
        Rule.IsSilent(Convolution(16, 28));
        Rule.IsSilent(new StructureProfile(4, 8).Module("fc", "Linear", [4, 8]).Module("norm", "LayerNorm"));
    }

    [TestMethod]
    public void Frozen_statistics_are_silent()
    {
        Rule.IsSilent(new StructureProfile(2, 8).Norm("bn1", training: false));
        Rule.IsSilent(new StructureProfile(2, 8).Norm("bn1", tracks: false));
        Assert.AreEqual(Severity.Error, Rule.Judge(new StructureProfile(1, 8).Norm("bn1", tracks: false)).Findings.Single().Severity);
    }

    [TestMethod]
    public void All_layers_of_one_degree_stand_in_one_finding()
    {
        var findings = Rule.Judge(new StructureProfile(8, 3, 4, 4).Norm("features.1").Norm("features.2").Code("flatten", [8, 48]).Norm("bn")).Findings;
        Assert.HasCount(2, findings);
        Assert.AreEqual("bn", findings[0].Subject.Name);
        Assert.AreEqual("features.1", findings[1].Subject.Name);
        Assert.Contains("The same goes for `features.2`.", findings[1].Message);
        Assert.StartsWith("nn.GroupNorm(3, 3)   // in place of features[1]", findings[1].Advice[1].Code!);
    }

    [TestMethod]
    public void A_layer_that_was_not_seen_is_judged_by_the_batch_where_that_is_safe()
    {
        var finding = Rule.Judge(new StructureProfile(8, 20).Unseen("bn1", "BatchNorm1d", true, ("num_features", 64))).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Suspected, 8.0), (finding.Severity, finding.Confidence, finding.Evidence[0].Value));
        Assert.AreEqual(Severity.Warning, Rule.Judge(new StructureProfile(1, 20).Unseen("bn1", "BatchNorm1d", true, ("num_features", 64))).Findings.Single().Severity);
        Rule.IsSilent(new StructureProfile(32, 20).Unseen("bn1", "BatchNorm1d", true));
        Rule.IsSilent(new StructureProfile(8, 20).Unseen("bn1", "BatchNorm1d", false));
    }

    [TestMethod]
    public void Elsewhere_it_is_not_checked_in_one_line()
    {
        foreach (var profile in new[]
        {
            new StructureProfile(8, 20).Unseen("bn1", "BatchNorm1d", true).Unseen("conv", "Conv1d").Unseen("bn2", "BatchNorm1d", true),
            new StructureProfile(8, 3, 9, 9).Unseen("bn1", "BatchNorm2d", true),
            new StructureProfile(8, 20, 5).Unseen("bn1", "BatchNorm1d", true),
        })
        {
            var report = Rule.Judge(profile);
            Assert.IsEmpty(report.Findings);
            Assert.AreEqual("bn1", report.NotChecked.Single().Subject.Name);
        }
    }

    [TestMethod]
    [DataRow(64, 784, 32)]
    [DataRow(64, 1, 4)]
    [DataRow(16, 1, 1)]
    [DataRow(48, 100, 24)]
    [DataRow(37, 100, 1)]
    [DataRow(1, 1, 1)]
    public void Groups_divide_the_channels_and_keep_elements_to_normalise(int channels, int positions, int groups) =>
        Assert.AreEqual(groups, SmallBatchNorm.Groups(channels, positions));

    [TestMethod]
    public void Thresholds_are_options()
    {
        new SmallBatchNorm(new() { LeastElements = 8 }).IsSilent(Perceptron(8));
        new SmallBatchNorm(new() { LeastRows = 1 }).IsSilent(Convolution(1, 28));
        Assert.ThrowsExactly<ArgumentException>(() => new SmallBatchNorm(new() { LeastElements = 1 }).Judge(Perceptron(8)));
    }

    [TestMethod]
    public void Nothing_to_judge_is_silent()
    {
        Rule.IsSilent(new NetworkProfile { Network = "Net" });
        Rule.IsSilent(new StructureProfile(0, 8).Norm("bn1"));
    }

    private static StructureProfile Perceptron(long rows) => new StructureProfile(rows, 20).Module("fc1", "Linear", [rows, 64]).Norm("bn1").Module("relu", "ReLU").Module("fc2", "Linear", [rows, 10]);

    private static StructureProfile Convolution(long rows, long side) => new StructureProfile(rows, 3, side, side).Module("conv", "Conv2d", [rows, 32, side, side]).Norm("bn1");
}
