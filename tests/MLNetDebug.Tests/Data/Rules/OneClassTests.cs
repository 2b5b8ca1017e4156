using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class OneClassTests
{
    [TestMethod]
    public void One_class_is_an_error()
    {
        var finding = Judge(OrderedData.Of([1, 1, 1, double.NaN])).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.StartsWith("All 3 labels of the training data in 'Label' are the same (1)", finding.Message);
        Assert.Contains("AUC", finding.Message);
    }

    [TestMethod]
    public void A_constant_target_is_an_error() =>
        Assert.Contains("R-squared is not defined", Judge(OrderedData.Of([2.5, 2.5, 2.5], task: LearningTask.Regression)).Findings.Single().Message);

    [TestMethod]
    public void No_rows_and_no_labelled_rows_are_errors()
    {
        Assert.StartsWith("The training data holds no rows", Judge(Profiles.Of(0, [])).Findings.Single().Message);
        Assert.StartsWith("No row of 2 rows", Judge(OrderedData.Of([double.NaN, double.PositiveInfinity])).Findings.Single().Message);
        Assert.StartsWith("One row only of 2 rows", Judge(OrderedData.Of([double.NaN, 1])).Findings.Single().Message);
    }

    [TestMethod]
    public void Two_classes_and_data_without_a_label_give_nothing()
    {
        Assert.IsEmpty(Judge(OrderedData.Of([1, 1, 0])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([1, 1.5], task: LearningTask.Regression)).Findings);
        Assert.IsEmpty(Judge(Profiles.Of(10, [])).Findings);
    }

    [TestMethod]
    public void A_pass_that_ended_early_is_no_proof()
    {
        var report = Judge(OrderedData.Of([1, 1, 1]) with { IsComplete = false });
        Assert.IsEmpty(report.Findings);
        Assert.Contains("the pass ended early, after 3 rows", report.NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Imbalance_and_gaps_are_folded_under_it()
    {
        var profile = Profiles.Of(20, [], Profiles.ClassLabel(20) with { Kind = ColumnKind.Key, KeyCount = 3, HasKeyValues = true, AbsentKeyCount = 2, AbsentKeys = ["b", "c"] },
            new DataDeclaration { Task = LearningTask.MulticlassClassification });
        var report = new RuleEngine([new OneClass(), new LabelGaps(), new ClassImbalance()]).Judge("test", new Measurements().With(profile));
        Assert.AreEqual(RuleIds.OneClass, report.Unfolded.Single().Rule.Id);
        Assert.AreEqual(RuleIds.OneClass, report.Of(RuleIds.LabelGaps).Single().FoldedUnder);
    }

    private static DiagnosticReport Judge(DataProfile profile) => RuleTester.Judge(new OneClass(), profile);
}
