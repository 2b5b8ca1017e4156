using CsCheck;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class BatchCodeTests
{
    [TestMethod]
    public void The_usual_size_is_that_of_most_batches_and_the_larger_of_two() => Gen.Long[1, 12].Array[1, 40].Sample(batches =>
    {
        var sizes = batches.CountBy(b => b).ToDictionary(c => c.Key, c => (long)c.Value);
        long usual = 0, most = 0;
        for (var size = 1L; size <= 12; size++)
        {
            var count = batches.Count(b => b == size);
            if (count > 0 && count >= most)
                (usual, most) = (size, count);
        }

        Assert.AreEqual(usual, BatchCode.Size(sizes));
    }, iter: 500, threads: 1);

    [TestMethod]
    public void Advice_and_messages_name_it()
    {
        var batches = new BatchTrack { Sizes = WindowsOfRuns.Counts((48, 20), (7, 1)) };
        Assert.AreEqual(" of 48 rows", BatchCode.Of(batches));
        var advice = BatchCode.Shuffle(batches);
        Assert.AreEqual("var loader = torch.utils.data.DataLoader(dataset, 48, shuffle: true);", advice[0].Code);
        Assert.AreEqual("var order = torch.randperm(x.shape[0], torch.int64);\nvar (batchX, batchY) = (x[order.narrow(0, start, 48)], y[order.narrow(0, start, 48)]);", advice[1].Code);
    }

    [TestMethod]
    public void Where_none_was_seen_there_is_none()
    {
        Assert.AreEqual(0, BatchCode.Size(WindowsOfRuns.Counts()));
        Assert.AreEqual(string.Empty, BatchCode.Of(new()));
        Assert.Contains("DataLoader(dataset, 1, shuffle: true)", BatchCode.Shuffle(new())[0].Code!);
    }
}
