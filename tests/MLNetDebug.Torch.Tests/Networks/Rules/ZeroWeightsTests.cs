using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class ZeroWeightsTests
{
    [TestMethod]
    public void Zero_layers_that_nothing_moves_are_named_with_what_stands_still()
    {
        var trial = new SymmetryTrial(3, false, true, ["fc1.weight", "fc2.weight"]);
        var findings = Judge(Net(trial)).Findings;
        Assert.HasCount(2, findings);
        Assert.AreEqual(new Subject(SubjectKind.Layer, "fc1"), findings[0].Subject);
        Assert.AreEqual(Severity.Warning, findings[0].Severity);
        Assert.AreEqual("`fc1.weight` of `fc1` (Linear) is all zero and stays so: its gradient was exactly 0 in each of 3 trial steps, since what it takes in or what it feeds is zero as well. With it stand still `fc2.weight`.", findings[0].Message);
        Assert.AreEqual("_ = torch.nn.init.xavier_uniform_(fc1.weight, torch.nn.init.calculate_gain(torch.nn.init.NonlinearityType.Tanh));", findings[0].Advice[0].Code);
        Assert.AreEqual("_ = torch.nn.init.xavier_uniform_(fc2.weight);", findings[1].Advice[0].Code);
    }

    [TestMethod]
    public void A_zero_layer_whose_units_move_together_is_named()
    {
        var finding = Judge(Net(new SymmetryTrial(3, true, true, []), two: false)).Findings.Single();
        Assert.Contains("its 64 units are still alike", finding.Message);
    }

    [TestMethod]
    [DataRow("softmax regression, a zero head, LoRA: it moves and comes apart")]
    [DataRow("frozen")]
    [DataRow("an embedding")]
    [DataRow("a scale")]
    [DataRow("tied to another name")]
    [DataRow("not zero")]
    [DataRow("one unit has nothing to be alike with")]
    public void Healthy_twins_are_silent(string twin)
    {
        var stuck = new SymmetryTrial(3, false, true, ["fc1.weight"]);
        Func<ParameterProfile, ParameterProfile> with = twin[..3] switch
        {
            "sof" => p => p with { Trial = new(3, true, false, []) },
            "fro" => p => p with { RequiresGrad = false, Trial = stuck },
            "an " => p => p with { Role = ParameterRole.Embedding, Trial = stuck },
            "a s" => p => p with { Role = ParameterRole.Scale, Trial = stuck },
            "tie" => p => p with { TiedTo = "other.weight", Trial = stuck },
            "not" => p => p with { Facts = ProfilesOfWeights.Facts([64, 64], 0, 0.5), Trial = stuck },
            _ => p => p with { UnitsAlike = false, Facts = ProfilesOfWeights.Facts([1, 64], 0) },
        };
        var result = Judge(new ProfilesOfWeights().Layer("fc1", weight: p => with(Zero(p))).Build());
        Assert.IsEmpty(result.Findings);
        Assert.IsEmpty(result.NotChecked);
    }

    [TestMethod]
    public void Without_a_trial_nothing_is_claimed()
    {
        var none = Judge(Net(null, loss: null));
        Assert.IsEmpty(none.Findings);
        Assert.AreEqual("whether `fc1.weight`, `fc2.weight`, whose units start alike, would come apart: no loss was given", none.NotChecked.Single().Reason);
        Assert.EndsWith("no gradient could be taken", Judge(Net(null)).NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Recurrent_weights_are_one_finding_with_code_for_each()
    {
        var trial = new SymmetryTrial(3, true, true, []);
        var profile = new ProfilesOfWeights().Module("rnn", "LSTM", ModuleKind.Recurrent)
            .Parameter("rnn.weight_ih_l0", ParameterRole.Weight, [64, 8], p => Zero(p) with { Trial = trial })
            .Parameter("rnn.weight_hh_l0", ParameterRole.Weight, [64, 16], p => Zero(p) with { Trial = trial }).Build();
        var finding = Judge(profile).Findings.Single();
        Assert.EndsWith("The same holds for `rnn.weight_hh_l0`.", finding.Message);
        Assert.AreEqual("_ = torch.nn.init.xavier_uniform_(model.get_parameter(\"rnn.weight_ih_l0\"));\n_ = torch.nn.init.orthogonal_(model.get_parameter(\"rnn.weight_hh_l0\"));", finding.Advice[0].Code);
    }

    [TestMethod]
    public void Of_many_layers_the_first_are_reported()
    {
        var net = new ProfilesOfWeights();
        for (var i = 0; i < 8; i++)
            net.Layer($"{i}", weight: p => Zero(p) with { Trial = new(3, false, true, []) });
        var findings = Judge(net.Build()).Findings;
        Assert.HasCount(5, findings);
        Assert.EndsWith("It is the first of 8 such layers, of which 5 are reported.", findings[0].Message);
        Assert.Contains("model.get_parameter(\"0.weight\")", findings[0].Advice[0].Code!);
    }

    [TestMethod]
    public void An_empty_network_is_silent() => Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }).Findings);

    private static NetworkProfile Net(SymmetryTrial? trial, bool two = true, LossKind? loss = LossKind.CrossEntropy) => new ProfilesOfWeights()
        .Layer("fc1", weight: p => Zero(p) with { Trial = trial }).Code("tanh").Layer("fc2", weight: p => two ? Zero(p) with { Trial = trial } : p).Build(loss);

    private static ParameterProfile Zero(ParameterProfile weight) => weight with { Facts = ProfilesOfWeights.Facts([.. weight.Facts.Shape], 0), UnitsAlike = true };

    private static RuleTested Judge(NetworkProfile profile) => ProfilesOfWeights.Judge(new ZeroWeights(), profile);
}
