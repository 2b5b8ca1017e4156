using CsCheck;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class MedianRuleTests
{
    private static readonly Gen<(int Step, double Loss)[]> Curves =
        Gen.Select(Gen.Int[1, 4], Gen.Double[0, 10]).Array[0, 12].Select(steps =>
        {
            var at = 0;
            return steps.Select(s => (at += s.Item1, s.Item2)).ToArray();
        });

    [TestMethod]
    public void Judge_IsTheRuleAsItIsWritten() => Gen.Select(Curves.Array[0, 9], Curves, Gen.Int[1, 6], Gen.Int[0, 8]).Sample(
        (finished, running, minimum, warmUp) =>
        {
            var rule = new MedianRule(new PruningOptions { MinimumTrials = minimum, WarmUp = warmUp });
            foreach (var losses in finished)
                rule.Finish("p", CurveOf(losses));
            var curve = new LossCurve();
            for (var i = 0; i < running.Length; i++)
            {
                curve.Add(running[i].Step, running[i].Loss);
                Assert.AreEqual(Reference(finished, running[..(i + 1)], minimum, warmUp), rule.Judge("p", curve) is not null);
            }
        },
        iter: 5_000,
        threads: 1);

    [TestMethod]
    public void OtherPipelines_AreNoMeasure()
    {
        var rule = new MedianRule(new PruningOptions { MinimumTrials = 1 });
        rule.Finish("one", CurveOf([(1, 0.1)]));
        Assert.IsNull(rule.Judge("other", CurveOf([(1, 99)])));
        Assert.Contains("best loss 99 is worse than 0.1", rule.Judge("one", CurveOf([(1, 99)]))!);
    }

    [TestMethod]
    public void EqualLosses_GoOn()
    {
        var rule = new MedianRule(new PruningOptions { MinimumTrials = 1 });
        rule.Finish("p", CurveOf([(1, 2)]));
        Assert.IsNull(rule.Judge("p", CurveOf([(1, 2)])));
    }

    [TestMethod]
    public void Threads_MayJudgeAndFinishAtOnce()
    {
        var rule = new MedianRule(new PruningOptions { MinimumTrials = 5 });
        Parallel.For(0, 2_000, i =>
        {
            var curve = CurveOf([(1, i), (2, i)]);
            rule.Judge($"p{i % 3}", curve);
            rule.Finish($"p{i % 3}", curve);
        });
        Assert.IsNotNull(rule.Judge("p0", CurveOf([(1, 1e6)])));
        Assert.IsNull(rule.Judge("p0", CurveOf([(1, 0)])));
    }

    /// <summary>Golovin et al.: stop where the best objective by step s is strictly worse than the median of the running averages of finished trials up to s.</summary>
    private static bool Reference((int Step, double Loss)[][] finished, (int Step, double Loss)[] running, int minimum, int warmUp)
    {
        var s = running[^1].Step;
        if (s < warmUp)
            return false;
        var means = finished.Select(f => f.Where(p => p.Step <= s).Select(p => p.Loss).ToArray()).Where(f => f.Length > 0).Select(f => f.Average()).Order().ToArray();
        if (means.Length < minimum)
            return false;
        var median = (means[(means.Length - 1) / 2] + means[means.Length / 2]) / 2;
        return running.Min(p => p.Loss) > median;
    }

    private static LossCurve CurveOf((int Step, double Loss)[] losses)
    {
        var curve = new LossCurve();
        foreach (var (step, loss) in losses)
            curve.Add(step, loss);
        return curve;
    }
}
