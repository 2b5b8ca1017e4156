using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class DropoutInConvolutionTests
{
    private static readonly DropoutInConvolution Rule = new();

    private static StructureProfile Images => new StructureProfile(32, 3, 8, 8).Module("conv", "Conv2d", [32, 16, 8, 8]);

    [TestMethod]
    public void Plain_dropout_on_feature_maps_is_named()
    {
        foreach (var profile in new[]
        {
            Images.Code("relu").Module("pool", "MaxPool2d", [32, 16, 4, 4]).Dropout("drop", 0.25),
            Images.Norm("bn").Module("relu", "ReLU").Dropout("drop", 0.25),
            // max_pool2d as a function is code that nothing explains: the channels are the convolution's.
            Images.Code(null, [32, 16, 4, 4]).Dropout("drop", 0.25),
        })
        {
            var finding = Rule.Judge(profile).Findings.Single();
            Assert.AreEqual((Severity.Info, "drop"), (finding.Severity, finding.Subject.Name));
            Assert.AreEqual("drop = nn.Dropout2d(0.25);", finding.Advice[0].Code);
            Assert.AreEqual("drop = nn.BatchNorm2d(16);", finding.Advice[1].Code);
        }

        Assert.HasCount(1, Rule.Judge(new StructureProfile(32, 3, 8, 8).Dropout("drop").Module("conv", "Conv2d", [32, 16, 8, 8])).Findings);
    }

    [TestMethod]
    public void Other_dimensions_have_their_own_dropout()
    {
        Assert.AreEqual("drop = nn.Dropout3d(0.5);", Rule.Judge(new StructureProfile(4, 3, 8, 8, 8).Module("conv", "Conv3d", [4, 16, 8, 8, 8]).Dropout("drop")).Findings.Single().Advice[0].Code);
        Assert.AreEqual("drop = nn.Dropout1d(0.5);", Rule.Judge(new StructureProfile(4, 3, 8).Module("conv", "Conv1d", [4, 16, 8]).Code("relu").Dropout("drop")).Findings.Single().Advice[0].Code);
    }

    [TestMethod]
    public void Channels_flat_and_pooled_values_are_silent()
    {
        Rule.IsSilent(Images.Dropout("drop", type: "Dropout2d"));
        Rule.IsSilent(Images.Module("flat", "Flatten", [32, 1024]).Dropout("drop"));
        Rule.IsSilent(Images.Module("pool", "AdaptiveAvgPool2d", [32, 16, 1, 1]).Dropout("drop"));
        Rule.IsSilent(Images.Dropout("drop", training: false));
        Rule.IsSilent(Images.Dropout("drop", 0.04));
    }

    [TestMethod]
    public void Sequences_and_attention_are_silent()
    {
        Rule.IsSilent(new StructureProfile(32, 10, 64).Module("fc", "Linear").Dropout("drop"));
        Rule.IsSilent(new StructureProfile(32, 10).Module("words", "Embedding", [32, 10, 64]).Dropout("drop"));
        Rule.IsSilent(new StructureProfile(32, 10, 64).Code(null).Dropout("drop"));
        Rule.IsSilent(new StructureProfile(32, 10, 64).Code(null, [32, 8, 10, 10]).Code("softmax").Dropout("drop"));
        Rule.IsSilent(new StructureProfile(32, 3, 8, 8).Module("patch", "Conv2d", [32, 64, 2, 2]).Code(null, [32, 8, 4, 4]).Module("soft", "Softmax").Dropout("drop"));
    }

    [TestMethod]
    public void One_finding_names_all_and_what_was_not_seen_is_not_checked()
    {
        var finding = Rule.Judge(Images.Dropout("drop1").Module("conv2", "Conv2d").Dropout("drop2")).Findings.Single();
        Assert.EndsWith("The same goes for `drop2`.", finding.Message);
        Assert.Contains("`drop`", Rule.Judge(Images.Unseen("drop", "Dropout", null, ("p", 0.5))).NotChecked.Single().Reason);
        Rule.IsSilent(new StructureProfile(32, 10).Unseen("drop", "Dropout", null, ("p", 0.5)));
    }

    [TestMethod]
    public void The_boundary_is_an_option()
    {
        Assert.HasCount(1, Rule.Judge(Images.Dropout("drop", 0.05)).Findings);
        new DropoutInConvolution(new() { LeastProbability = 0.3 }).IsSilent(Images.Dropout("drop", 0.25));
        Assert.ThrowsExactly<ArgumentException>(() => new DropoutInConvolution(new() { LeastProbability = -1 }).Judge(Images));
        Rule.IsSilent(new NetworkProfile { Network = "Net" });
    }
}
