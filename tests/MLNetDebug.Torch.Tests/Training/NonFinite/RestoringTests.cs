using System.Reflection;
using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Locating;
using MLNetDebug.Torch.Zoo.NonFinite;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training.NonFinite;

[TestClass]
public sealed class RestoringTests
{
    public static IEnumerable<object[]> Plants => CalibratePlants.All.Select(p => new object[] { p.Id });

    [TestMethod]
    [DynamicData(nameof(Plants))]
    public void Nothing_is_changed_and_nothing_is_left(string id)
    {
        using var plant = new PlantReplay(CalibratePlants.All.Single(p => p.Id == id), 3);
        var frozen = plant.Replay.Model.named_modules().Select(m => m.module).FirstOrDefault();
        frozen?.eval();
        Unchanged(plant.Replay, plant.IsLossFinite ? "gradient" : "loss");
    }

    [TestMethod]
    [DataRow(ScalarType.Float32)]
    [DataRow(ScalarType.BFloat16)]
    public void Gradients_random_state_and_running_statistics_are_put_back(ScalarType type)
    {
        using var scope = NewDisposeScope();
        torch.random.manual_seed(1);
        var model = Networks.Chain(static x => where(x > 0, x.log(), zeros_like(x)));
        _ = model.to(type);
        var (x, y) = (randn(16, 4).to(type), randn(16, 1).to(type));
        var replay = Networks.Replay(model, x, y, isLossFinite: true);
        replay.Loss!().backward();
        Unchanged(replay, "gradient");
    }

    [TestMethod]
    public void A_batch_that_is_a_view_and_holds_NaN_is_put_back_to_the_bit()
    {
        using var scope = NewDisposeScope();
        var all = randn(20, 4);
        all[5, 1] = tensor(BitConverter.Int32BitsToSingle(0x7fc01234));
        var before = all.bytes.ToArray();
        Unchanged(Networks.Replay(Networks.Chain(static x => x.alias()), all.slice(0, 0, 10, 1), randn(10, 1)), "loss");
        CollectionAssert.AreEqual(before, all.bytes.ToArray());
    }

    private static void Unchanged(StepReplay replay, string seen)
    {
        var before = Bits(replay);
        var modes = replay.Model.named_modules().Select(m => m.module.training).ToArray();
        _ = rand(3);
        using var random = torch.random.get_rng_state();
        var count = TensorCount.Settled();
        var incident = NonFiniteLocaliser.Locate(replay, 1, seen);
        Assert.AreEqual(count, Tensor.TotalCount, incident.ToString());
        Assert.AreNotEqual(NonFiniteDirection.Unknown, incident.Direction);
        CollectionAssert.AreEqual(random.bytes.ToArray(), torch.random.get_rng_state().bytes.ToArray());
        CollectionAssert.AreEqual(modes, replay.Model.named_modules().Select(m => m.module.training).ToArray());
        foreach (var ((name, bits, address), now) in before.Zip(Bits(replay)))
        {
            Assert.AreEqual(address, now.Address, name);
            CollectionAssert.AreEqual(bits, now.Bits, name);
        }

        Assert.AreEqual(0, Hooks(replay.Model));
        Assert.IsFalse(AnomalyMode.IsEnabled);
    }

    private static List<(string Name, byte[] Bits, nint Address)> Bits(StepReplay replay)
    {
        var all = replay.Parameters.Select(p => (p.Name, (Tensor)p.Parameter)).Concat(replay.Model.named_buffers().Select(b => (b.name, b.buffer))).Concat(replay.Batch).ToList();
        var bits = all.ConvertAll(t => (t.Item1, t.Item2.contiguous().bytes.ToArray(), TensorAddress.Of(t.Item2)));
        foreach (var (name, parameter) in replay.Parameters)
        {
            using var gradient = parameter.grad;
            bits.Add((name + " gradient", gradient?.bytes.ToArray() ?? [], gradient is null ? 0 : TensorAddress.Of(gradient)));
        }

        return bits;
    }

    private static int Hooks(nn.Module model) => model.modules().Append(model).Sum(m =>
    {
        var hooks = 0;
        for (var type = m.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(f => f.Name.EndsWith("hooks", StringComparison.Ordinal)))
                hooks += field.GetValue(m) is System.Collections.ICollection { Count: var n } ? n : 0;
        }

        return hooks;
    });
}
