using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Tests.Predictions;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Learners;

namespace MLNetDebug.Tests.House;

/// <summary>The plants of the rules on predictions do what their names say.</summary>
[TestClass]
public sealed class PredictionFaultTests
{
    private static readonly ZooTable Rows = new()
    {
        Columns = [[.. Enumerable.Range(0, 100).Select(i => (float)i)]],
        Label = [.. Enumerable.Range(0, 100).Select(i => (float)(i % 2))],
        Classes = 2,
    };

    private static readonly ZooCase Healthy = new(Rows, Rows, null);

    [TestMethod]
    public void WithValidation_DividesTheTrainingRows_AndKeepsGroupsWhole()
    {
        var divided = Healthy.WithValidation();
        Assert.AreEqual((70, 30), (divided.Train.Rows, divided.Validation!.Rows));
        CollectionAssert.AreEquivalent(Rows.Columns[0], divided.Train.Columns[0].Concat(divided.Validation.Columns[0]).ToArray());
        Assert.AreSame(divided, divided.WithValidation());
        var grouped = (Healthy with { Train = Rows with { Groups = [.. Enumerable.Range(0, 100).Select(i => (uint)(i / 4))] } }).WithValidation();
        Assert.IsFalse(grouped.Train.Groups!.Intersect(grouped.Validation!.Groups!).Any());
    }

    [TestMethod]
    public void ValidationLeaked_PutsTrainingRowsAmongAsManyValidationRows()
    {
        var sick = new ValidationLeaked(0.5, ZooLearners.LongTrees).Apply(Healthy, new ZooRandom(3));
        Assert.AreEqual((30, 15), (sick.Validation!.Rows, sick.Validation.Columns[0].Count(v => sick.Train.Columns[0].Contains(v))));
        Assert.AreSame(ZooLearners.LongTrees, sick.Learner);
    }

    [TestMethod]
    public void LastBatchReported_TakesWhatIsLeftOfTheLastBatch()
    {
        Assert.AreEqual(6, new LastBatchReported(8).Apply(Healthy, new ZooRandom(3)).ReportedRows);
        Assert.AreEqual(10, new LastBatchReported(10).Apply(Healthy, new ZooRandom(3)).ReportedRows);
    }

    [TestMethod]
    public void Overfitted_LeavesSoManyRows() => Assert.AreEqual(40, new Overfitted(ZooLearners.Unregularised, 40).Apply(Healthy, new ZooRandom(3)).Train.Rows);

    [TestMethod]
    public void Probabilities_AreTamperedWithAfterScoring()
    {
        var ml = new MLContext(1);
        var two = Scored.TwoClasses([0, 1], [true, false]);
        var doubled = new ProbabilityMultiplied(2).Apply(Healthy, new ZooRandom(3)).Tamper!(ml, two);
        Assert.AreEqual(1, doubled.GetColumn<float>("Probability").First());
        var several = Scored.SeveralClasses([[0.5f], [0.3f], [0.2f]], [1]);
        CollectionAssert.AreEqual(new[] { 1, 0.6f, 0.4f }, Scores(new ProbabilitiesUnnormalised(3).Apply(Healthy, new ZooRandom(3)).Tamper!(ml, several)));
        CollectionAssert.AreEqual(new[] { 1.5f, 0.9f, 0.6f }, Scores(new ProbabilitiesMultiplied(3, 3).Apply(Healthy, new ZooRandom(3)).Tamper!(ml, several)).Select(s => MathF.Round(s, 4)).ToArray());
    }

    [TestMethod]
    public void DivergenceOfLogits_IsNegativeWhereTheTwinIsNot()
    {
        var logits = Scored.SeveralClasses([[2f, 0], [0, 3]], [1, 2]);
        Assert.AreEqual(-2.5, DivergenceOfLogits.Divergence(logits, isNormalised: false).Value, 1e-6);
        Assert.IsGreaterThan(0, DivergenceOfLogits.Divergence(logits, isNormalised: true).Value);
    }

    private static float[] Scores(IDataView view) => view.GetColumn<VBuffer<float>>("Score").First().DenseValues().ToArray();
}
