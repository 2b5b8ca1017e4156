using MLNetDebug.Torch.AutoML.Probes;
using MLNetDebug.Torch.AutoML.Trials;
using MLNetDebug.Torch.Tests.Trainers;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class BatchStreamTests
{
    [TestMethod]
    public void Batches_AreThoseOfATrainingEpochByEpoch()
    {
        var trainer = TrialRun.Multiclass(new() { BatchSize = 256, Seed = 9 });
        using var rows = SweepRows.Read(trainer, Tables.Classes(), Tables.Classes(), null);
        var form = TrainerFit.FormOf(trainer, rows.Training);
        var expected = Enumerable.Range(0, 3).SelectMany(epoch =>
        {
            using var feed = rows.Training.Epoch(9, epoch, form);
            return feed.Take(CancellationToken.None).Select(b => Convert.ToHexString(b.X.bytes)).ToArray();
        }).ToArray();
        using var stream = new BatchStream(rows.Training, form, trainer.Options);
        string[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Convert.ToHexString(stream.Next().X.bytes))];
        CollectionAssert.AreEqual(expected, Next(9));
        stream.Restart();
        CollectionAssert.AreEqual(expected[..4], Next(4));
        Assert.AreEqual(9, expected.Distinct().Count());
    }
}
