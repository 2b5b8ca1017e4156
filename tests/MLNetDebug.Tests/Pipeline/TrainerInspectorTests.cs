using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class TrainerInspectorTests
{
    private static readonly MLContext Ml = new(1);

    [TestMethod]
    public void EveryTrainerThatIsReferenced_HasAFamily()
    {
        Type[] anchors = [typeof(SdcaRegressionTrainer), typeof(FastTreeRegressionTrainer), typeof(LightGbmRegressionTrainer), typeof(KMeansTrainer), typeof(RandomizedPcaTrainer)];
        var trainers = anchors.SelectMany(a => a.Assembly.GetExportedTypes())
            .Where(t => t.IsClass && !t.IsAbstract && t.Name.EndsWith("Trainer", StringComparison.Ordinal))
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>)))
            .ToArray();
        Assert.IsTrue(trainers.Length >= 25, $"{trainers.Length} trainers");
        // Meta trainers learn as the trainer inside them does.
        var unknown = trainers.Where(t => TrainerFamilies.Of(t.Name) == TrainerFamily.Unknown).Select(t => t.Name)
            .Except([nameof(OneVersusAllTrainer), nameof(PairwiseCouplingTrainer)]).ToArray();
        Assert.AreEqual(0, unknown.Length, string.Join(", ", unknown));
    }

    public static IEnumerable<object[]> Trainers =>
    [
        [Ml.BinaryClassification.Trainers.SdcaLogisticRegression("y", "x", "w"), TrainerFamily.DualCoordinateAscent, true, LearningTask.BinaryClassification],
        [Ml.BinaryClassification.Trainers.FastTree("y", "x", "w"), TrainerFamily.Trees, false, LearningTask.BinaryClassification],
        [Ml.BinaryClassification.Trainers.LightGbm("y", "x", "w"), TrainerFamily.Trees, false, LearningTask.BinaryClassification],
        [Ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("y", "x", "w"), TrainerFamily.QuasiNewton, true, LearningTask.MulticlassClassification],
        [Ml.Regression.Trainers.FastForest("y", "x", "w"), TrainerFamily.Trees, false, LearningTask.Regression],
        [Ml.Ranking.Trainers.FastTree("y", "x", "g", "w"), TrainerFamily.Trees, false, LearningTask.Ranking],
    ];

    [TestMethod]
    [DynamicData(nameof(Trainers))]
    public void Inspect_ReadsWhatATrainerSaysOfItself(IEstimator<ITransformer> trainer, TrainerFamily family, bool needs, LearningTask task)
    {
        var facts = TrainerInspector.Inspect(trainer)!;
        Assert.AreEqual(family, facts.Traits.Family);
        Assert.AreEqual(needs, facts.Traits.NeedsNormalization);
        Assert.AreEqual(task, facts.Task);
        Assert.AreEqual("y", facts.Label);
        Assert.AreEqual("w", facts.Weight);
        CollectionAssert.AreEqual(new[] { "x" }, facts.Features.ToArray());
        Assert.AreEqual(task == LearningTask.Ranking ? "g" : null, facts.Group);
    }

    [TestMethod]
    public void MetaTrainer_LearnsAsTheTrainerInside()
    {
        var facts = TrainerInspector.Inspect(Ml.MulticlassClassification.Trainers.OneVersusAll(Ml.BinaryClassification.Trainers.AveragedPerceptron(featureColumnName: "x"), "y"))!;
        CollectionAssert.AreEqual(new[] { "x" }, facts.Features.ToArray());
        Assert.AreEqual(TrainerFamily.StochasticGradient, facts.Traits.Family);
        Assert.AreEqual("OneVersusAllTrainer", facts.Traits.Name);
        Assert.AreEqual("y", facts.Label);
        Assert.AreEqual(LearningTask.MulticlassClassification, facts.Task);
    }

    [TestMethod]
    public void FieldAwareFactorizationMachine_HasSeveralFeatureColumns()
    {
        var facts = TrainerInspector.Inspect(Ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine(["x1", "x2"], "y"))!;
        CollectionAssert.AreEqual(new[] { "x1", "x2" }, facts.Features.ToArray());
        Assert.AreEqual(LearningTask.BinaryClassification, facts.Task);
        Assert.IsNull(facts.Traits.NeedsNormalization);
    }

    [TestMethod]
    public void TransformsAndCalibrators_AreNoTrainers()
    {
        Assert.IsFalse(TrainerInspector.IsTrainer(PipelineData.Concatenate(Ml)));
        Assert.IsFalse(TrainerInspector.IsTrainer(Ml.Transforms.NormalizeMinMax("x")));
        Assert.IsFalse(TrainerInspector.IsTrainer(Ml.BinaryClassification.Calibrators.Platt()));
        var featurizer = new FastTreeRegressionFeaturizationEstimator.Options { InputColumnName = "x", LeavesColumnName = "leaves", TrainerOptions = new FastTreeRegressionTrainer.Options() };
        Assert.IsFalse(TrainerInspector.IsTrainer(Ml.Transforms.FeaturizeByFastTreeRegression(featurizer)));
        Assert.IsTrue(TrainerInspector.IsTrainer(Ml.Clustering.Trainers.KMeans()));
        Assert.IsNull(TrainerInspector.Inspect(null));
    }

    [TestMethod]
    public void A_guard_is_asked_as_the_trainer_inside_it()
    {
        var trainer = Ml.Ranking.Trainers.FastTree("y", "x", "g", "w");
        IEstimator<ITransformer> guarded = trainer.Guard();
        Assert.IsTrue(TrainerInspector.IsTrainer(guarded));
        Assert.AreSame(trainer, TrainerInspector.Unwrapped(guarded));
        Assert.AreSame(trainer, TrainerInspector.Unwrapped(trainer));
        var (inside, outside) = (TrainerInspector.Inspect(trainer)!, TrainerInspector.Inspect(guarded)!);
        Assert.AreEqual(inside.Traits, outside.Traits);
        Assert.AreEqual((inside.Task, inside.Label, inside.Weight, inside.Group, inside.BatchSize), (outside.Task, outside.Label, outside.Weight, outside.Group, outside.BatchSize));
        Assert.IsNull(inside.BatchSize, "It takes no steps of rows.");
    }
}
