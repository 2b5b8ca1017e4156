using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class DeclarationFitTests
{
    private sealed class Row
    {
        public bool Label { get; set; }

        public float A { get; set; }

        public float B { get; set; }
    }

    private readonly MLContext _ml = new(1);

    private static Row[] Rows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Row { Label = random.Next(2) == 0, A = random.NextSingle(), B = random.NextSingle() })];
    }

    private DiagnosticReport Validate<T>(IEnumerable<T> holdOut)
        where T : class =>
        _ml.Diagnostics().Validate(_ml.Data.LoadFromEnumerable(Rows(600, 1)), _ml.Data.LoadFromEnumerable(holdOut), new DiagnosticsOptions { Sinks = [], TrainingBudget = TimeSpan.Zero });

    [TestMethod]
    public void AbsentColumns_AreTakenOutAndNamed()
    {
        var schema = _ml.Data.LoadFromEnumerable(Rows(1, 1)).Schema;
        var declared = new DataDeclaration { Label = "y", Group = "g", Features = ["A", "C"], Task = LearningTask.Regression };
        var (fitted, absent) = DeclarationFit.To(schema, declared);
        Assert.IsNull(fitted.Label);
        Assert.IsNull(fitted.Group);
        CollectionAssert.AreEqual(new[] { "A" }, fitted.Features.ToArray());
        CollectionAssert.AreEquivalent(new[] { "y", "g", "C" }, absent.ToArray());
        Assert.AreEqual(LearningTask.Regression, fitted.Task);
    }

    [TestMethod]
    public void HoldOutWithoutLabels_IsComparedByItsFeatures()
    {
        var report = Validate(Rows(600, 2).Select(r => new { A = r.A + 1, r.B }));
        Assert.AreEqual("A", report.Of(RuleIds.SplitShift).Single(f => f.Severity == Severity.Warning).Subject.Name);
        Assert.IsTrue(report.NotChecked.Any(n => n.Subject.Name == "Label" && n.Reason.Contains("hold-out data has no such column", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void HoldOutWithFewerFeatures_IsNotAskedForEqualRows()
    {
        var report = Validate(Rows(600, 1).Select(r => new { r.Label, r.A }));
        Assert.AreEqual(0, report.Of(RuleIds.SplitLeakage).Count());
        Assert.IsTrue(report.NotChecked.Any(n => n.Subject.Name == "B"));
    }

    [TestMethod]
    public void HoldOutWithoutAnyFeature_GivesASentence()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Validate([new { Label = true }]));
        StringAssert.Contains(error.Message, "The hold-out data has none of the features of the training data ('A', 'B'); columns are 'Label'.");
    }
}
