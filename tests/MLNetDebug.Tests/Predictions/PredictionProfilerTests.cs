using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Predictions;
using MLNetDebug.Tests.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Predictions;

[TestClass]
public sealed class PredictionProfilerTests
{
    [TestMethod]
    public void Two_classes_are_counted()
    {
        var profile = Scored.Profile(Scored.TwoClasses([2, 1, -1, -2, 3], [true, false, false, true, true]), Scored.Binary, LearningTask.BinaryClassification);
        Assert.AreEqual((5, 5, 3), (profile.Rows, profile.Judged, profile.Correct));
        Assert.AreEqual(0.6, profile.Accuracy, 1e-12);
        CollectionAssert.AreEqual(
            new[] { new ClassPredictions(0, "false", 2, 2, 1), new ClassPredictions(1, "true", 3, 3, 2) }, profile.Classes.ToArray());
        Assert.AreEqual((-2.0, 3.0, 5), (profile.Scores.Min, profile.Scores.Max, 5));
        Assert.AreEqual(5 / 3.0, profile.Scores.RelativeSpread, 1e-9);
        Assert.AreEqual(2, profile.Scores.DistinctAnswers);
        Assert.IsTrue(profile.Probabilities is { IsDeclared: true, IsValid: true } && profile.IsComplete);
    }

    [TestMethod]
    public void Labels_of_two_classes_may_be_booleans_numbers_or_keys()
    {
        bool[] labels = [true, false, true, true];
        float[] scores = [1, -1, -1, 2];
        MemoryColumn[] kinds =
        [
            MemoryColumns.Of("Label", BooleanDataViewType.Instance, labels),
            MemoryColumns.Of("Label", NumberDataViewType.Single, [.. labels.Select(l => l ? 1f : 0)]),
            MemoryColumns.Of("Label", NumberDataViewType.Double, [.. labels.Select(l => l ? 1.0 : -1)]),
            MemoryColumns.Of("Label", NumberDataViewType.Int32, [.. labels.Select(l => l ? 1 : 0)]),
            MemoryColumns.Key("Label", [.. labels.Select(l => l ? 2u : 1)], 2),
        ];
        foreach (var label in kinds)
        {
            var view = new MemoryView(4, label, MemoryColumns.Of("Score", NumberDataViewType.Single, scores));
            var profile = Scored.Profile(view, new PredictionColumns("Score") { Label = "Label" }, LearningTask.BinaryClassification);
            Assert.AreEqual((3L, 3L), (profile.Correct, profile.Classes[1].Rows), label.Type.ToString());
        }
    }

    [TestMethod]
    public void Missing_labels_and_scores_that_are_not_finite_are_not_judged()
    {
        var keys = Scored.SeveralClasses([[0.5f, 0.2f, float.NaN, 0.3f], [0.5f, 0.8f, 0.4f, 0.7f]], [1, 0, 1, 2]);
        var several = Scored.Profile(keys, Scored.Multiclass, LearningTask.MulticlassClassification);
        Assert.AreEqual((4L, 1L, 2L, 1L), (several.Rows, several.MissingLabels, several.Judged, several.Scores.NonFinite));
        CollectionAssert.AreEqual(new long[] { 2 }, several.Scores.NonFiniteRows.ToArray());
        Assert.AreEqual(1, several.Probabilities!.NonFinite);

        var targets = Scored.Profile(Scored.Targets([1, 2, 3, 4], [1, float.NaN, float.PositiveInfinity, 6]), Scored.Regression, LearningTask.Regression);
        Assert.AreEqual((2L, 2L), (targets.MissingLabels, targets.Judged));
        Assert.AreEqual(2, targets.Losses.Single().Value);
    }

    [TestMethod]
    public void A_class_that_cannot_be_is_no_fault_of_its_row()
    {
        // Naive Bayes gives -Infinity for a class without rows.
        float[][] byClass = [[1, 2, 3, float.NegativeInfinity], [float.NegativeInfinity, float.PositiveInfinity, float.NaN, float.NegativeInfinity]];
        var profile = Scored.Profile(Scored.SeveralClasses(byClass, [1, 1, 1, 1]), Scored.Multiclass, LearningTask.MulticlassClassification);
        CollectionAssert.AreEqual(new long[] { 1, 2, 3 }, profile.Scores.NonFiniteRows.ToArray());
    }

