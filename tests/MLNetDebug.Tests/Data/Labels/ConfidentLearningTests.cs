using CsCheck;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Labels;

[TestClass]
public sealed class ConfidentLearningTests
{
    [TestMethod]
    public void A_slow_reference_suspects_the_same_rows_with_the_same_probability() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[30, 120], Gen.Int[0, 1000]).Sample((classCount, rows, seed) =>
        {
            var (probabilities, labels) = Noisy(rows, classCount, 0.15, seed);
            float[] calibrated = [.. probabilities];
            Calibration.Calibrate(calibrated, labels, classCount);
            var expected = Slow(calibrated, labels, classCount);
            var suspects = ConfidentLearning.Find(probabilities, labels, classCount);
            foreach (var suspect in suspects)
                Assert.AreEqual(expected[suspect.Row], suspect.Probability, 1e-3);
            var found = suspects.Select(s => s.Row).ToHashSet();
            for (var i = 0; i < rows; i++)
                Assert.IsTrue(expected[i] < 0.502 || found.Contains(i), $"row {i} has probability {expected[i]} and is not listed");
            CollectionAssert.AreEqual(suspects.OrderByDescending(s => s.Probability).Select(s => s.Row).ToArray(), suspects.Select(s => s.Row).ToArray());
        }, iter: 30, threads: 1);

    [TestMethod]
    public void The_temperature_undoes_a_known_one()
    {
        var random = new Random(5);
        const int rows = 20_000;
        var probabilities = new float[rows * 2];
        var labels = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            var logit = 2 * Profiles.Gauss(random);
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
            probabilities[2 * i + 1] = (float)(1 / (1 + Math.Exp(-3 * logit)));
            probabilities[2 * i] = 1 - probabilities[2 * i + 1];
        }

        Assert.AreEqual(3, Calibration.Calibrate(probabilities, labels, 2), 0.2);
    }

    [TestMethod]
    public void The_noise_matrix_recovers_the_rates_labels_were_flipped_at()
    {
        // 30 % of class 0 become 1, none the other way round; probabilities know the truth and the rates.
        var random = new Random(8);
        const int rows = 20_000;
        var probabilities = new float[rows * 2];
        var labels = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            var truth = random.Next(2);
            labels[i] = truth == 0 && random.NextDouble() < 0.3 ? 1 : truth;
            probabilities[2 * i] = truth == 0 ? 0.7f : 0.01f;
            probabilities[2 * i + 1] = 1 - probabilities[2 * i];
        }

        var noise = NoiseMatrix.Estimate(probabilities, labels, 2);
        Assert.AreEqual(0.3, noise[1 * 2 + 0], 0.02);
        Assert.AreEqual(1, noise[1 * 2 + 1], 0.02);
    }

    [TestMethod]
    public void Certain_probabilities_and_agreeing_labels_give_no_suspect()
    {
        float[] sure = [1, 0, 0, 1, 1, 0, 0, 1];
        Assert.IsEmpty(ConfidentLearning.Find(sure, [0, 1, 0, 1], 2));
    }

    [TestMethod]
    public void A_class_nobody_carries_is_never_a_reason_to_fail()
    {
        float[] probabilities = [0.6f, 0.3f, 0.1f, 0.2f, 0.5f, 0.3f, 0.7f, 0.2f, 0.1f];
        Assert.IsEmpty(ConfidentLearning.Find(probabilities, [0, 1, 0], 3).Where(s => float.IsNaN(s.Probability)));
    }

    private static double[] Slow(float[] p, int[] labels, int classCount)
    {
        var noise = NoiseMatrix.Estimate(p, labels, classCount);
        double T(int j, int k) => noise[j * classCount + k];
        return [.. labels.Select((y, i) =>
        {
            double[] row = [.. Enumerable.Range(0, classCount).Select(k => Math.Max(1e-8, (double)p[i * classCount + k]))];
            double[] q = [.. row];
            for (var step = 0; step < 30; step++)
            {
                double[] ratio = [.. Enumerable.Range(0, classCount).Select(j => row[j] / Math.Max(1e-20, Enumerable.Range(0, classCount).Sum(k => q[k] * T(j, k))))];
                q = [.. Enumerable.Range(0, classCount).Select(k => q[k] * Enumerable.Range(0, classCount).Sum(j => ratio[j] * T(j, k)))];
            }

            var mixed = Enumerable.Range(0, classCount).Sum(k => q[k] * T(y, k));
            var unmixed = 1 - q[y] * T(y, y) / mixed;
            var other = row.Where((_, k) => k != y).Max();
            return (unmixed + other / (other + row[y])) / 2;
        })];
    }

    private static (float[] Probabilities, int[] Labels) Noisy(int rows, int classCount, double share, int seed)
    {
        var random = new Random(seed);
        var probabilities = new float[rows * classCount];
        var labels = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            var truth = i % classCount;
            labels[i] = random.NextDouble() < share ? random.Next(classCount) : truth;
            double[] logits = [.. Enumerable.Range(0, classCount).Select(k => (k == truth ? 3 : 0) + Profiles.Gauss(random))];
            var sum = logits.Sum(Math.Exp);
            for (var k = 0; k < classCount; k++)
                probabilities[i * classCount + k] = (float)(Math.Exp(logits[k]) / sum);
        }

        return (probabilities, labels);
    }
}
