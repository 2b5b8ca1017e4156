using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Zoo.Architectures;
using MLNetDebug.Torch.Zoo.Faults;
using MLNetDebug.Torch.Zoo.Programs;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.House;

/// <summary>A table is worth what its plants are: each does what its name says.</summary>
[TestClass]
public sealed class NetworkFaultTests
{
    public static IEnumerable<object[]> Sick => SickPrograms.All.Select(p => new object[] { p.Id });

    [TestMethod]
    [DynamicData(nameof(Sick))]
    public void Fault_ChangesTheRun_AndTheSameWayTwice(string id)
    {
        var program = SickPrograms.All.Single(p => p.Id == id);
        var sick = Signature(program.Sick(5));
        Assert.AreEqual(sick, Signature(program.Sick(5)));
        Assert.AreNotEqual(sick, Signature(program.Twin(5)), "Not a trait that this network has?");
    }

    [TestMethod]
    public void WeightsZeroed_LeavesNormalisationAsItIs()
    {
        using var run = Start(new WeightsZeroed(), NetworkPlans.BatchNormCnn, "bars");
        foreach (var (name, parameter) in run.Network.named_parameters())
            Assert.AreEqual(name.StartsWith("bn", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0, parameter.abs().max().ToDouble(), name);
    }

    [TestMethod]
    public void WeightsScaled_HitsTheNamedModulesAndNoBias()
    {
        using var healthy = Start(null, NetworkPlans.Mlp, "wine");
        using var run = Start(new WeightsScaled(100, "fc1"), NetworkPlans.Mlp, "wine");
        foreach (var (was, now) in healthy.Network.named_parameters().Zip(run.Network.named_parameters()))
            Assert.IsTrue(now.parameter.allclose(was.parameter * (was.name == "fc1.weight" ? 100 : 1)), was.name);
    }

    [TestMethod]
    public void RegisteredAs_HidesParameters()
    {
        using var forgotten = Start(new RegisteredAs(Registration.Forgotten), NetworkPlans.FunctionalCnn, "digits");
        Assert.IsEmpty(forgotten.Network.parameters());
        using var listed = Start(new RegisteredAs(Registration.InPlainList), NetworkPlans.ListMlp, "wine");
        CollectionAssert.AreEqual(new[] { "head.weight", "head.bias" }, listed.Network.named_parameters().Select(p => p.name).ToArray());
    }

    [TestMethod]
    public void OptimizerFaults_ChangeWhatIsUpdated()
    {
        using var one = Start(new LayersNotOptimized("fc1"), NetworkPlans.Mlp, "wine");
        Assert.AreEqual(one.Network.parameters().Count() - 2, one.Optimizer.parameters().Count());
        using var another = Start(new OptimizerOfAnother(), NetworkPlans.Mlp, "wine");
        Assert.IsFalse(another.Optimizer.parameters().Select(p => p.Handle).Intersect(another.Network.parameters().Select(p => p.Handle)).Any());
    }

    [TestMethod]
    public void TiedTwice_MovesTheTiedWeightTwiceAsFar()
    {
        var program = SickPrograms.All.First(p => p.Fault is TiedTwice && p.Plan.Architecture == "token-bag");
        var (sick, twin) = (Step(program.Sick(3)), Step(program.Twin(3)));
        Assert.AreEqual(2, sick / twin, 1e-3);
    }

    [TestMethod]
    public void SharedModule_IsListedOnce()
    {
        using var run = Start(null, NetworkPlans.SharedMlp, "wine");
        Assert.HasCount(6, run.Network.parameters().ToArray());
    }

    private static NetworkRun Start(NetworkFault? fault, NetworkPlan plan, string of) => new(fault?.Apply(plan) ?? plan, Torch.Zoo.Data.NetworkBases.Named(of), 7);

    /// <summary>How far one step without momentum moves the embedding.</summary>
    private static double Step(NetworkRun run)
    {
        using (run)
        {
            var weight = run.Network.named_parameters().Single(p => p.name == "embedding.weight").parameter;
            var before = weight.detach().clone();
            run.Loss(run.Call(run.Draw.TrainX), run.Draw.TrainY).backward();
            run.Optimizer.step();
            return (weight - before).norm().ToDouble();
        }
    }

    /// <summary>All that a run is, in words: modules, parameters, optimizer, mode, batch, loss.</summary>
    private static string Signature(NetworkRun run)
    {
        using (run)
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            var modules = run.Network.named_modules().Select(m => $"{m.name} {m.module.GetType().Name} {m.module.training}");
            var parameters = run.Network.named_parameters().Select(p => $"{p.name} {p.parameter.sum().ToDouble():0.0000}");
            var names = run.Network.named_parameters().Select(p => (p.name, p.parameter)).ToArray();
            var groups = OptimizerReader.Read(run.Optimizer, new ParameterIdentities(names)).Groups.Select(g => $"{g.Momentum} {g.WeightDecay} {g.Foreign} {string.Join(",", g.Parameters)}");
            var (x, y) = run.FirstBatch();
            var output = run.Call(x);
            return string.Join("\n", [.. modules, .. parameters, .. groups, run.Optimizer.GetType().Name, $"{x.shape[0]} {output.dtype} {y} {output.sum().ToDouble():0.000}", LossOf(run, output, y)]);
        }
    }

    private static string LossOf(NetworkRun run, Tensor output, Tensor target)
    {
        try
        {
            return $"{run.Loss(output, target).ToDouble():0.0000}";
        }
        catch (System.Runtime.InteropServices.ExternalException)
        {
            return "throws";
        }
    }
}
