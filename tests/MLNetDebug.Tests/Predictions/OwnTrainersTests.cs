using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Predictions;

/// <summary>What ML.NET's own trainers write into their score columns is healthy, whatever it is.</summary>
[TestClass]
public sealed class OwnTrainersTests
{
    private static readonly MLContext Ml = new(1);

    private static readonly IDataView Rows = Ml.Data.Cache(Made());

    public static IEnumerable<object?[]> Trainers => Of().Select(t => new object?[] { t.Name, t.IsDistribution });

    [TestMethod]
    [DynamicData(nameof(Trainers))]
    public void Scores_of_every_trainer_are_read_and_none_is_an_error(string name, bool? isDistribution)
    {
        var (_, trainer, label, _) = Of().Single(t => t.Name == name);
        var evaluation = Ml.Diagnostics().Evaluate(trainer.Fit(Rows).Transform(Rows), new EvaluateOptions { Diagnostics = new DiagnosticsOptions { Label = label, Sinks = [] } });
        Assert.IsTrue(evaluation.IsValid, evaluation.Invalid);
        Assert.IsFalse(evaluation.Report.Of(RuleIds.InvalidProbabilities).Any(f => f.Severity > Severity.Info), string.Join("; ", evaluation.Report.Findings.Select(f => f.Message)));
        Assert.IsFalse(evaluation.Report.Of(RuleIds.NegativeLoss).Any());
        Assert.AreEqual(isDistribution, evaluation.Profile.Probabilities?.IsValid);
        if (evaluation.Binary is not null)
            Assert.AreEqual(evaluation.Values["Accuracy"], evaluation.Profile.Accuracy, 1e-9);
        if (evaluation.Multiclass is not null)
        {
            Assert.AreEqual(evaluation.Values["MicroAccuracy"], evaluation.Profile.Accuracy, 1e-9);
            // The schema never says that these are probabilities, also where they are.
            Assert.IsFalse(evaluation.Profile.Probabilities!.IsDeclared);
        }
    }

    private static IEnumerable<(string Name, IEstimator<ITransformer> Trainer, string Label, bool? IsDistribution)> Of()
    {
        var (two, several, number) = (Ml.BinaryClassification.Trainers, Ml.MulticlassClassification.Trainers, Ml.Regression.Trainers);
        return
        [
            ("AveragedPerceptron", two.AveragedPerceptron("Two"), "Two", null),
            ("SdcaLogisticRegression", two.SdcaLogisticRegression("Two"), "Two", true),
            ("SdcaNonCalibrated", two.SdcaNonCalibrated("Two"), "Two", null),
            ("LbfgsLogisticRegression", two.LbfgsLogisticRegression("Two"), "Two", true),
            ("LdSvm", two.LdSvm("Two"), "Two", null),
            ("LinearSvm", two.LinearSvm("Two"), "Two", null),
            ("SgdCalibrated", two.SgdCalibrated("Two"), "Two", true),
            ("SgdNonCalibrated", two.SgdNonCalibrated("Two"), "Two", null),
            ("FieldAwareFactorizationMachine", two.FieldAwareFactorizationMachine("Features", "Two"), "Two", true),
            ("Prior", two.Prior("Two"), "Two", true),
            ("FastTree", two.FastTree("Two"), "Two", true),
            ("FastForest", two.FastForest("Two"), "Two", null),
            ("Gam", two.Gam("Two"), "Two", true),
            ("LightGbm", two.LightGbm("Two"), "Two", true),
            ("Platt", two.AveragedPerceptron("Two").Append(Ml.BinaryClassification.Calibrators.Platt("Two")), "Two", true),
            ("Isotonic", two.AveragedPerceptron("Two").Append(Ml.BinaryClassification.Calibrators.Isotonic("Two")), "Two", true),
            ("Naive", two.AveragedPerceptron("Two").Append(Ml.BinaryClassification.Calibrators.Naive("Two")), "Two", true),
            ("SdcaMaximumEntropy", several.SdcaMaximumEntropy("Key"), "Key", true),
            ("SdcaNonCalibrated of several", several.SdcaNonCalibrated("Key"), "Key", false),
            ("LbfgsMaximumEntropy", several.LbfgsMaximumEntropy("Key"), "Key", true),
            ("NaiveBayes", several.NaiveBayes("Key"), "Key", false),
            ("OneVersusAll", several.OneVersusAll(two.AveragedPerceptron("Two"), "Key"), "Key", true),
            ("OneVersusAll of margins", several.OneVersusAll(two.AveragedPerceptron("Two"), "Key", useProbabilities: false), "Key", false),
            ("OneVersusAll of trees", several.OneVersusAll(two.FastTree("Two"), "Key"), "Key", true),
            ("PairwiseCoupling", several.PairwiseCoupling(two.AveragedPerceptron("Two"), "Key"), "Key", true),
            ("LightGbm of several", several.LightGbm("Key"), "Key", true),
            ("LightGbm with softmax", several.LightGbm(new LightGbmMulticlassTrainer.Options { LabelColumnName = "Key", UseSoftmax = true }), "Key", true),
            ("Sdca", number.Sdca("Number"), "Number", null),
            ("OnlineGradientDescent", number.OnlineGradientDescent("Number"), "Number", null),
            ("LbfgsPoissonRegression", number.LbfgsPoissonRegression("Number"), "Number", null),
            ("FastTree of a number", number.FastTree("Number"), "Number", null),
            ("FastTreeTweedie", number.FastTreeTweedie("Number"), "Number", null),
            ("LightGbm of a number", number.LightGbm("Number"), "Number", null),
        ];
    }

    private static IDataView Made()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 400).Select(_ =>
        {
            var k = random.Next(3);
            return new Row
            {
                Features = [(float)(random.NextDouble() + 0.4 * k), (float)(random.NextDouble() - 0.3 * k), (float)random.NextDouble()],
                Two = k > 0,
                Class = "class " + k,
                Number = k + (float)random.NextDouble(),
            };
        }).ToArray();
        var data = Ml.Data.LoadFromEnumerable(rows);
        return Ml.Transforms.Conversion.MapValueToKey("Key", "Class").Fit(data).Transform(data);
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public bool Two { get; set; }

        public string Class { get; set; } = string.Empty;

        public float Number { get; set; }
    }
}
