using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class BatchNormOrderTests
{
    private static readonly BatchNormOrder Rule = new();

    private static StructureProfile Start => new StructureProfile(32, 20).Module("fc1", "Linear", [32, 64]);

    [TestMethod]
    public void Dropout_directly_before_a_normalisation_is_named()
    {
        foreach (var profile in new[]
        {
            Start.Module("relu", "ReLU").Dropout("drop").Norm("bn").Module("fc2", "Linear", [32, 10]),
            Start.Dropout("drop").Module("relu", "ReLU").Norm("bn").Module("fc2", "Linear", [32, 10]),
            Start.Dropout("drop").Code("relu").Module("flat", "Flatten").Norm("bn").Module("fc2", "Linear", [32, 10]),
            Start.Dropout("drop", 0.05).Dropout("off", 0).Norm("bn").Module("fc2", "Linear", [32, 10]),
        })
        {
            var finding = Rule.Judge(profile).Findings.Single();
            Assert.AreEqual((Severity.Info, "bn"), (finding.Severity, finding.Subject.Name));
            Assert.StartsWith("`drop` (Dropout) stands before `bn` (BatchNorm1d)", finding.Message);
            Assert.AreEqual("Move `drop` after `bn`.", finding.Advice.Single().Text);
            Assert.AreEqual("x = drop.call(bn.call(x));", finding.Advice.Single().Code);
        }
    }

    [TestMethod]
    public void Dropout_whose_noise_goes_through_weights_alone_is_named()
    {
        var finding = Rule.Judge(Start.Code("relu").Dropout("dropout1", 0.3).Module("fc2", "Linear", [32, 64]).Norm("bn2").Module("relu2", "ReLU")
            .Module("fc3", "Linear", [32, 64]).Norm("bn3").Module("fc4", "Linear", [32, 10])).Findings.Single();
        Assert.AreEqual("bn2", finding.Subject.Name);
        Assert.StartsWith("`dropout1` (Dropout) stands with `fc2` (Linear) alone before `bn2`", finding.Message);
        Assert.AreEqual("Move `dropout1` after `bn3`, the last batch normalisation.", finding.Advice[0].Text);
        Assert.AreEqual("x = dropout1.call(bn3.call(x));", finding.Advice[0].Code);
        Assert.AreEqual("x = bn2.call(nn.functional.relu(fc2.call(x)));", finding.Advice[1].Code);
        Assert.HasCount(1, Rule.Judge(new StructureProfile(32, 3, 9, 9).Dropout("drop", type: "Dropout2d").Module("conv", "Conv2d", [32, 8, 9, 9]).Module("pool", "MaxPool2d", [32, 8, 4, 4]).Norm("bn").Code("relu")).Findings);
    }

    [TestMethod]
    public void The_layout_of_the_lesson_is_silent()
    {
        // ReLU -> BatchNorm + dropout -> weights, twice.
        Rule.IsSilent(Start.Module("relu1", "ReLU").Norm("bn1").Dropout("drop1").Module("fc2", "Linear", [32, 64]).Module("relu2", "ReLU").Norm("bn2").Dropout("drop2").Module("fc3", "Linear", [32, 10]));
        Rule.IsSilent(Start.Code("relu").Norm("bn1").Dropout("drop1").Module("fc2", "Linear", [32, 64]).Code("tanh").Norm("bn2").Module("fc3", "Linear", [32, 10]));
    }

    [TestMethod]
    public void Both_orders_of_activation_and_normalisation_are_silent()
    {
        Rule.IsSilent(Start.Norm("bn").Module("relu", "ReLU").Dropout("drop").Module("fc2", "Linear", [32, 10]));
        Rule.IsSilent(Start.Module("relu", "ReLU").Norm("bn").Dropout("drop").Module("fc2", "Linear", [32, 10]));
    }

    [TestMethod]
    public void Little_idle_and_absent_noise_is_silent()
    {
        Rule.IsSilent(Start.Dropout("drop", 0.04).Norm("bn").Module("fc2", "Linear", [32, 10]));
        Rule.IsSilent(Start.Dropout("drop", training: false).Norm("bn").Module("fc2", "Linear", [32, 10]));
        Rule.IsSilent(Start.Dropout("drop").Norm("bn", training: false).Module("fc2", "Linear", [32, 10]));
        Rule.IsSilent(Start.Dropout("drop").Norm("bn", tracks: false).Module("fc2", "Linear", [32, 10]));
        Rule.IsSilent(Start.Dropout("drop").Module("norm", "LayerNorm").Module("fc2", "Linear", [32, 10]));
        Rule.IsSilent(Start.Dropout("drop").Module("fc2", "Linear").Module("fc3", "Linear").Norm("bn").Module("fc4", "Linear", [32, 10]));
        Rule.IsSilent(Start.Dropout("drop").Code(null).Norm("bn").Module("fc2", "Linear", [32, 10]));
    }

    [TestMethod]
    public void A_normalisation_before_the_loss_is_named()
    {
        foreach (var profile in new[] { Start.Norm("bn"), Start.Norm("bn").Module("soft", "LogSoftmax"), Start.Norm("bn").Code("sigmoid"), Start.Norm("bn").Code("view", [32, 8, 8]) })
        {
            var finding = Rule.Judge(profile).Findings.Single();
            Assert.AreEqual((Severity.Info, "bn"), (finding.Severity, finding.Subject.Name));
            Assert.Contains("is the last step before the loss", finding.Message);
            Assert.AreEqual("bn = nn.Identity();", finding.Advice.Single().Code);
        }

        Rule.IsSilent(Start.Norm("bn").Module("fc2", "Linear"));
        Rule.IsSilent(Start.Norm("bn", training: false));
        Rule.IsSilent(Start.Norm("bn").Profile with { Loss = null });
    }

    [TestMethod]
    public void One_finding_names_all_of_its_kind()
    {
        var finding = Rule.Judge(Start.Dropout("drop1").Norm("bn1").Dropout("drop2").Norm("bn2").Module("fc2", "Linear", [32, 10])).Findings.Single();
        Assert.AreEqual("bn1", finding.Subject.Name);
        Assert.EndsWith("The same goes for `bn2`.", finding.Message);
    }

    [TestMethod]
    public void What_was_not_seen_is_not_checked()
    {
        var report = Rule.Judge(Start.Unseen("bn", "BatchNorm1d", true).Unseen("drop", "Dropout", null, ("p", 0.5)));
        Assert.IsEmpty(report.Findings);
        Assert.Contains("`bn`, `drop`", report.NotChecked.Single().Reason);
        Rule.IsSilent(Start.Unseen("drop", "Dropout", null, ("p", 0.5)));
    }

    [TestMethod]
    public void In_a_sequence_the_advice_is_an_order()
    {
        var profile = new StructureProfile(32, 20).Unseen("body", "Sequential").Module("body.0", "Linear", [32, 64]).Dropout("body.1").Norm("body.2").Module("body.3", "Linear", [32, 10]);
        Assert.AreEqual("nn.BatchNorm1d(64), nn.Dropout(0.5)   // body[2], then body[1]", Rule.Judge(profile).Findings.Single().Advice.Single().Code);
    }

    [TestMethod]
    public void The_boundary_is_an_option()
    {
        Assert.HasCount(1, new BatchNormOrder(new() { LeastProbability = 0.01 }).Judge(Start.Dropout("drop", 0.04).Norm("bn").Module("fc2", "Linear", [32, 10])).Findings);
        Assert.ThrowsExactly<ArgumentException>(() => new BatchNormOrder(new() { LeastProbability = 2 }).Judge(Start));
        Rule.IsSilent(new NetworkProfile { Network = "Net" });
    }
}
