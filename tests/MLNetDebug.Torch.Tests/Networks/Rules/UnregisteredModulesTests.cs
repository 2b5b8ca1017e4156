using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class UnregisteredModulesTests
{
    private static readonly UnregisteredModules Rule = new();

    [TestMethod]
    public void A_list_is_named_with_what_to_take_instead()
    {
        var finding = Rule.Judge(With(Held("blocks[0]", inCollection: true), Held("blocks[1]", inCollection: true))).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Confirmed, "blocks[0]"), (finding.Severity, finding.Confidence, finding.Subject.Name));
        Assert.StartsWith("`blocks[0]` (Linear), `blocks[1]` (Linear): the network (Net) holds 30 trainable elements", finding.Message);
        Assert.AreEqual("ModuleList<Linear> blocks = nn.ModuleList<Linear>(...);   // then RegisterComponents()", finding.Advice.Single().Code);
        Assert.AreEqual(4, finding.Evidence[0].Value);
    }

    [TestMethod]
    public void Each_kind_of_collection_has_its_own()
    {
        Assert.StartsWith("ModuleDict<Linear> heads", Code(Held("heads[\"a\"]", inCollection: true)));
        Assert.StartsWith("scales = new ParameterList", Code(Held("scales[0]", "Parameter", true)));
        Assert.StartsWith("ModuleList<nn.Module<Tensor, Tensor>> mixed", Code(Held("mixed[0]", inCollection: true), Held("mixed[1]", "Conv2d", true)));
        Assert.StartsWith("ModuleList<Linear> pair", Code(Held("pair.Item2", inCollection: true)));
    }

    [TestMethod]
    public void A_forgotten_RegisterComponents_is_one_finding_with_one_line()
    {
        var finding = Rule.Judge(With(Held("fc1") with { HolderRegistersNothing = true }, Held("fc2") with { HolderRegistersNothing = true })).Findings.Single();
        Assert.AreEqual("fc1", finding.Subject.Name);
        Assert.AreEqual("RegisterComponents();", finding.Advice.Single().Code);
        Assert.Contains("last line of the constructor of Net", finding.Advice.Single().Text);
    }

    [TestMethod]
    public void Single_fields_are_registered_by_name()
    {
        Assert.AreEqual("register_module(\"late\", late);", Code(Held("late")));
        Assert.AreEqual("register_parameter(\"scale\", scale);", Code(Held("scale", "Parameter")));
        Assert.AreEqual("register_parameter(\"shift\", shift = new Parameter(...));", Code(Held("shift", "Tensor")));
    }

    [TestMethod]
    public void Each_holder_has_its_own_finding()
    {
        var findings = Rule.Judge(With(Held("head"), Held("layers[0]", inCollection: true) with { Holder = "encoder", HolderType = "Encoder" })).Findings;
        CollectionAssert.AreEquivalent(new[] { "head", "encoder.layers[0]" }, findings.Select(f => f.Subject.Name).ToArray());
        Assert.IsTrue(findings.Any(f => f.Message.Contains("`encoder` (Encoder) holds", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Parameters_that_an_optimizer_was_given_by_hand_are_still_not_saved()
    {
        var optimizer = new OptimizerProfile { Kind = "Adam", Groups = [new() { Index = 0, Foreign = 2 }] };
        var finding = Rule.Judge(With(Held("late")) with { Optimizers = [optimizer] }).Findings.Single();
        Assert.Contains("The optimizer holds 2 parameters that the network does not list, maybe these", finding.Message);
        Assert.Contains("save() does not write them", finding.Message);
    }

    [TestMethod]
    public void A_network_that_registers_everything_is_silent()
    {
        Rule.IsSilent(With());
        Rule.IsSilent(new NetworkProfile { Network = "Net" });
    }

    private static string Code(params UnregisteredProfile[] held) => Rule.Judge(With(held)).Findings.Single().Advice.Single().Code!;

    private static UnregisteredProfile Held(string field, string type = "Linear", bool inCollection = false) =>
        new() { Holder = "", HolderType = "Net", Field = field, Type = type, Parameters = 2, Elements = 15, IsInCollection = inCollection };

    private static NetworkProfile With(params UnregisteredProfile[] held) => new StructureProfile(4, 4).Profile with { Unregistered = held };
}
