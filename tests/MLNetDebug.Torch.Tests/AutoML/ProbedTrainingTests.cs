using MLNetDebug.Torch.AutoML.Probes;
using MLNetDebug.Torch.AutoML.Trials;
using MLNetDebug.Torch.Tests.Trainers;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class ProbedTrainingTests
{
    private static readonly LearningRateRangeOptions Short = new() { From = 1e-5, Steps = 30 };

    [TestMethod]
    public void Attempts_AllBeginAtTheSamePoint()
    {
        var trainer = TrialRun.Multiclass();
        using var rows = SweepRows.Read(trainer, Tables.Classes(), Tables.Classes(), null);
        using var used = new ProbedTraining(trainer, rows.Training);
        Assert.IsTrue(used.Holds(0.01, 40, mustFall: true));
        Assert.IsFalse(used.Holds(1000, 40, mustFall: false));
        using var fresh = new ProbedTraining(trainer, rows.Training);
        CollectionAssert.AreEqual(fresh.Rise(Short).Losses.ToArray(), used.Rise(Short).Losses.ToArray());
    }

    [TestMethod]
    public void Rate_ThatMovesNothingDoesNoHarmAndNoGood()
    {
        var trainer = TrialRun.Multiclass();
        using var rows = SweepRows.Read(trainer, Tables.Classes(), Tables.Classes(), null);
        using var training = new ProbedTraining(trainer, rows.Training);
        Assert.IsTrue(training.Holds(1e-9, 40, mustFall: false));
        Assert.IsFalse(training.Holds(1e-9, 40, mustFall: true));
    }

    [TestMethod]
    public void Steps_CountGradientsAndEndWithARunThatIsLost()
    {
        var trainer = TrialRun.Multiclass();
        using var rows = SweepRows.Read(trainer, Tables.Classes(), Tables.Classes(), null);
        using var training = new ProbedTraining(trainer, rows.Training);
        training.Holds(0.01, 40, mustFall: true);
        Assert.AreEqual(40, training.Steps);
        training.Holds(1000, 40, mustFall: true);
        Assert.IsInRange(41, 60, training.Steps);
    }

    [TestMethod]
    [DataRow(TorchOptimizer.AdamW)]
    [DataRow(TorchOptimizer.Sgd)]
    public void Probing_LeavesNoTensorBehindButWhatAnyNetworkLeaves(TorchOptimizer optimizer)
    {
        var trainer = TrialRun.Multiclass(new() { Optimizer = optimizer });
        using var rows = SweepRows.Read(trainer, Tables.Classes(), Tables.Classes(), null);
        // TorchSharp counts the parameters of a module that was disposed as alive.
        long Left(Action of)
        {
            of();
            var before = TensorCount.Settled();
            for (var i = 0; i < 3; i++)
                of();
            return TensorCount.Settled() - before;
        }

        Left(() => { });
        Assert.IsTrue(Left(Probe) <= Left(() => TrialRun.Mlp.Create([5], 3).Dispose()));

        void Probe()
        {
            using var training = new ProbedTraining(trainer, rows.Training);
            training.Rise(Short);
            training.Holds(0.01, 20, mustFall: true);
            training.Holds(100, 20, mustFall: true);
        }
    }
}
