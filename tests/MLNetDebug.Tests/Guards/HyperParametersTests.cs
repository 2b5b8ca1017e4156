using Microsoft.ML;
using Microsoft.ML.TorchSharp.NasBert;
using Microsoft.ML.Trainers;
using MLNetDebug.Guards;

namespace MLNetDebug.Tests.Guards;

[TestClass]
public sealed class HyperParametersTests
{
    public static IEnumerable<object[]> Rates =>
    [
        [(MLContext ml) => ml.BinaryClassification.Trainers.AveragedPerceptron(learningRate: 0.25f), 0.25],
        [(MLContext ml) => ml.Regression.Trainers.OnlineGradientDescent(learningRate: 0.25f), 0.25],
        [(MLContext ml) => ml.BinaryClassification.Trainers.SgdCalibrated(learningRate: 0.25), 0.25],
        [(MLContext ml) => ml.BinaryClassification.Trainers.SgdNonCalibrated(learningRate: 0.25), 0.25],
        [(MLContext ml) => ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine(new FieldAwareFactorizationMachineTrainer.Options { LearningRate = 0.25f }), 0.25],
        [(MLContext ml) => ml.Regression.Trainers.FastTree(learningRate: 0.25), 0.25],
        [(MLContext ml) => ml.Regression.Trainers.Gam(learningRate: 0.25), 0.25],
        [(MLContext ml) => ml.Regression.Trainers.LightGbm(learningRate: 0.25), 0.25],
        // A meta trainer's rate is that of the trainer inside it.
        [(MLContext ml) => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.AveragedPerceptron(learningRate: 0.25f)), 0.25],
        [(MLContext ml) => new TextClassificationTrainer(ml, new StandInOptions { LearningRate = [0.25, 0.5] }), 0.25],
    ];

    [TestMethod]
    [DynamicData(nameof(Rates))]
    public void A_learning_rate_is_read_where_the_trainer_keeps_it(Func<MLContext, object> create, double expected) =>
        Assert.AreEqual(expected, HyperParameters.LearningRate(create(new MLContext(1))));

    public static IEnumerable<object[]> Without =>
    [
        [(MLContext ml) => ml.Regression.Trainers.Sdca()],
        [(MLContext ml) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression()],
        [(MLContext ml) => ml.Regression.Trainers.FastForest()],
        [(MLContext ml) => ml.Clustering.Trainers.KMeans()],
        [(MLContext ml) => ml.MulticlassClassification.Trainers.NaiveBayes()],
        [(MLContext ml) => new TextClassificationTrainer(ml, new StandInOptions { LearningRate = [] })],
        [(MLContext _) => "no trainer"],
    ];

    [TestMethod]
    [DynamicData(nameof(Without))]
    public void Trainers_without_one_have_none(Func<MLContext, object> create) => Assert.IsNull(HyperParameters.LearningRate(create(new MLContext(1))));

    [TestMethod]
    public void Options_are_read_by_field_or_property()
    {
        var options = new Options();
        Assert.AreEqual(1, HyperParameters.Value(options, "Field"));
        Assert.AreEqual(2, HyperParameters.Value(options, "Property"));
        Assert.IsNull(HyperParameters.Value(options, "WriteOnly"));
        Assert.IsNull(HyperParameters.Value(options, "Absent"));
    }

    [TestMethod]
    public void Only_numbers_are_numbers()
    {
        foreach (var number in new object[] { 3f, 3.0, 3, 3L, 3u, (short)3, new List<double> { 3, 4 }, new[] { 3.0 } })
            Assert.AreEqual(3, HyperParameters.Number(number), number.GetType().Name);
        foreach (var other in new object?[] { null, "3", true, 'x', new List<double>(), new object() })
            Assert.IsNull(HyperParameters.Number(other));
    }

#pragma warning disable CS0649, CA1822 // Read by name only.
    private sealed class Options
    {
        public int Field = 1;

        public int Property => 2;

        public int WriteOnly { set => _ = value; }
    }
#pragma warning restore CS0649, CA1822
}
