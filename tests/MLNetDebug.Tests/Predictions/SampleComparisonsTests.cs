using CsCheck;
using MLNetDebug.Data;
using MLNetDebug.Predictions;
using MLNetDebug.Tests.Data;

namespace MLNetDebug.Tests.Predictions;

[TestClass]
public sealed class SampleComparisonsTests
{
    [TestMethod]
    public void Two_classes_are_held_against_their_shares() =>
        Gen.Select(Gen.Int[20, 300], Gen.Int[0, 10_000]).Sample((rows, seed) =>
        {
            var (scores, labels) = Scored.Calibrated(rows, seed);
            if (labels.Distinct().Count() < 2)
                return;
            var profile = Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary, LearningTask.BinaryClassification);
            var share = labels.Average(l => l ? 1.0 : 0);
            var baseline = profile.Baseline!;
            Assert.AreEqual("log-loss", baseline.Loss);
            // The entropy of the shares, less what fitting one share on so many rows gains.
            Assert.AreEqual(-share * Math.Log(share) - (1 - share) * Math.Log(1 - share) + 1 / (2.0 * rows), baseline.Constant, 1e-9);
            Assert.AreEqual(scores.Zip(labels).Average(p => -Math.Log(p.Second ? Scored.Sigmoid(p.First) : 1 - (double)Scored.Sigmoid(p.First))), baseline.Model, 1e-9);
            Assert.IsTrue(baseline.Low < baseline.Gain && baseline.Gain < baseline.High);

            var pairs = from p in scores.Where((_, i) => labels[i]) from q in scores.Where((_, i) => !labels[i]) select p > q ? 1.0 : p == q ? 0.5 : 0;
            Assert.AreEqual("1 - AUC", profile.Discrimination!.Loss);
            Assert.AreEqual(1 - pairs.Average(), profile.Discrimination.Model, 1e-9);
            Assert.AreEqual(2 * pairs.Average() - 1, profile.Discrimination.Gain, 1e-9);
        }, iter: 60, threads: 1);

    [TestMethod]
    public void Without_probabilities_two_classes_are_ranked_and_several_counted()
    {
        var (scores, labels) = Scored.Calibrated(300, 5);
        var two = Scored.Profile(Scored.TwoClasses(scores, labels), Scored.Binary with { Probability = null }, LearningTask.BinaryClassification);
        Assert.AreEqual("1 - AUC", two.Baseline!.Loss);
        Assert.AreEqual(two.Discrimination, two.Baseline);

        var (byClass, keys) = Scored.Distributions(300, 3, 5);
        float[][] logits = [.. byClass.Select(c => c.Select(p => 3 * MathF.Log(p)).ToArray())];
        var several = Scored.Profile(Scored.SeveralClasses(logits, keys), Scored.Multiclass, LearningTask.MulticlassClassification);
        Assert.AreEqual("share of wrong answers", several.Baseline!.Loss);
        Assert.AreEqual(1 - several.Accuracy, several.Baseline.Model, 1e-9);
        Assert.AreEqual(1 - keys.GroupBy(k => k).Max(g => g.Count()) / 300.0, several.Baseline.Constant, 1e-9);
        Assert.AreEqual("log-loss", Scored.Profile(Scored.SeveralClasses(byClass, keys), Scored.Multiclass, LearningTask.MulticlassClassification).Baseline!.Loss);
    }

    [TestMethod]
    public void A_regression_is_held_against_the_mean_target()
    {
        var random = new Random(2);
        float[] targets = [.. Enumerable.Range(0, 200).Select(_ => (float)(1000 + Profiles.Gauss(random)))];
        float[] scores = [.. targets.Select(t => (float)(t + 0.5 * Profiles.Gauss(random)))];
        var baseline = Scored.Profile(Scored.Targets(scores, targets), Scored.Regression, LearningTask.Regression).Baseline!;
        var mean = targets.Average(t => (double)t);
        Assert.AreEqual(targets.Sum(t => (t - mean) * (t - mean)) / 199, baseline.Constant, 1e-6);
        Assert.AreEqual(scores.Zip(targets).Average(p => Math.Pow((double)p.First - p.Second, 2)), baseline.Model, 1e-9);
        Assert.IsTrue(baseline.Low is > 0.5 and < 0.8 && baseline.High < 0.95, $"{baseline.Low} to {baseline.High}");
    }

    [TestMethod]
    public void The_best_constant_answer_is_neither_better_nor_worse_than_itself()
    {
        // A model that learned nothing but the shares, from rows of its own: the interval must hold no gain.
        var (misses, gains) = (0, 0.0);
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            bool[] labels = [.. Enumerable.Range(0, 150).Select(_ => random.NextDouble() < 0.3)];
            if (labels.Distinct().Count() < 2)
                continue;
            float[] learned = [.. labels.Select(_ => 0.3f)];
            var baseline = Scored.Profile(Scored.TwoClasses(learned, labels, learned), Scored.Binary, LearningTask.BinaryClassification).Baseline!;
            gains += baseline.Gain / 500;
            misses += baseline.Low > 0 || baseline.High < 0 ? 1 : 0;
        }

        Assert.AreEqual(0, gains, 0.001);
        Assert.IsLessThanOrEqualTo(4, misses);
    }

    [TestMethod]
    public void Impossible_answers_that_came_true_do_not_hide_the_rest()
    {
        var (scores, labels) = Scored.Calibrated(300, 8);
        float[] probabilities = [.. scores.Select(Scored.Sigmoid)];
        probabilities[7] = labels[7] ? 0 : 1;
        var profile = Scored.Profile(Scored.TwoClasses(scores, labels, probabilities), Scored.Binary, LearningTask.BinaryClassification);
        Assert.IsTrue(double.IsFinite(profile.Baseline!.Gain) && double.IsFinite(profile.Baseline.High));
        Assert.AreEqual(double.PositiveInfinity, profile.Losses.Single().Value);
    }

    [TestMethod]
    public void One_class_and_no_rows_have_nothing_to_compare()
    {
        var one = Scored.Profile(Scored.TwoClasses([1, -1, 2], [true, true, true]), Scored.Binary, LearningTask.BinaryClassification);
        Assert.IsTrue(double.IsNaN(one.Baseline!.Gain) && double.IsNaN(one.Baseline.Low) && double.IsNaN(one.Discrimination!.Model));
        var none = Scored.Profile(Scored.TwoClasses([], []), Scored.Binary, LearningTask.BinaryClassification);
        Assert.IsTrue(none.Baseline is null && none.Discrimination is null && none.Judged == 0 && double.IsNaN(none.Accuracy));
    }
}