    [TestMethod]
    public void Features_tell_whose_fault_a_score_is_that_is_not_finite()
    {
        var view = new MemoryView(
            4,
            MemoryColumns.Of("Score", NumberDataViewType.Single, [1f, float.NaN, float.NegativeInfinity, float.NaN]),
            MemoryColumns.Of("Label", NumberDataViewType.Single, [1f, 2f, 3f, 4f]),
            MemoryColumns.Vector("Features", [[1, float.NaN, 3, 4], [1, 2, 3, 0]], null, sparse: true),
            MemoryColumns.Of("Extra", NumberDataViewType.Double, [0.0, 0, 0, double.PositiveInfinity]),
            MemoryColumns.Text("Name", ["a", "b", "c", "d"]));
        var profile = Scored.Profile(view, Scored.Regression with { Features = ["Features", "Extra", "Name"] }, LearningTask.Regression);
        Assert.AreEqual((3L, 2L), (profile.Scores.NonFinite, profile.Scores.NonFiniteFeatures));
    }

    [TestMethod]
    public void Sparse_scores_read_as_dense_ones()
    {
        float[][] byClass = [[0, 0.5f, 0.2f, 0], [1, 0, 0.3f, 0], [0, 0.5f, 0.5f, 1]];
        uint[] labels = [2, 1, 3, 0];
        var dense = Scored.Profile(Scored.SeveralClasses(byClass, labels), Scored.Multiclass, LearningTask.MulticlassClassification);
        var sparse = Scored.Profile(Scored.SeveralClasses(byClass, labels, sparse: true), Scored.Multiclass, LearningTask.MulticlassClassification);
        AssertEqual(dense, sparse);
        Assert.IsTrue(dense.Probabilities is { IsDeclared: false, IsValid: true });
    }

