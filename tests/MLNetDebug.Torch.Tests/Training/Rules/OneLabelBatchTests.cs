using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class OneLabelBatchTests
{
    [TestMethod]
    public void Sorted_rows_are_found_as_soon_as_a_second_class_comes()
    {
        Assert.IsEmpty(Judge(Batches(40, 40, size: 32, (0, 1280))).Findings);
        var finding = Judge(Batches(41, 40, size: 32, (0, 1290), (1, 22))).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(Confidence.Suspected, finding.Confidence);
        Assert.StartsWith("40 of 41 batches of 32 rows hold one class only, the first at step 0; shuffled rows of the same 2 classes would give 58.21 % (p = ", finding.Message);
    }

    [TestMethod]
    public void The_runs_of_labels_confirm_it()
    {
        var sorted = Batches(30, 29, 32, (0, 480), (1, 480)) with { LabelRunsZ = -30, LabelRunsRows = 960, BatchesPerEpoch = 30 };
        Assert.AreEqual(Confidence.Confirmed, Judge(sorted).Findings.Single().Confidence);
    }

    [TestMethod]
    [DataRow(0.9, 16, 200)]
    [DataRow(0.99, 32, 1000)]
    [DataRow(0.999, 64, 1000)]
    [DataRow(0.6, 3, 2000)]
    public void Imbalance_alone_is_silent(double share, int size, int count)
    {
        var random = new Random(1);
        var (one, first) = (0, 0);
        for (var b = 0; b < count; b++)
        {
            var zeros = Enumerable.Range(0, size).Count(_ => random.NextDouble() < share);
            (one, first) = (one + (zeros == 0 || zeros == size ? 1 : 0), first + zeros);
        }

        var batches = Batches(count, one, size, (0, first), (1, (long)size * count - first));
        Assert.IsEmpty(Judge(batches).Findings);
        Assert.IsEmpty(Judge(batches, new() { Floor = 0.001, PValue = 0.001 }).Findings);
    }

    [TestMethod]
    public void It_waits_for_batches_or_an_epoch()
    {
        Assert.IsEmpty(Judge(Batches(19, 18, 32, (0, 300), (1, 308))).Findings);
        Assert.HasCount(1, Judge(Batches(20, 19, 32, (0, 320), (1, 320))).Findings);
        Assert.HasCount(1, Judge(Batches(3, 1, 32, (0, 34), (1, 33), (2, 29)) with { BatchesPerEpoch = 3 }).Findings);
    }

    [TestMethod]
    public void Epochs_that_repeat_one_chance_batch_are_silent()
    {
        // One of ten batches of five is alike by a chance of 6 %; a hundred epochs bring the same ten.
        Assert.IsEmpty(Judge(Batches(1000, 100, 5, (0, 2500), (1, 2500)) with { BatchesPerEpoch = 10 }, new() { Floor = 0.01 }).Findings);
        Assert.HasCount(1, Judge(Batches(1000, 900, 5, (0, 2500), (1, 2500)) with { BatchesPerEpoch = 10 }).Findings);
    }

    [TestMethod]
    public void One_class_in_all_is_another_fault()
    {
        var tested = Judge(Batches(40, 40, 32, (3, 1280)) with { BatchesPerEpoch = 40 });
        Assert.IsEmpty(tested.Findings);
        Assert.Contains("every label that was seen is 3", tested.NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Pairs_targets_and_nothing_are_silent()
    {
        Assert.IsEmpty(Judge(Batches(1000, 1000, 2, (0, 1000), (1, 1000))).Findings);
        Assert.IsEmpty(Judge(Batches(1000, 1000, 32, (0, 16000), (1, 16000)) with { HasClassLabels = false }).Findings);
        Assert.IsEmpty(Judge(Batches(1000, 0, 32, (0, 16000), (1, 16000))).Findings);
        // More classes than are counted.
        Assert.IsEmpty(Judge(Batches(1000, 1000, 32) with { BatchesPerEpoch = 10 }).Findings);
        Assert.IsEmpty(Judge(new()).Findings);
    }

    [TestMethod]
    public void The_boundary_of_the_excess()
    {
        Assert.IsEmpty(Judge(Batches(1000, 99, 32, (0, 16000), (1, 16000))).Findings);
        Assert.HasCount(1, Judge(Batches(1000, 101, 32, (0, 16000), (1, 16000))).Findings);
        Assert.ThrowsExactly<ArgumentException>(() => Judge(new(), new() { LeastBatches = 1 }));
    }

    [TestMethod]
    public void The_boundary_of_the_p_value()
    {
        var batches = Batches(30, 8, 6, (0, 90), (1, 90));
        var p = OneLabelTail.Of([(2 * Math.Pow(0.5, 6), 30)], 8, 2 * Math.Pow(0.5, 6));
        Assert.IsTrue(p is > 1e-6 and < 1e-3, $"{p}");
        Assert.IsEmpty(Judge(batches).Findings);
        Assert.HasCount(1, Judge(batches, new() { PValue = p * (1 + 1e-9) }).Findings);
        Assert.IsEmpty(Judge(batches, new() { PValue = p * (1 - 1e-9) }).Findings);
    }

    [TestMethod]
    public void Options_are_heeded()
    {
        Assert.HasCount(1, Judge(Batches(19, 18, 32, (0, 300), (1, 308)), new() { LeastBatches = 19 }).Findings);
        // Of 32 rows in two equal classes none is expected to be alike, so that the excess is what was seen.
        var excess = ((101 / 1000.0) - Math.Pow(0.5, 31)) / (1 - Math.Pow(0.5, 31));
        Assert.HasCount(1, Judge(Batches(1000, 101, 32, (0, 16000), (1, 16000)), new() { Floor = excess - 1e-12 }).Findings);
        Assert.IsEmpty(Judge(Batches(1000, 101, 32, (0, 16000), (1, 16000)), new() { Floor = excess + 1e-12 }).Findings);
        Assert.HasCount(1, Judge(Batches(1000, 900, 3, (0, 1500), (1, 1500))).Findings, "Three rows are no pair.");
    }

    [TestMethod]
    public void Batches_of_several_sizes_are_held_against_their_own_chances()
    {
        // Half of the batches have three rows, which are alike by a chance of a quarter.
        var mixed = Batches(200, 25, 32, (0, 1750), (1, 1750)) with { LabelledSizes = WindowsOfRuns.Counts((32, 100), (3, 100)) };
        Assert.IsEmpty(Judge(mixed, new() { Floor = 0.001, PValue = 0.01 }).Findings);
        Assert.HasCount(1, Judge(mixed with { OneLabel = 120 }).Findings);
        // Two of four in an epoch: the short one may be alike by chance, a long one cannot.
        Assert.HasCount(1, Judge(Batches(40, 20, 32, (0, 34), (1, 33), (2, 33)) with { LabelledSizes = WindowsOfRuns.Counts((32, 30), (4, 10)), BatchesPerEpoch = 4 }).Findings);
        Assert.IsEmpty(Judge(Batches(40, 10, 32, (0, 34), (1, 33), (2, 33)) with { LabelledSizes = WindowsOfRuns.Counts((32, 30), (4, 10)), BatchesPerEpoch = 4 }).Findings);
    }

    private static BatchTrack Batches(long count, long oneLabel, long size, params (long Key, long Count)[] classes) => new()
    {
        Sizes = WindowsOfRuns.Counts((size, count)),
        HasClassLabels = true,
        Labelled = count,
        OneLabel = oneLabel,
        FirstOneLabelStep = 0,
        LabelledSizes = WindowsOfRuns.Counts((size, count)),
        ClassCounts = WindowsOfRuns.Counts(classes),
    };

    private static RuleTested Judge(BatchTrack batches, OneLabelBatchOptions? options = null) => WindowsOfRuns.Judge(new OneLabelBatch(options), WindowsOfRuns.WithBatches(batches));
}
