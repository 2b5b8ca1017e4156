using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Watching changes nothing: a seeded training ends in the same bits, random state included.</summary>
[TestClass]
public sealed class TrainingGuardBitTests
{
    private const int Steps = 45;

    public static IEnumerable<object[]> Networks => GuardedNetworks.Named;

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void Observe_EndsInTheSameBits(string name, ScalarType type) =>
        CollectionAssert.AreEqual(Train(name, type, null), Train(name, type, new TrainingGuardOptions { Policy = TrainingPolicy.Observe, JudgeEvery = 5, SampleEvery = 3 }));

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void Default_EndsInTheSameBitsWhereItDoesNothing(string name, ScalarType type) => CollectionAssert.AreEqual(Train(name, type, null), Train(name, type, new TrainingGuardOptions()));

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void Mend_EndsInTheSameBitsWhereItDoesNothing(string name, ScalarType type) =>
        CollectionAssert.AreEqual(Train(name, type, null), Train(name, type, new TrainingGuardOptions { Policy = TrainingPolicy.Mend, SnapshotEvery = 7 }));

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void BeginAndCheck_EndInTheSameBits(string name, ScalarType type) => CollectionAssert.AreEqual(Train(name, type, null), Train(name, type, new TrainingGuardOptions(), steps: false));

    [TestMethod]
    public void Parts_OfASeededTraining_AreWhatTheyWereWithoutAGuard()
    {
        // A test that compares nothing would pass: another seed gives other bits.
        CollectionAssert.AreNotEqual(Train("mlp", ScalarType.Float32, null), Train("mlp", ScalarType.Float32, null, seed: 8));
    }

    private static byte[] Train(string name, ScalarType type, TrainingGuardOptions? options, bool steps = true, int seed = 7)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(seed);
        var model = GuardedNetworks.Create(name, type);
        var batches = GuardedNetworks.Batches(name, type, 15);
        using var optimizer = name == "mlp" ? (optim.Optimizer)optim.SGD(model.parameters(), 0.05, momentum: 0.9) : optim.Adam(model.parameters(), 1e-3);
        using var guard = options is null ? null : TrainingGuard.Attach(model, optimizer, options);
        for (var i = 0; i < Steps; i++)
        {
            using var step = NewDisposeScope();
            var (x, y) = batches[i % batches.Length];
            Tensor Loss((Tensor X, Tensor Y) b) => F.cross_entropy(model.call(b.X), b.Y);
            if (guard is not null && steps)
            {
                Assert.IsTrue(guard.Step((x, y), Loss).IsTaken);
            }
            else
            {
                using var guarded = guard?.Begin(x, y);
                optimizer.zero_grad();
                var loss = Loss((x, y));
                loss.backward();
                if (guarded?.Check(loss) ?? true)
                    optimizer.step();
            }

            if (i % 15 == 14)
                guard?.EndEpoch();
        }

        Assert.AreEqual(0, guard?.Events.Count(e => e.Kind != TrainingEventKind.Found) ?? 0);
        return GuardedNetworks.Bits(model);
    }
}
