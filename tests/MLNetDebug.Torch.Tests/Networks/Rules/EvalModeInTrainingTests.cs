using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class EvalModeInTrainingTests
{
    private static readonly EvalModeInTraining Rule = new();

    [TestMethod]
    public void A_network_in_evaluation_mode_is_warned_of()
    {
        var finding = Rule.Judge(new StructureProfile(32, 8).Dropout("drop", training: false).Norm("bn", training: false).Evaluating()).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Confirmed, "Net"), (finding.Severity, finding.Confidence, finding.Subject.Name));
        Assert.Contains("dropout drops nothing (`drop`), and batch normalisation divides by running statistics that never move (`bn`)", finding.Message);
        Assert.AreEqual("model.train();", finding.Advice.Single().Code);
        Assert.HasCount(1, Rule.Judge(new StructureProfile(32, 8).Norm("bn", training: false).Evaluating()).Findings);
    }

    [TestMethod]
    public void A_root_that_alone_was_switched_is_the_same()
    {
        var finding = Rule.Judge(new StructureProfile(32, 8).Module("fc", "Linear", training: false).Dropout("drop", training: false).Norm("bn", training: false)).Findings.Single();
        Assert.AreEqual((Severity.Warning, "Net"), (finding.Severity, finding.Subject.Name));
    }

    [TestMethod]
    public void A_network_that_does_the_same_in_both_modes_is_silent()
    {
        Rule.IsSilent(new StructureProfile(32, 8).Module("fc", "Linear", training: false).Module("norm", "LayerNorm", training: false).Evaluating());
        Rule.IsSilent(new StructureProfile(32, 8).Dropout("drop", 0, training: false).Norm("bn", training: false, tracks: false).Evaluating());
        Rule.IsSilent(new StructureProfile(32, 8).Dropout("drop").Norm("bn").Evaluating());
    }

    [TestMethod]
    public void A_network_in_training_mode_is_silent()
    {
        Rule.IsSilent(new StructureProfile(32, 8).Module("fc", "Linear").Dropout("drop").Norm("bn"));
        Rule.IsSilent(new NetworkProfile { Network = "Net" });
    }

    [TestMethod]
    public void Frozen_statistics_are_silent()
    {
        Rule.IsSilent(new StructureProfile(32, 8).Module("fc", "Linear").Norm("bn", training: false));
        Rule.IsSilent(new StructureProfile(32, 8).Norm("bn", training: false));
    }

    [TestMethod]
    public void A_single_dropout_in_evaluation_mode_is_mentioned()
    {
        var finding = Rule.Judge(new StructureProfile(32, 8).Module("fc", "Linear").Dropout("drop1", training: false).Dropout("drop2", training: false).Norm("bn")).Findings.Single();
        Assert.AreEqual((Severity.Info, "drop1"), (finding.Severity, finding.Subject.Name));
        Assert.EndsWith("The same goes for `drop2`.", finding.Message);
    }

    [TestMethod]
    public void A_frozen_part_and_a_frozen_network_are_silent()
    {
        var profile = new StructureProfile(32, 8).Unseen("back", "Sequential").Module("back.fc", "Linear", training: false).Dropout("back.drop", training: false).Module("head", "Linear").Profile;
        Assert.HasCount(1, Rule.Judge(profile).Findings);
        Rule.IsSilent(profile with { Parameters = [Parameter("back.fc", false), Parameter("head", true)] });
        var network = new StructureProfile(32, 8).Module("fc", "Linear", training: false).Dropout("drop", training: false).Evaluating().Profile;
        Assert.HasCount(1, Rule.Judge(network with { Parameters = [Parameter("fc", true)] }).Findings);
        Rule.IsSilent(network with { Parameters = [Parameter("fc", false)] });
    }

    [TestMethod]
    public void A_trained_network_that_is_recalibrated_is_not_asked() =>
        Rule.IsSilent(new StructureProfile(32, 8).Norm("bn", training: false).Evaluating().Profile with { Recalibration = new RecalibrationProfile() });

    private static ParameterProfile Parameter(string module, bool trains) =>
        new() { Name = module + ".weight", Module = module, Facts = new TensorFacts { Shape = [8, 8] }, RequiresGrad = trains };
}
