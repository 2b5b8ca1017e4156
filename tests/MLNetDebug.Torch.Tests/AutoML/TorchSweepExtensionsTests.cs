using Microsoft.ML;
using MLNetDebug.AutoML;
using MLNetDebug.Torch.Tests.Trainers;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.Torch.Tests.AutoML;

/// <summary>Whole sweeps over a network.</summary>
[TestClass]
public sealed class TorchSweepExtensionsTests
{
    private static readonly MLContext ML = new(1);

    private static readonly SweepOptions Options = new()
    {
        Metric = SweepMetric.Accuracy,
        Space = new() { BatchSizes = [16, 128] },
        Epochs = 4,
        Budget = new() { Trials = 6 },
        Repeats = 2,
    };

    [TestMethod]
    public async Task Sweep_WithTheSameSeed_RepeatsToTheBit()
    {
        var (first, second, other) = (await Run(Options), await Run(Options), await Run(Options with { Seed = 2 }));
        CollectionAssert.AreEqual(Bits(first), Bits(second));
        Assert.AreEqual(first.Best!.Plan, second.Best!.Plan);
        Assert.AreEqual(TrainedBits.Of((TorchPredictionTransformer)first.Model!), TrainedBits.Of((TorchPredictionTransformer)second.Model!), "the winner's weights");
        CollectionAssert.AreNotEqual(Bits(first), Bits(other));
    }

    [TestMethod]
    public async Task Sweep_HandsOutTheWinnersModel_AndWhatTheBatchSizeDoes()
    {
        var result = await Run(Options);
        var best = result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Confirmation && t.Plan.Parameters.Equals(result.Best!.Plan.Parameters)).Max(t => t.Metric);
        Assert.AreEqual(best, ML.MulticlassClassification.Evaluate(result.Model!.Transform(Validation)).MicroAccuracy, 1e-9);
        Assert.IsNotNull(result.BatchSizes.AtEqualEpochs);
        Assert.IsNotNull(result.BatchSizes.AtEqualUpdates);
        Assert.IsTrue(result.Study.Trials.Any(t => t.Bracket is not null), "rates were tested");
        Assert.IsTrue(result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search && t.State == TrialState.Completed).All(t => t.Steps > 0));
    }

    [TestMethod]
    public async Task Sweep_ThatIsFinished_TrainsTheWinnerAgain()
    {
        using var store = new MemoryStudyStore();
        var options = Options with { Store = store, Study = "s" };
        var (first, again) = (await Run(options), await Run(options));
        Assert.HasCount(first.Study.Trials.Count, again.Study.Trials);
        Assert.AreEqual(TrainedBits.Of((TorchPredictionTransformer)first.Model!), TrainedBits.Of((TorchPredictionTransformer)again.Model!));
    }

    [TestMethod]
    public async Task Sweep_CrownsNoNetworkThatLearnsNothing()
    {
        // Labels that have nothing to do with the rows: what is best by luck is not better than the largest class by much, and below it is refused.
        var result = await Run(Options with { Space = new() { LearningRate = new(1e-12, 1e-10), BatchSizes = [16] } });
        Assert.IsNull(result.Best, result.ToString());
        Assert.IsNull(result.Model);
    }

    [TestMethod]
    public async Task Sweep_IsCancelledWithinATrial()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Cancelling(cancel);
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(Options with { Epochs = 100_000, Progress = progress }, cancel.Token));
    }

    [TestMethod]
    public async Task Token_OfTheTrainersOptions_EndsTheSweep()
    {
        using var cancel = new CancellationTokenSource();
        using var store = new MemoryStudyStore();
        var trainer = TrialRun.Multiclass(new() { Optimizer = TorchOptimizer.Sgd, CancellationToken = cancel.Token });
        var options = Options with { Epochs = 100_000, Progress = new Cancelling(cancel), Store = store, Study = "s" };
        await Assert.ThrowsAsync<OperationCanceledException>(() => ML.Diagnostics().Sweep(trainer, Tables.Classes(), Validation, options));
        Assert.IsTrue(store.Read("s").Trials.All(t => t.State != TrialState.Failed), "what is cancelled has not failed");
    }

    [TestMethod]
    public async Task Sweep_OfOneRate_TestsNone_AndWithoutTestRowsTrainsNoArms()
    {
        using var store = new MemoryStudyStore();
        var options = Options with { Space = new() { LearningRate = new(0.05, 0.05), BatchSizes = [16, 128] }, Budget = new() { Trials = 2 }, Store = store };
        var result = await ML.Diagnostics().Sweep(TrialRun.Multiclass(new() { Optimizer = TorchOptimizer.Sgd }), Tables.Classes(), Validation, options);
        CollectionAssert.IsSubsetOf(result.Study.Trials.Select(t => t.Plan.Kind).Distinct().ToArray(), new[] { TrialKind.Search, TrialKind.Confirmation });
        Assert.IsNotNull(result.Best, result.ToString());
        StringAssert.Contains(result.BatchSizeVerdict, "no test rows");
    }

    [TestMethod]
    public async Task Options_AreCheckedBeforeRowsAreRead()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Run(Options with { Repeats = 1, Epochs = 0 }));
        StringAssert.Contains(error.Message, nameof(SweepOptions.Repeats));
        StringAssert.Contains(error.Message, nameof(SweepOptions.Epochs));
    }

    private static IDataView Validation { get; } = Tables.Classes(300, seed: 2);

    private static async Task<SweepResult> Run(SweepOptions options, CancellationToken token = default)
    {
        using var own = options.Store is null ? new MemoryStudyStore() : null;
        var trainer = TrialRun.Multiclass(new() { Optimizer = TorchOptimizer.Sgd });
        return await ML.Diagnostics().Sweep(trainer, Tables.Classes(), Validation, options with { Store = options.Store ?? own }, Tables.Classes(200, seed: 3), cancellationToken: token);
    }

    private static string[] Bits(SweepResult result) =>
        [.. result.Study.Trials.Select(t => $"{t.Plan.Kind} {t.Plan.Arm} {t.Plan.Parameters.BatchSize} {BitConverter.DoubleToInt64Bits(t.Plan.Parameters.LearningRate):X} {t.Plan.Seed} {t.State} {BitConverter.DoubleToInt64Bits(t.Metric):X} {t.Steps}")];

    private sealed class Cancelling(CancellationTokenSource cancel) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value)
        {
            if (value.Trials.Any(t => t.Plan.Kind == TrialKind.Search && t.Points.Count > 2))
                cancel.Cancel();
        }
    }
}
