using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class LabelGapsTests
{
    [TestMethod]
    public void A_declared_class_without_rows_is_a_warning()
    {
        var finding = Judge(Keys(4, values: true, 1, 3, 4)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.StartsWith("1 of 4 declared classes of 'Label' have no row in the training data: key2", finding.Message);
    }

    [TestMethod]
    [DataRow(4UL, true, Severity.Warning)]
    [DataRow(4UL, false, Severity.Info)]
    [DataRow(256UL, false, Severity.Info)]
    [DataRow(5000UL, true, Severity.Info)]
    public void A_count_that_is_only_a_bound_is_advice(ulong declared, bool values, Severity expected) =>
        Assert.AreEqual(expected, Judge(Keys(declared, values, 1, 2, 3)).Findings.Single().Severity);

    [TestMethod]
    public void A_gap_among_keys_without_values_is_a_warning() =>
        Assert.AreEqual(Severity.Warning, Judge(Keys(4, values: false, 1, 2, 4)).Findings.Single().Severity);

    [TestMethod]
    public void Numbers_with_a_hole_are_advice()
    {
        var finding = Judge(OrderedData.Of([0, 1, 2, 4, 5, 0])).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.Contains("no row carries 3", finding.Message);
    }

    [TestMethod]
    public void Complete_classes_codes_and_targets_give_nothing()
    {
        Assert.IsEmpty(Judge(Keys(3, values: true, 1, 2, 3)).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([0, 1, 2, 3])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([10, 20, 30])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([-1, 1, 1])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([0, 1, 3, 4, 5], task: LearningTask.Regression)).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([])).Findings);
        Assert.IsEmpty(Judge(Profiles.Of(10, [])).Findings);
    }

    [TestMethod]
    public void A_pass_that_ended_early_is_no_proof()
    {
        var report = Judge(Keys(4, values: true, 1, 3, 4) with { IsComplete = false });
        Assert.IsEmpty(report.Findings);
        Assert.HasCount(1, report.NotChecked);
    }

    private static DataProfile Keys(ulong declared, bool values, params double[] present)
    {
        var column = new LabelColumn("Label", ColumnKind.Key, "Key<UInt32>", declared, values, v => $"key{v}", null);
        var accumulator = new LabelAccumulator(column, 32);
        foreach (var value in present)
            accumulator.Add(value);
        var declaration = new DataDeclaration { Task = LearningTask.MulticlassClassification };
        return OrderedData.Of(accumulator.ToProfile(declaration.Task), [], declaration);
    }

    private static DiagnosticReport Judge(DataProfile profile) => RuleTester.Judge(new LabelGaps(), profile);
}
