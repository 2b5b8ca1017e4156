using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class FixedBatchOrderTests
{
    private static readonly BatchTrack Fixed = new()
    {
        Sizes = WindowsOfRuns.Counts((32, 40), (4, 5)),
        HasClassLabels = true,
        ClassCounts = WindowsOfRuns.Counts((0, 500), (1, 500)),
        ComparedEpochs = 4,
        RepeatedEpochs = 4,
        BatchesPerEpoch = 9,
        DistinctBatches = 9,
        LabelRunsZ = -0.4,
        LabelRunsRows = 260,
    };

    [TestMethod]
    public void Repeated_epochs_are_advice()
    {
        var finding = Judge(Fixed).Single();
        Assert.AreEqual(new Subject(SubjectKind.DataSet, "training batches"), finding.Subject);
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.StartsWith("4 of 4 epochs that could be compared brought the 9 batches of 32 rows of the epoch before, row by row in the same order. Steps repeat", finding.Message);
        Assert.AreEqual("var loader = torch.utils.data.DataLoader(dataset, 32, shuffle: true);", finding.Advice[0].Code);
    }

    [TestMethod]
    public void With_sorted_labels_they_are_warned_of()
    {
        var finding = Judge(Fixed with { LabelRunsZ = -16 }).Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
        Assert.Contains("99.23 % of the places at which the label changes", finding.Message);
        // Two classes in turn, and rows without labels.
        Assert.AreEqual(Severity.Info, Judge(Fixed with { LabelRunsZ = 16 }).Single().Severity);
        Assert.AreEqual(Severity.Info, Judge(Fixed with { HasClassLabels = false, ClassCounts = WindowsOfRuns.Counts(), LabelRunsZ = double.NaN, LabelRunsRows = 0 }).Single().Severity);
    }

    [TestMethod]
    [DataRow(-5.1, 200, Severity.Warning)]
    [DataRow(-4.9, 200, Severity.Info)]
    [DataRow(-5.1, 199, Severity.Info)]
    [DataRow(-9.9, 10_000, Severity.Info)]
    [DataRow(-10.1, 10_000, Severity.Warning)]
    public void The_boundaries_of_sorted(double z, long rows, Severity severity) => Assert.AreEqual(severity, Judge(Fixed with { LabelRunsZ = z, LabelRunsRows = rows }).Single().Severity);

    [TestMethod]
    public void The_boundary_of_the_repeated_epochs()
    {
        Assert.HasCount(1, Judge(Fixed with { RepeatedEpochs = 2 }));
        Assert.IsEmpty(Judge(Fixed with { ComparedEpochs = 5, RepeatedEpochs = 2 }));
        Assert.HasCount(1, Judge(Fixed with { ComparedEpochs = 5, RepeatedEpochs = 2 }, new() { RepeatedShare = 0.4 }));
    }

    [TestMethod]
    public void Options_of_sorted_are_heeded()
    {
        Assert.AreEqual(Severity.Info, Judge(Fixed with { LabelRunsZ = -16 }, new() { SortedZ = 16 }).Single().Severity);
        Assert.AreEqual(Severity.Warning, Judge(Fixed with { LabelRunsZ = -16 }, new() { SortedZ = Math.BitDecrement(16) }).Single().Severity);
        Assert.AreEqual(Severity.Info, Judge(Fixed with { LabelRunsZ = -16 }, new() { SortedRows = 261 }).Single().Severity);
        Assert.AreEqual(Severity.Info, Judge(Fixed with { LabelRunsZ = -12 }, new() { SortedShare = 0.8 }).Single().Severity);
    }

    [TestMethod]
    public void Full_batches_shuffled_and_first_epochs_are_silent()
    {
        Assert.IsEmpty(Judge(Fixed with { BatchesPerEpoch = 1, DistinctBatches = 1 }));
        Assert.IsEmpty(Judge(Fixed with { RepeatedEpochs = 0 }));
        Assert.IsEmpty(Judge(Fixed with { ComparedEpochs = 0, RepeatedEpochs = 0 }));
        Assert.IsEmpty(Judge(new()));
    }

    [TestMethod]
    public void Cached_batches_that_are_drawn_in_another_order_repeat_by_chance()
    {
        // Three batches have six orders.
        Assert.IsEmpty(Judge(Fixed with { DistinctBatches = 3, BatchesPerEpoch = 3, ComparedEpochs = 18, RepeatedEpochs = 3 }));
        Assert.IsEmpty(Judge(Fixed with { DistinctBatches = 3, BatchesPerEpoch = 3, ComparedEpochs = 3, RepeatedEpochs = 3 }));
        Assert.HasCount(1, Judge(Fixed with { DistinctBatches = 3, BatchesPerEpoch = 3, ComparedEpochs = 4, RepeatedEpochs = 4 }));
        Assert.HasCount(1, Judge(Fixed with { DistinctBatches = 7, ComparedEpochs = 1, RepeatedEpochs = 1 }));
        Assert.IsEmpty(Judge(Fixed with { DistinctBatches = 6, ComparedEpochs = 1, RepeatedEpochs = 1 }));
        Assert.HasCount(1, Judge(Fixed with { DistinctBatches = 6, ComparedEpochs = 1, RepeatedEpochs = 1 }, new() { Chance = 0.01 }));
        Assert.ThrowsExactly<ArgumentException>(() => Judge(Fixed, new() { Chance = 0 }));
    }

    private static IReadOnlyList<Finding> Judge(BatchTrack batches, FixedBatchOrderOptions? options = null) => WindowsOfRuns.Judge(new FixedBatchOrder(options), WindowsOfRuns.WithBatches(batches)).Findings;
}
