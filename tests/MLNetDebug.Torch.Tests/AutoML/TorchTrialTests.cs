using Microsoft.ML;
using MLNetDebug.AutoML;
using MLNetDebug.Torch.AutoML;
using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Tests.Trainers;
using MLNetDebug.Torch.Trainers;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class TorchTrialTests
{
    [TestMethod]
    public async Task Outcome_IsTheMetricOfTheModelThatIsReturned()
    {
        // A rate at which the held-out loss goes up again: the best epoch is not the last.
        using var run = TrialRun.OfClasses();
        var outcome = await run.RunAsync(0.2, epochs: 12);
        var model = (TorchPredictionTransformer)outcome.Model!;
        Assert.AreEqual(Accuracy(model, Tables.Classes(300, seed: 2)), outcome.Metric, 1e-9);
        Assert.AreEqual(Accuracy(model, Tables.Classes(200, seed: 3)), outcome.TestMetric, 1e-9);
        Assert.AreEqual(run.Points[model.Training!.BestEpoch].Metric, outcome.Metric);
        Assert.AreNotEqual(11, model.Training.BestEpoch);
        Assert.AreEqual(12 * 19, outcome.Steps);
        CollectionAssert.AreEqual(Enumerable.Range(1, 12).ToArray(), run.Points.Select(p => p.Epoch).ToArray());
        Assert.AreEqual(19, run.Points[0].Steps);
    }

    [TestMethod]
    public async Task Trial_TrainsAsTheTrainerAloneWould()
    {
        using var run = TrialRun.OfClasses();
        var first = await run.RunAsync(0.01, batch: 16, epochs: 3, seed: 5);
        var second = await run.RunAsync(0.01, batch: 16, epochs: 3, seed: 5);
        var other = await run.RunAsync(0.01, batch: 16, epochs: 3, seed: 6);
        var alone = TrialRun.Multiclass(new() { LearningRate = 0.01, BatchSize = 16, Epochs = 3, Seed = 5 }).Fit(Tables.Classes(), Tables.Classes(300, seed: 2));
        Assert.AreEqual(TrainedBits.Of(alone), Bits(first));
        Assert.AreEqual(Bits(first), Bits(second));
        Assert.AreNotEqual(Bits(first), Bits(other));
    }

    [TestMethod]
    [DataRow(TorchOptimizer.Sgd)]
    [DataRow(TorchOptimizer.AdamW)]
    public async Task Rate_FarTooLargeIsPrunedWithFindings(TorchOptimizer optimizer)
    {
        using var run = TrialRun.OfClasses(new() { Optimizer = optimizer });
        var pruned = await Assert.ThrowsAsync<TrialPrunedException>(() => run.RunAsync(1000, epochs: 30));
        Assert.IsTrue(pruned.Findings.Any(f => f.Rule.Id is RuleIds.LearningRateTooLarge or RuleIds.NonFinite or RuleIds.DeadModel), pruned.Message);
        Assert.IsTrue(pruned.Steps is > 0 and < 200, $"{pruned.Steps}");
    }

    [TestMethod]
    public async Task Rate_FarTooSmallIsPrunedUnlessThereIsTime()
    {
        using var run = TrialRun.OfClasses(new() { Optimizer = TorchOptimizer.Sgd });
        var pruned = await Assert.ThrowsAsync<TrialPrunedException>(() => run.RunAsync(1e-6, epochs: 30));
        StringAssert.StartsWith(pruned.Message, RuleIds.LearningRateTooSmall);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Training_ThatIsNotFiniteNeverGivesAnOutcome(bool isGuarded)
    {
        using var run = TrialRun.OfClasses(new() { Guard = isGuarded ? new() : null, Loss = (output, target) => functional.cross_entropy(output, target) * double.NaN, Check = null });
        var pruned = await Assert.ThrowsAsync<TrialPrunedException>(() => run.RunAsync(0.01));
        Assert.AreEqual(isGuarded ? RuleIds.NonFinite : "", pruned.Findings.FirstOrDefault()?.Rule.Id ?? "");
    }

    [TestMethod]
    public async Task Template_WithoutAGuardTrainsUnwatchedToTheEnd()
    {
        using var run = TrialRun.OfClasses(new() { Guard = null, Optimizer = TorchOptimizer.AdamW });
        var outcome = await run.RunAsync(100, epochs: 5);
        Assert.AreEqual(5 * 19, outcome.Steps);
        Assert.AreEqual(0, outcome.Findings.Count);
        Assert.IsNull(((TorchPredictionTransformer)outcome.Model!).Training!.Report);
    }

    [TestMethod]
    public async Task Report_ThatPrunesEndsTheTrialAsItIs()
    {
        using var run = TrialRun.OfClasses();
        var thrown = new TrialPrunedException("behind the others");
        Assert.AreSame(thrown, await Assert.ThrowsAsync<TrialPrunedException>(() => run.RunAsync(0.01, onPoint: p =>
        {
            if (p.Epoch == 2)
                throw thrown;
        })));
        Assert.AreEqual(2, run.Points.Count);
    }

    [TestMethod]
    public async Task Regression_IsComparedByItsLoss()
    {
        using var run = new TrialRun(Tables.ML.Regression.Trainers.Torch(TrialRun.Mlp), Tables.Numbers(), Tables.Numbers(300, seed: 2), SweepMetric.Loss);
        var outcome = await run.RunAsync(0.01, epochs: 6);
        var model = (TorchPredictionTransformer)outcome.Model!;
        Assert.AreEqual(Tables.ML.Regression.Evaluate(model.Transform(Tables.Numbers(300, seed: 2))).MeanSquaredError, outcome.Metric, 1e-5);
        Assert.IsTrue(double.IsNaN(outcome.TestMetric));
        Assert.IsTrue(run.Points[^1].Metric < run.Points[0].Metric);
    }

    [TestMethod]
    public async Task Check_OfTheNetworkRunsOnce()
    {
        using var run = TrialRun.OfClasses();
        var (first, second) = (await run.RunAsync(0.01), await run.RunAsync(0.01));
        Assert.IsNotNull(((TorchPredictionTransformer)first.Model!).Training!.NetworkReport);
        Assert.IsNull(((TorchPredictionTransformer)second.Model!).Training!.NetworkReport);
    }

    [TestMethod]
    public async Task Network_ThatCannotLearnIsAnErrorOfTheSweep()
    {
        var twice = new TorchNetwork("sweep-twice", (shape, outputs) => Sequential(Linear(shape[0], 16), ReLU(), Linear(16, outputs), Softmax(1)));
        using var run = new TrialRun(
            Tables.ML.MulticlassClassification.Trainers.Torch(twice, new() { FailOn = Severity.Warning }), Tables.Classes(), Tables.Classes(300, seed: 2), SweepMetric.Accuracy);
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<DiagnosticException>(() => run.RunAsync(0.01));
    }

    [TestMethod]
    public async Task Cancellation_EndsATrial()
    {
        using var source = new CancellationTokenSource();
        using var run = TrialRun.OfClasses();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run.RunAsync(0.01, epochs: 1000, onPoint: _ => source.Cancel(), token: source.Token));
        Assert.AreEqual(1, run.Points.Count);
    }

    [TestMethod]
    public async Task Options_OfATrialMayBeSetButNotItsColumns()
    {
        using var run = TrialRun.OfClasses(configure: (trial, options) => options with { Epochs = trial.Seed, LabelColumnName = trial.Seed == 3 ? "Other" : options.LabelColumnName });
        Assert.AreEqual(2 * 19, (await run.RunAsync(0.01, seed: 2)).Steps);
        StringAssert.Contains((await Assert.ThrowsAsync<ArgumentException>(() => run.RunAsync(0.01, seed: 3))).Message, "'Other'");
        using var none = TrialRun.OfClasses(configure: (_, _) => null!);
        StringAssert.Contains((await Assert.ThrowsAsync<ArgumentException>(() => none.RunAsync(0.01))).Message, "returned null");
    }

    private static string Bits(TrialOutcome outcome) => TrainedBits.Of((TorchPredictionTransformer)outcome.Model!);

    private static double Accuracy(TorchPredictionTransformer model, IDataView rows) => Tables.ML.MulticlassClassification.Evaluate(model.Transform(rows)).MicroAccuracy;
}
