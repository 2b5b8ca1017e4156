using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class MissingBiasTests
{
    [TestMethod]
    public void A_hidden_layer_and_the_output_are_named_with_code()
    {
        var findings = Judge(new ProfilesOfWeights().Layer("fc1", 784, 64, bias: false).Code("relu").Layer("fc2", 64, 10, bias: false).Build()).Findings;
        Assert.AreEqual("fc1,fc2", string.Join(",", findings.Select(f => f.Subject.Name)));
        Assert.IsTrue(findings.All(f => f.Severity == Severity.Info));
        Assert.AreEqual("fc1 = nn.Linear(784, 64, hasBias: true)", findings[0].Advice.Single().Code);
        Assert.Contains("2 layers are like that", findings[0].Message);
        Assert.StartsWith("`fc2` (Linear), the output layer, has no bias", findings[1].Message);
        Assert.AreEqual("using (torch.no_grad())\n    fc2.bias.copy_((torch.bincount(labels, minlength: 10) + 1).to(torch.float32).log().log_softmax(0));", findings[1].Advice[1].Code);
    }

    [TestMethod]
    public void A_regression_starts_at_the_targets_mean() =>
        Assert.Contains("fc.bias.copy_(target.mean([0]))", Judge(new ProfilesOfWeights().Layer("fc", bias: false).Build(LossKind.MeanSquaredError)).Findings.Single().Advice[1].Code!);

    [TestMethod]
    public void A_convolution_is_told_its_own_switch() =>
        Assert.AreEqual("conv1 = nn.Conv2d(3, 16, /* the rest as before, */ bias: true)", Judge(new ProfilesOfWeights().Layer("conv1", 3, 16, bias: false, kind: ModuleKind.Convolution).Code("max_pool2d_relu").Layer("fc").Build()).Findings.Single().Advice[0].Code);

    [TestMethod]
    public void Layers_beside_a_normalisation_are_silent()
    {
        Silent(new ProfilesOfWeights().Layer("conv", bias: false, kind: ModuleKind.Convolution).Norm("bn").Code("relu").Layer("fc"));
        Silent(new ProfilesOfWeights().Layer("conv", bias: false, kind: ModuleKind.Convolution).Module("pool", "MaxPool2d", ModuleKind.Pooling).Norm("bn").Layer("fc"));
        Silent(new ProfilesOfWeights().Norm("ln", ModuleKind.RowNorm).Code("relu").Layer("head", bias: false));
        Silent(new ProfilesOfWeights().Code("rms_norm").Layer("head", bias: false));
    }

    [TestMethod]
    public void A_shift_that_comes_from_another_layer_counts()
    {
        Silent(new ProfilesOfWeights().Layer("depthwise", bias: false).Layer("pointwise"));
        var cell = new ProfilesOfWeights().Layer("ih");
        var left = cell.Last;
        cell.Last = 0;
        cell.Layer("hh", bias: false);
        Silent(cell.Code("add", left, cell.Last).Code("tanh").Layer("fc"));
    }

    [TestMethod]
    public void Attention_is_silent_by_its_name_and_by_its_shape()
    {
        Silent(new ProfilesOfWeights().Holder("self_attn", "Block").Layer("self_attn.query", bias: false).Unknown().Layer("fc"));
        Silent(new ProfilesOfWeights().Holder("mix", "CausalSelfAttention").Layer("mix.q", bias: false).Unknown().Layer("fc"));
        var shaped = new ProfilesOfWeights().Holder("mix", "Mix");
        foreach (var part in new[] { "mix.q", "mix.k", "mix.v" })
        {
            shaped.Last = 0;
            shaped.Layer(part, bias: false);
        }

        Silent(shaped.Unknown().Layer("mix.o", bias: false).Code("relu").Layer("fc"));
        Silent(new ProfilesOfWeights().Layer("score", 64, 1, bias: false).Code("softmax").Unknown().Layer("fc"));
    }

    [TestMethod]
    public void Tied_and_frozen_weights_are_silent()
    {
        Silent(new ProfilesOfWeights().Layer("head", bias: false, weight: p => p with { TiedTo = "embedding.weight" }));
        Silent(new ProfilesOfWeights().Layer("head", bias: false).Parameter("other.weight", ParameterRole.Embedding, [64, 64], p => p with { TiedTo = "head.weight" }));
        Silent(new ProfilesOfWeights().Layer("blur", bias: false, frozen: true));
        Silent(new ProfilesOfWeights().Layer("fc1").Code("relu").Layer("fc2"));
        Assert.IsEmpty(Judge(new NetworkProfile { Network = "Net" }).Findings);
    }

    [TestMethod]
    public void The_probabilities_of_the_loss_are_no_attention() =>
        Assert.HasCount(1, Judge(new ProfilesOfWeights().Layer("fc", bias: false).Code("softmax").Build()).Findings);

    [TestMethod]
    public void Modules_that_were_not_seen_are_judged_only_where_nothing_normalises()
    {
        var finding = Judge(new ProfilesOfWeights().Layer("fc1", bias: false, seen: false).Build()).Findings.Single();
        Assert.AreEqual(Confidence.Suspected, finding.Confidence);
        var result = Judge(new ProfilesOfWeights().Layer("fc1", bias: false, seen: false).Norm("bn", seen: false).Build());
        Assert.IsEmpty(result.Findings);
        Assert.AreEqual("whether something next to `fc1` shifts in place of the missing bias: what takes the output was not seen", result.NotChecked.Single().Reason);
        var lost = Judge(new ProfilesOfWeights().Layer("b", bias: false).Unknown().Layer("fc").Build());
        Assert.IsEmpty(lost.Findings);
        Assert.HasCount(1, lost.NotChecked);
    }

    private static void Silent(ProfilesOfWeights net)
    {
        var result = Judge(net.Build());
        Assert.IsEmpty(result.Findings, string.Join("\n", result.Findings.Select(f => f.Message)));
        Assert.IsEmpty(result.NotChecked);
    }

    private static RuleTested Judge(NetworkProfile profile) => ProfilesOfWeights.Judge(new MissingBias(), profile);
}
