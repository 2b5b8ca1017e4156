using Microsoft.ML;
using MLNetDebug.Torch.Tests.Trainers;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class TrainingObserverTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Observer_IsToldOfStepsAndEpochsAndChangesNoBit(bool isGuarded)
    {
        var told = new Told();
        var options = new TorchTrainerOptions { Epochs = 3, BatchSize = 32, Seed = 7, Guard = isGuarded ? new() : null };
        var plain = TrialRun.Multiclass(options).Fit(Tables.Classes(), Tables.Classes(300, seed: 2));
        var observed = TrialRun.Multiclass(options with { Observer = told }).Fit(Tables.Classes(), Tables.Classes(300, seed: 2));
        Assert.AreEqual(TrainedBits.Of(plain), TrainedBits.Of(observed));
        // 600 rows in batches of 32.
        Assert.AreEqual(3 * 19, told.Steps);
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, told.Epochs.Select(e => e.Epochs).ToArray());
        CollectionAssert.AreEqual(new[] { 19, 38, 57 }, told.StepsAtEpochs);
        Assert.AreEqual(1, told.Ends);
        Assert.IsTrue(told.Epochs.All(e => e.Accuracy is > 0.3 and <= 1 && double.IsFinite(e.Loss) && e.Guard is not null == isGuarded));
        if (!isGuarded)
            return;
        var recorded = observed.Training!.Epochs;
        CollectionAssert.AreEqual(recorded.Select(e => e.Validation!.Loss).ToArray(), told.Epochs.Select(e => e.Loss).ToArray());
        CollectionAssert.AreEqual(recorded.Select(e => e.Validation!.Accuracy).ToArray(), told.Epochs.Select(e => e.Accuracy).ToArray());
    }

    [TestMethod]
    public void Observer_OfARegressionOrWithoutHeldOutRowsHearsNaN()
    {
        var told = new Told();
        Tables.ML.Regression.Trainers.Torch(TrialRun.Mlp, new() { Epochs = 1, ValidationFraction = 0, Observer = told }).Fit(Tables.Numbers());
        Assert.IsTrue(double.IsNaN(told.Epochs[0].Loss) && double.IsNaN(told.Epochs[0].Accuracy));
        Tables.ML.Regression.Trainers.Torch(TrialRun.Mlp, new() { Epochs = 1, Observer = told }).Fit(Tables.Numbers());
        Assert.IsTrue(double.IsFinite(told.Epochs[1].Loss) && double.IsNaN(told.Epochs[1].Accuracy));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Exception_OfAnObserverPassesThroughAsItIs(bool isGuarded)
    {
        var thrown = new InvalidTimeZoneException();
        var told = new Told { OnNextEpoch = () => throw thrown };
        var trainer = TrialRun.Multiclass(new() { Epochs = 3, Observer = told, Guard = isGuarded ? new() : null });
        Assert.AreSame(thrown, Assert.ThrowsExactly<InvalidTimeZoneException>(() => trainer.Fit(Tables.Classes())));
        Assert.AreEqual(1, told.Epochs.Count);
        Assert.AreEqual(0, told.Ends);
    }

    [TestMethod]
    public void With_MakesTheSameTrainerWithOtherOptions()
    {
        var options = new TorchTrainerOptions { Epochs = 7 };
        TorchTrainer[] trainers =
        [
            Tables.ML.MulticlassClassification.Trainers.Torch(TrialRun.Mlp), Tables.ML.BinaryClassification.Trainers.Torch(TrialRun.Mlp), Tables.ML.Regression.Trainers.Torch(TrialRun.Mlp),
            Tables.ML.MulticlassClassification.Trainers.OneVersusAll(Tables.ML.BinaryClassification.Trainers.Torch(TrialRun.Mlp)),
        ];
        foreach (var trainer in trainers)
        {
            var other = trainer.With(options);
            Assert.AreEqual(trainer.GetType(), other.GetType());
            Assert.IsTrue(other.Task == trainer.Task && other.Network == trainer.Network && other.Options == options);
        }
    }

    private sealed class Told : ITrainingObserver
    {
        public int Steps { get; private set; }

        public int Ends { get; private set; }

        public List<TrainedEpoch> Epochs { get; } = [];

        public List<int> StepsAtEpochs { get; } = [];

        public Action? OnNextEpoch { get; init; }

        public void OnStep() => Steps++;

        public void OnEpoch(TrainedEpoch epoch)
        {
            Epochs.Add(epoch);
            StepsAtEpochs.Add(Steps);
            OnNextEpoch?.Invoke();
        }

        public void OnTrained(NetworkInTraining network) => Ends++;
    }
}
