using MLNetDebug.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

/// <summary>TorchSharp 0.107.0 makes a GroupNorm of memory that nobody has set.</summary>
[TestClass]
public sealed class UnsetNormsTests
{
    [TestMethod]
    [DataRow(1e17f)]
    [DataRow(4e-41f)]
    [DataRow(float.NaN)]
    public void A_scale_of_other_bits_is_found_at_its_norm(float bits)
    {
        var finding = Check(bits).Of(RuleIds.InitialScale).Single();
        Assert.AreEqual((Severity.Warning, "gn1"), (finding.Severity, finding.Subject.Name));
        Assert.AreEqual("_ = torch.nn.init.ones_(gn1.weight); _ = torch.nn.init.zeros_(gn1.bias);", finding.Advice.Single().Code);
    }

    [TestMethod]
    [DataRow(1f)]
    [DataRow(0f)]
    [DataRow(0.01f)]
    [DataRow(30f)]
    public void A_scale_that_was_set_is_not(float scale) => Assert.IsFalse(Check(scale).Of(RuleIds.InitialScale).Any(f => f.Subject.Name == "gn1"));

    private static DiagnosticReport Check(float scale)
    {
        random.manual_seed(1);
        var gn1 = GroupNorm(2, 4);
        init.zeros_(gn1.bias!);
        using (no_grad())
            gn1.weight!.fill_(scale);
        using var model = Sequential(("conv1", Conv2d(1, 4, 3)), ("gn1", gn1), ("relu1", ReLU()), ("flat", Flatten()), ("fc1", Linear(144, 3)));
        return NetworkCheck.Run(model, null, CrossEntropyLoss(), (randn(32, 1, 8, 8), randint(3, 32)));
    }
}
