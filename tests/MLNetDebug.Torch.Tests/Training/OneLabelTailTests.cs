using CsCheck;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class OneLabelTailTests
{
    [TestMethod]
    public void It_is_the_sum_over_all_outcomes() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 10], Gen.Int[0, 10]).Sample((chances, successes) =>
        {
            var mean = chances.Average();
            var slow = Enumerable.Range(0, 1 << chances.Length).Where(o => int.PopCount(o) >= successes).Sum(o => chances.Select((c, i) => (o >> i & 1) == 1 ? c : 1 - c).Aggregate(1.0, (a, b) => a * b));
            var tail = OneLabelTail.Of([.. chances.Select(c => (c, 1L))], successes, mean);
            Assert.AreEqual(successes <= mean * chances.Length ? 1 : slow, tail, 1e-12);
        }, iter: 300, threads: 1);

    [TestMethod]
    public void Many_trials_are_bounded_from_above()
    {
        (double, long)[] few = [(0.1, 250), (0.3, 250)];
        (double, long)[] many = [(0.1, 251), (0.3, 251)];
        var (exact, bound) = (OneLabelTail.Of(few, 150, 0.2), OneLabelTail.Of(many, 150, 0.2));
        Assert.IsTrue(exact is > 1e-9 and < 1e-6 && bound > exact && bound < 1e-5, $"{exact} {bound}");
        Assert.AreEqual(Math.Pow(0.5, 600), OneLabelTail.Of([(0.5, 600)], 600, 0.5));
        Assert.AreEqual(0, OneLabelTail.Of([(0.5, 3)], 4, 0.5));
    }
}
