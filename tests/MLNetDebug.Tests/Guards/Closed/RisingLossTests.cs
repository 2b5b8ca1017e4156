using CsCheck;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Tests.Data;

namespace MLNetDebug.Tests.Guards.Closed;

[TestClass]
public sealed class RisingLossTests
{
    private static readonly LabelProfile Halves = Profiles.ClassLabel(50, 50);

    // The loss of answering one half everywhere.
    private static readonly double Constant = Math.Log(2);

    [TestMethod]
    public void A_curve_that_falls_is_never_flagged() => Gen.Select(Gen.Double[0.1, 50], Gen.Double[0.5, 0.999], Gen.Int[2, 12], Gen.Int[0, 10_000]).Sample(
        (start, factor, epochs, seed) =>
        {
            var random = new Random(seed);
            // Steps are noisy, and each epoch's mean is below the one before.
            var means = Enumerable.Range(0, epochs).Select(e => start * Math.Pow(factor, e));
            Assert.IsNull(Of(means.Select(m => Noisy(random, m, m / 2)), Halves));
        }, iter: 500, threads: 1);

    [TestMethod]
    public void Noise_about_the_constant_answer_is_never_flagged()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var curve = Enumerable.Range(0, 3 + (seed % 8)).Select(_ => Enumerable.Range(0, 20).Select(_ => Constant * (1 + (0.5 * Profiles.Gauss(random)))).ToArray());
            Assert.IsNull(Of(curve, Halves), $"seed {seed}");
        }
    }

    [TestMethod]
    public void A_fall_that_turns_and_ends_below_its_beginning_is_not_flagged() => Assert.IsNull(Of([[9], [2], [8.9]], Halves));

    [TestMethod]
    public void A_rise_far_above_the_constant_answer_is_flagged() => Gen.Select(Gen.Double[0.1, 5], Gen.Double[1.1, 3], Gen.Int[2, 10], Gen.Int[0, 10_000]).Sample(
        (start, factor, epochs, seed) =>
        {
            var random = new Random(seed);
            var means = Enumerable.Range(0, epochs).Select(e => start * Math.Pow(factor, e)).ToArray();
            var rising = Of(means.Select(m => Noisy(random, m, m / 2)), Halves);
            Assert.AreEqual(means[^1] >= RisingLoss.Factor * Constant, rising is not null);
            if (rising is null)
                return;
            Assert.AreEqual(epochs - 1, rising.Epoch);
            Assert.AreEqual(means[0], rising.First, 1e-9 * means[0]);
            Assert.AreEqual(means[^1], rising.Last, 1e-9 * means[^1]);
            Assert.AreEqual(Constant, rising.Constant, 1e-12);
        }, iter: 500, threads: 1);

    [TestMethod]
    public void The_constant_answer_is_the_labels_own()
    {
        // Entropy of 90, 9 and 1 in a hundred.
        var entropy = -((0.9 * Math.Log(0.9)) + (0.09 * Math.Log(0.09)) + (0.01 * Math.Log(0.01)));
        Assert.IsNull(Of([[0.1], [2 * entropy * 0.999]], Profiles.ClassLabel(90, 9, 1)));
        Assert.AreEqual(entropy, Of([[0.1], [2 * entropy * 1.001]], Profiles.ClassLabel(90, 9, 1))!.Constant, 1e-12);
        // Variance of a target.
        var target = Profiles.RealLabel(Profiles.Slot([0, 10, 0, 10])); // 100 / 3
        Assert.IsNull(Of([[1], [66]], target, LearningTask.Regression));
        Assert.AreEqual(100.0 / 3, Of([[1], [67]], target, LearningTask.Regression)!.Constant, 1e-9);
    }

    [TestMethod]
    public void Where_it_cannot_be_told_nothing_is_said()
    {
        Assert.IsNull(Of([[100]], Halves), "one epoch");
        Assert.IsNull(Of([], Halves), "no epoch");
        Assert.IsNull(Of([[1], [100]], null), "no label");
        Assert.IsNull(Of([[1], [100]], Profiles.ClassLabel(100)), "one class");
        Assert.IsNull(Of([[1], [100]], Profiles.RealLabel(Profiles.Slot([5, 5, 5])), LearningTask.Regression), "a target that does not vary");
        Assert.IsNull(Of([[1], [100]], Halves, LearningTask.Unknown), "no task");
        Assert.IsNull(Of([[1], [double.NaN]], Halves), "no number");
        var run = Run([[1], [100]], Halves, LearningTask.MulticlassClassification);
        Assert.IsNull(RisingLoss.Of(run with { Data = null }), "no profile");
        Assert.IsNotNull(RisingLoss.Of(run with { Signals = [.. run.Signals, new FitSignal(TimeSpan.Zero) { Loss = 0 }, new FitSignal(TimeSpan.Zero) { Epoch = 9 }] }), "Signals without epoch or loss count for nothing.");
    }

    private static RisingLoss? Of(IEnumerable<double[]> epochs, LabelProfile? label, LearningTask task = LearningTask.MulticlassClassification) => RisingLoss.Of(Run(epochs, label, task));

    private static FitRun Run(IEnumerable<double[]> epochs, LabelProfile? label, LearningTask task) => new()
    {
        Trainer = "TextClassificationTrainer",
        Outcome = FitOutcome.Completed,
        Elapsed = TimeSpan.FromSeconds(1),
        Signals = [.. epochs.SelectMany((losses, epoch) => losses.Select(l => new FitSignal(TimeSpan.Zero) { Epoch = epoch, Loss = l }))],
        Data = Profiles.Of(100, [], label, new DataDeclaration { Task = task }),
    };

    /// <summary>Steps that scatter about a mean and hit it together.</summary>
    private static double[] Noisy(Random random, double mean, double spread)
    {
        double[] steps = [.. Enumerable.Range(0, 5).Select(_ => spread * Profiles.Gauss(random))];
        return [.. steps.Select(s => mean + s), .. steps.Select(s => mean - s)];
    }
}
