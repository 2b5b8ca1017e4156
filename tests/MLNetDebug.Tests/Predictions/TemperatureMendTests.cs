using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions;

[TestClass]
public sealed class TemperatureMendTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Two_classes_get_the_sigmoid_of_the_divided_logit()
    {
        float[] scores = [-30, -3, 0, 0.5f, 4, 30];
        var mended = new TemperatureMend("Probability", 2.5).Apply(_ml, Scored.TwoClasses(scores, new bool[6]));
        float[] calibrated = [.. mended.GetColumn<float>("CalibratedProbability")];
        for (var i = 1; i < 5; i++)
            Assert.AreEqual(1 / (1 + Math.Exp(-scores[i] / 2.5)), calibrated[i], 1e-5);
        Assert.IsTrue(calibrated[0] is > 0 and < 0.01f && calibrated[5] is > 0.99f and <= 1);
        CollectionAssert.AreEqual(scores, mended.GetColumn<float>("Score").ToArray());
    }

    [TestMethod]
    public void Several_classes_keep_their_order_and_sum_to_1() =>
        Gen.Select(Gen.Int[2, 6], Gen.Double[0.3, 20], Gen.Int[0, 1000]).Sample((classes, temperature, seed) =>
        {
            var (byClass, labels) = Scored.Distributions(50, classes, seed);
            var mended = new TemperatureMend("Score", temperature, "Softer").Apply(_ml, Scored.SeveralClasses(byClass, labels, sparse: seed % 2 == 0));
            var rows = mended.GetColumn<VBuffer<float>>("Softer").Select(v => v.DenseValues().ToArray()).ToArray();
            for (var i = 0; i < rows.Length; i++)
            {
                Assert.AreEqual(1, rows[i].Sum(), 1e-5);
                double[] raised = [.. byClass.Select(c => Math.Pow(c[i], 1 / temperature))];
                for (var k = 0; k < classes; k++)
                    Assert.AreEqual(raised[k] / raised.Sum(), rows[i][k], 1e-5);
            }
        }, iter: 40, threads: 1);

    [TestMethod]
    public void The_mend_of_a_finding_mends()
    {
        var (scores, labels) = Scored.Calibrated(3000, 5);
        var sick = Scored.TwoClasses([.. scores.Select(s => 3 * s)], labels);
        var report = RuleTester.Judge(new Overconfidence(), Scored.Profile(sick, Scored.Binary, LearningTask.BinaryClassification));
        var mended = report.Mends.Single().Apply(_ml, sick);
        var after = Scored.Profile(mended, Scored.Binary with { Probability = "CalibratedProbability" }, LearningTask.BinaryClassification);
        Assert.IsEmpty(RuleTester.Judge(new Overconfidence(), after).Findings);
        Assert.AreEqual(1, after.Calibration!.Temperature, 0.05);
        Assert.IsTrue(_ml.BinaryClassification.Evaluate(mended, probabilityColumnName: "CalibratedProbability").LogLoss < _ml.BinaryClassification.Evaluate(sick).LogLoss);
    }

    [TestMethod]
    public void Code_and_title_are_what_a_user_writes()
    {
        Assert.AreEqual("scored = new TemperatureMend(\"Score\", 1.83).Apply(ml, scored);", new TemperatureMend("Score", 1.83).Code);
        Assert.AreEqual("scored = new TemperatureMend(\"Score\", 2, \"Soft\").Apply(ml, scored);", new TemperatureMend("Score", 2, "Soft").Code);
        Assert.AreEqual("Add probabilities at temperature 1.83.", new TemperatureMend("Score", 1.83).Title);
    }

    [TestMethod]
    public void Wrong_data_gives_a_sentence()
    {
        var view = Scored.TwoClasses([1], [true]);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => new TemperatureMend("P", 2).Apply(_ml, view)).Message, "no column 'P'");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => new TemperatureMend("Label", 2).Apply(_ml, view)).Message, "is Boolean: probabilities are a Single");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => new TemperatureMend("Probability", 2, "Score").Apply(_ml, view)).Message, "already has a column 'Score'");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => new TemperatureMend("Probability", 0).Apply(_ml, view)).Message, "A temperature is above 0");
        Assert.ThrowsExactly<ArgumentNullException>(() => new TemperatureMend("Probability", 2).Apply(_ml, null!));
    }
}
