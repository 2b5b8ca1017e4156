using MLNetDebug.Torch.Training.Actions;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class RateControlTests
{
    [TestMethod]
    public void Factor_LiesUponAllGroupsForTheUpdateOnly()
    {
        using var run = new GuardedRun();
        var parameters = run.Model.parameters().ToArray();
        using var first = optim.SGD([new SGD.ParamGroup(parameters[..2], new SGD.Options { LearningRate = 0.3 }), new SGD.ParamGroup(parameters[2..4], new SGD.Options { LearningRate = 0.06 })], 0.1);
        using var second = optim.Adam(parameters[4..], 0.009);
        using var rates = new RateControl([first, second]) { Factor = 1 / 3.0 };
        double[] Shown() => [.. new optim.Optimizer[] { first, second }.SelectMany(o => o.ParamGroups).Select(g => g.LearningRate)];
        var own = Shown();
        Assert.AreEqual(0.1, rates.Current, 1e-12);
        rates.Lay();
        for (var i = 0; i < own.Length; i++)
            Assert.AreEqual(own[i] / 3, Shown()[i], 1e-12);
        rates.Lift();
        rates.Lift();
        CollectionAssert.AreEqual(own, Shown());
    }

    [TestMethod]
    public void Factor_OfOneTouchesNothing()
    {
        using var run = new GuardedRun();
        using var rates = new RateControl([run.Optimizer]);
        rates.Lay();
        Assert.AreEqual(0.05, run.Optimizer.ParamGroups.First().LearningRate);
        rates.Lift();
        var before = run.Bits();
        rates.Remember();
        rates.Cut();
        CollectionAssert.AreEqual(before, run.Bits());
    }

    [TestMethod]
    [DataRow("SGD")]
    [DataRow("Momentum")]
    [DataRow("Adam")]
    [DataRow("AdamW")]
    [DataRow("RMSProp")]
    [DataRow("NAdam")]
    [DataRow("Adagrad")]
    public void Cut_OfAnUpdateIsWhatALowerRateWouldHaveMade(string optimizer)
    {
        using var laid = new GuardedRun(optimizer: optimizer, rate: 0.03);
        using var cut = new GuardedRun(optimizer: optimizer, rate: 0.03);
        using var layer = new RateControl([laid.Optimizer]) { Factor = 1 / 3.0 };
        using var cutter = new RateControl([cut.Optimizer]) { Factor = 1 / 3.0 };
        for (var i = 0; i < 3; i++)
        {
            layer.Lay();
            laid.Plain(1, i);
            layer.Lift();
            cutter.Remember();
            cut.Plain(1, i);
            cutter.Cut();
            cutter.Cut();
        }

        foreach (var (one, other) in laid.Model.parameters().Zip(cut.Model.parameters()))
            Assert.IsTrue(one.allclose(other, 1e-4, 1e-6));
    }
}