    [TestMethod]
    public void Arrays_and_views_of_the_same_numbers_give_the_same_profile() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[2, 5], Gen.Int[0, 1000]).Sample((rows, classes, seed) =>
        {
            var (byClass, labels) = Scored.Distributions(rows, classes, seed);
            var view = Scored.Profile(Scored.SeveralClasses(byClass, labels), Scored.Multiclass, LearningTask.MulticlassClassification);
            float[] flat = [.. Enumerable.Range(0, rows).SelectMany(i => byClass.Select(c => c[i]))];
            var arrays = new PredictionProfiler().Profile(
                new PredictionArrays(LearningTask.MulticlassClassification, flat, classes)
                {
                    Labels = [.. labels.Select(l => (double)l - 1)],
                    ClassNames = [.. Enumerable.Range(0, classes).Select(k => $"class {k}")],
                },
                "hold-out data");
            AssertEqual(view, arrays with { Columns = view.Columns });
        }, iter: 30, threads: 1);

    [TestMethod]
    public void A_sample_stands_for_many_rows_and_says_so()
    {
        var (scores, labels) = Scored.Calibrated(50_000, 3);
        var profile = Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary, LearningTask.BinaryClassification);
        Assert.IsTrue(!profile.IsComplete && profile.SampledRows is > 9_000 and <= PredictionProfile.MaxSampledRows, $"{profile.SampledRows}");
        Assert.AreEqual((50_000L, 50_000L), (profile.Judged, profile.Classes.Sum(c => c.Rows)));
        var exact = scores.Zip(labels).Average(p => -Math.Log(p.Second ? Scored.Sigmoid(p.First) : 1 - (double)Scored.Sigmoid(p.First)));
        Assert.AreEqual(exact, profile.Losses.Single().Value, 1e-9);
        Assert.AreEqual(exact, profile.Baseline!.Model, 0.02);
        AssertEqual(profile, Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary, LearningTask.BinaryClassification));
    }

    [TestMethod]
    public void A_sample_of_rows_depends_on_their_positions_alone()
    {
        var layout = new PredictionLayout(LearningTask.Regression, Scored.Regression, 1);
        var sample = new PredictionSample(layout, maxRows: 100);
        var row = new ScoredRow(1);
        for (var i = 0; i < 5_000; i++)
        {
            (row.Label, row.Scores[0]) = (i, -i);
            sample.Add(row, -1, i);
        }

        Assert.IsTrue(sample.Count is > 30 and <= 100, $"{sample.Count}");
        var level = (int)Math.Round(Math.Log2(5_000.0 / sample.Count));
        double[] expected = [.. Enumerable.Range(0, 5_000).Where(i => SampleBuffer.Belongs(i, level)).Select(i => (double)i)];
        double[] kept = [.. Enumerable.Range(0, sample.Count).Select(sample.Label)];
        CollectionAssert.AreEqual(expected, kept);
        for (var i = 0; i < sample.Count; i++)
            Assert.AreEqual(-sample.Label(i), sample.Scores(i)[0]);
    }

    [TestMethod]
    public void Budgets_end_the_pass_and_cancelling_ends_it_at_once()
    {
        var (scores, labels) = Scored.Calibrated(2_000, 3);
        var view = Scored.TwoClasses(scores, labels);
        var cut = Scored.Profile(view, Scored.Binary, LearningTask.BinaryClassification, new PredictionProfilerOptions { MaxRows = 500 });
        Assert.AreEqual((500L, false), (cut.Rows, cut.IsComplete));
        Assert.IsTrue(Scored.Profile(view, Scored.Binary, LearningTask.BinaryClassification, new PredictionProfilerOptions { MaxRows = 2_000 }).IsComplete);
        Assert.ThrowsExactly<ArgumentException>(() => new PredictionProfiler(new PredictionProfilerOptions { MaxRows = 0 }));
        Assert.ThrowsExactly<ArgumentException>(() => new PredictionProfiler(new PredictionProfilerOptions { TimeBudget = TimeSpan.Zero }));

        using var source = new CancellationTokenSource();
        var slow = new MemoryView(1_000_000, MemoryColumns.Of("Score", NumberDataViewType.Single, new float[1_000_000])) { OnRow = i => { if (i == 10) source.Cancel(); } };
        Assert.ThrowsExactly<OperationCanceledException>(() => new PredictionProfiler().Profile(slow, new PredictionColumns("Score"), LearningTask.Ranking, cancellationToken: source.Token));
    }

    [TestMethod]
    public void A_ranking_has_facts_of_its_scores_only()
    {
        var profile = Scored.Profile(Scored.Targets([1, 1, 1], [0, 2, 1]), Scored.Regression, LearningTask.Ranking);
        Assert.AreEqual((0.0, 1), (profile.Scores.RelativeSpread, profile.Scores.DistinctAnswers));
        Assert.IsTrue(profile.Baseline is null && profile.Calibration is null && profile.Probabilities is null && profile.Losses.Count == 0 && profile.Classes.Count == 0);
    }

    [TestMethod]
    public void A_class_the_model_never_saw_is_wrong_whatever_it_says()
    {
        float[][] byClass = [[0.9f, 0.2f, 0.5f], [0.1f, 0.8f, 0.5f]];
        var view = new MemoryView(3, MemoryColumns.Key("Label", [1, 2, 5], 5), MemoryColumns.Vector("Score", byClass, null));
        var profile = Scored.Profile(view, Scored.Multiclass with { PredictedLabel = null }, LearningTask.MulticlassClassification);
        Assert.AreEqual((3L, 2L, 3), (profile.Judged, profile.Correct, profile.Classes.Count));
        Assert.AreEqual(double.PositiveInfinity, profile.Losses.Single().Value);
        Assert.AreEqual((5.0, 1L, 0L), (profile.Classes[2].Value, profile.Classes[2].Rows, profile.Classes[2].Predicted));
    }

    [TestMethod]
    public void Scores_that_nobody_calls_probabilities_have_no_log_loss()
    {
        var (byClass, labels) = Scored.Distributions(200, 3, 4);
        float[][] logits = [.. byClass.Select(c => c.Select(p => MathF.Log(p)).ToArray())];
        var profile = Scored.Profile(Scored.SeveralClasses(logits, labels), Scored.Multiclass, LearningTask.MulticlassClassification);
        Assert.IsTrue(profile.Probabilities is { IsDeclared: false, IsValid: false, NotSummingToOne: 200 } && profile.Losses.Count == 0 && profile.Calibration is null);
        var declared = Scored.Profile(Scored.SeveralClasses(logits, labels), Scored.Multiclass with { ScoreIsProbability = true }, LearningTask.MulticlassClassification);
        Assert.IsTrue(declared.Probabilities!.IsDeclared && double.IsNaN(declared.Losses.Single().Value));
    }

    [TestMethod]
    public void Many_classes_stay_within_bounds()
    {
        const int classes = 12_000;
        float[][] byClass = [.. Enumerable.Range(0, classes).Select(k => new[] { k == 3 ? 1f : 0, k == 11_999 ? 1f : 0 })];
        var view = new MemoryView(2, MemoryColumns.Key("Label", [4, 12_000], classes), MemoryColumns.Vector("Score", byClass, null, sparse: true));
        var profile = Scored.Profile(view, Scored.Multiclass with { PredictedLabel = null }, LearningTask.MulticlassClassification);
        Assert.AreEqual((2L, PredictionProfile.MaxClasses), (profile.Correct, profile.Classes.Count));
    }

    [TestMethod]
    public void What_does_not_fit_is_told_what_it_must_be()
    {
        var (scores, labels) = Scored.Calibrated(10, 1);
        var view = Scored.TwoClasses(scores, labels);
        StringAssert.Contains(Wrong(view, new PredictionColumns("Scores"), LearningTask.Regression), "has no column 'Scores' (Score); columns are 'Label', 'Score', 'Probability', 'PredictedLabel'");
        StringAssert.Contains(Wrong(view, Scored.Multiclass, LearningTask.MulticlassClassification), "scores of several classes are a vector of Single");
        StringAssert.Contains(Wrong(view, Scored.Regression, LearningTask.Regression), "the target of a regression is a number");
        StringAssert.Contains(Wrong(view, Scored.Binary with { PredictedLabel = "Score" }, LearningTask.BinaryClassification), "predictions of two classes are Boolean");
        StringAssert.Contains(Wrong(view, Scored.Binary with { Probability = "Label" }, LearningTask.BinaryClassification), "a binary model's probability is one Single");
        StringAssert.Contains(Wrong(view, Scored.Binary, LearningTask.Unknown), "What the model learned must be said");

        var texts = new MemoryView(1, MemoryColumns.Text("Label", ["a"]), MemoryColumns.Vector("Score", [[1], [0]], null), MemoryColumns.Of("Number", NumberDataViewType.Single, [1f]));
        StringAssert.Contains(Wrong(texts, Scored.Multiclass with { PredictedLabel = null }, LearningTask.MulticlassClassification), "put ml.Transforms.Conversion.MapValueToKey(\"Label\") before the trainer");
        StringAssert.Contains(Wrong(texts, new PredictionColumns("Score") { Label = "Number" }, LearningTask.MulticlassClassification), "a label of several classes is a key");
        StringAssert.Contains(Wrong(texts, new PredictionColumns("Number") { Label = "Label" }, LearningTask.BinaryClassification), "MapValue(\"Label\"");
        Assert.ThrowsExactly<ArgumentException>(() => new PredictionProfiler().Profile(new PredictionArrays(LearningTask.Regression, [1, 2]) { Labels = [1] }));
        Assert.ThrowsExactly<ArgumentException>(() => new PredictionProfiler().Profile(new PredictionArrays(LearningTask.MulticlassClassification, [1, 2, 3], 2)));
        Assert.ThrowsExactly<ArgumentException>(() => new PredictionProfiler().Profile(new PredictionArrays(LearningTask.BinaryClassification, [1]) { Labels = [0.5] }));
    }

    [TestMethod]
    public void A_row_that_cannot_be_read_is_named()
    {
        var bad = new MemoryColumn<VBuffer<float>>("Score", new VectorDataViewType(NumberDataViewType.Single, 3), (long row, ref VBuffer<float> value) => value = new VBuffer<float>(row < 2 ? 3 : 0, new float[3]));
        var view = new MemoryView(5, bad, MemoryColumns.Key("Label", [1, 2, 3, 1, 2], 3));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Scored.Profile(view, Scored.Multiclass with { PredictedLabel = null }, LearningTask.MulticlassClassification));
        Assert.AreEqual("Row 2 of the hold-out data, column 'Score' could not be read: it holds 0 scores where its type says 3", error.Message);
    }

    [TestMethod]
    public void Losses_equal_those_of_MLNETs_evaluators()
    {
        var ml = new MLContext(1);
        for (var seed = 0; seed < 5; seed++)
        {
            var (scores, labels) = Scored.Calibrated(400, seed);
            var two = Scored.TwoClasses(scores, labels);
            var binary = ml.BinaryClassification.Evaluate(two);
            var profile = Scored.Profile(two, Scored.Binary, LearningTask.BinaryClassification);
            // ML.NET counts the log-loss of two classes in bits.
            Assert.AreEqual(binary.LogLoss * Math.Log(2), profile.Losses.Single().Value, 1e-6);
            Assert.AreEqual(binary.AreaUnderRocCurve, 1 - profile.Discrimination!.Model, 1e-9);
            Assert.AreEqual(binary.Accuracy, profile.Accuracy, 1e-9);

            var (byClass, keys) = Scored.Distributions(400, 4, seed);
            var view = Scored.SeveralClasses(byClass, keys);
            var several = ml.MulticlassClassification.Evaluate(view);
            var ofSeveral = Scored.Profile(view, Scored.Multiclass, LearningTask.MulticlassClassification);
            Assert.AreEqual(several.LogLoss, ofSeveral.Losses.Single().Value, 1e-6);
            Assert.AreEqual(several.MicroAccuracy, ofSeveral.Accuracy, 1e-9);
            Assert.AreEqual(several.LogLossReduction, 1 - ofSeveral.Losses.Single().Value / (ofSeveral.Baseline!.Constant - 3 / 800.0), 1e-6);

            var targets = Scored.Targets(scores, [.. scores.Select(s => s + 1)]);
            Assert.AreEqual(ml.Regression.Evaluate(targets).MeanSquaredError, Scored.Profile(targets, Scored.Regression, LearningTask.Regression).Losses.Single().Value, 1e-6);
        }
    }

    [TestMethod]
    public void Hostile_scores_never_throw() =>
        Gen.Select(Gen.Int[0, 200], Gen.Int[1, 4], Gen.Int[0, 100_000]).Sample((rows, classes, seed) =>
        {
            var random = new Random(seed);
            float[] hostile = [0, -0f, 1, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon, 0.5f];
            float[][] byClass = [.. Enumerable.Range(0, classes).Select(_ => Enumerable.Range(0, rows).Select(_ => hostile[random.Next(hostile.Length)]).ToArray())];
            var keys = Enumerable.Range(0, rows).Select(_ => (uint)random.Next(classes + 1)).ToArray();
            var columns = Scored.Multiclass with { ScoreIsProbability = random.Next(2) == 0 };
            var several = Scored.Profile(Scored.SeveralClasses(byClass, keys, sparse: random.Next(2) == 0), columns, LearningTask.MulticlassClassification);
            var two = Scored.Profile(Scored.TwoClasses(byClass[0], [.. keys.Select(k => k > 0)], byClass[^1]), Scored.Binary, LearningTask.BinaryClassification);
            var targets = Scored.Profile(Scored.Targets(byClass[0], byClass[^1]), Scored.Regression, LearningTask.Regression);
            foreach (var profile in new[] { several, two, targets })
            {
                Assert.AreEqual(rows, profile.Rows);
                Assert.IsTrue(profile.Judged + profile.MissingLabels + profile.Scores.NonFinite >= rows && profile.Judged <= rows);
            }
        }, iter: 200, threads: 1);

    private static string Wrong(IDataView view, PredictionColumns columns, LearningTask task) =>
        Assert.ThrowsExactly<ArgumentException>(() => Scored.Profile(view, columns, task)).Message;

    private static void AssertEqual(PredictionProfile expected, PredictionProfile actual)
    {
        CollectionAssert.AreEqual(expected.Classes.ToArray(), actual.Classes.ToArray());
        CollectionAssert.AreEqual(expected.Losses.ToArray(), actual.Losses.ToArray());
        CollectionAssert.AreEqual(expected.Calibration?.Bins.ToArray(), actual.Calibration?.Bins.ToArray());
        Assert.AreEqual(Plain(expected), Plain(actual));

        // Records compare lists by reference.
        static PredictionProfile Plain(PredictionProfile p) => p with
        {
            Classes = [],
            Losses = [],
            Columns = Scored.Regression,
            Calibration = p.Calibration is null ? null : p.Calibration with { Bins = [] },
            Scores = p.Scores with { NonFiniteRows = [] },
            Probabilities = p.Probabilities is null ? null : p.Probabilities with { OutOfRangeRows = [], NotSummingToOneRows = [] },
        };
    }
}
