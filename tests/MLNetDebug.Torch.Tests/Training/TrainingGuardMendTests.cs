using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Whole runs with a rate too high, under a guard that mends.</summary>
[TestClass]
public sealed class TrainingGuardMendTests
{
    [TestMethod]
    [DataRow("Adam", 3e-3, 60)]
    [DataRow("Nesterov", 0.05, 80)]
    public void Run_OfARateTooHighEndsWhereTheHealthyOneDoes(string optimizer, double rate, double factor)
    {
        var (healthy, none) = Train(optimizer, rate);
        var (mended, events) = Train(optimizer, rate * factor);
        Assert.IsEmpty(none);
        Assert.IsNotEmpty(events);
        Assert.IsTrue(healthy > 0.95, $"{healthy}");
        Assert.IsTrue(mended > healthy - 0.02, $"{mended} after {string.Join("; ", events.Select(e => e.Text))}");
    }

    [TestMethod]
    public void Run_OfARateTooHighGoesBackToItsStartThoughTheLossLookedCalmSince()
    {
        var (_, events) = Train("Adam", 0.3, snapshotEvery: 5, spoils: true);
        Assert.Contains("before step 0:", events.First(e => e.Kind == TrainingEventKind.RolledBack).Text);
    }

    private static (double Accuracy, TrainingEvent[] Events) Train(string optimizer, double rate, int snapshotEvery = 50, bool spoils = false)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        using var model = GuardedNetworks.Create("mlp", ScalarType.Float32);
        var x = randn(512, 12);
        // Random labels are no more than noise to such a run: its loss stays where it is.
        var y = spoils ? randint(4, 512) : x.matmul(randn(12, 4)).argmax(1);
        using var trained = Optimizers.Create(optimizer, model.parameters(), rate);
        using var guard = TrainingGuard.Attach(model, trained, new() { Policy = TrainingPolicy.Mend, SnapshotEvery = snapshotEvery });
        for (var step = 0; step < 400; step++)
        {
            using var own = NewDisposeScope();
            var rows = TensorIndex.Slice(step % 16 * 32, (step % 16 * 32) + 32);
            guard.Step((x[rows], y[rows]), b => F.cross_entropy(model.call(b.Item1), b.Item2));
        }

        using var quiet = no_grad();
        return (model.call(x).argmax(1).eq(y).to_type(ScalarType.Float32).mean().ToDouble(), [.. guard.Events.Where(e => e.Kind != TrainingEventKind.Found)]);
    }
}
