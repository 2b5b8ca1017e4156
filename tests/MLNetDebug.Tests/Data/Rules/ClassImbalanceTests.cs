using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class ClassImbalanceTests
{
    [TestMethod]
    public void A_rare_class_is_advice_with_weights()
    {
        var finding = Judge(960, 40).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.StartsWith("Of 'Label', class '1' has 40 rows of 1,000, against 960 of '0'", finding.Message);
        Assert.Contains("right in 96 % of them", finding.Message);
        var mend = (ClassWeightMend)finding.Mend!;
        Assert.AreEqual(500f / 40, mend.Weights[1], 1e-5f);
        Assert.AreEqual(500f / 960, mend.Weights[0], 1e-5f);
    }

    [TestMethod]
    [DataRow(950, 50, 0)]
    [DataRow(951, 49, 1)]
    [DataRow(90, 10, 0)]
    [DataRow(91, 9, 1)]
    public void The_floor_is_a_tenth_of_an_equal_share_and_ten_rows(int first, int second, int findings) =>
        Assert.HasCount(findings, Judge(first, second).Findings);

    [TestMethod]
    public void Small_data_are_not_unbalanced() => Assert.IsEmpty(Judge(7, 8, 6).Findings);

    [TestMethod]
    public void Several_rare_classes_are_counted()
    {
        var finding = Judge(500, 3, 500, 4).Findings.Single();
        Assert.StartsWith("2 of 4 classes of 'Label' are rare: '1' has 3 rows, '3' has 4 rows", finding.Message);
    }

    [TestMethod]
    public void Targets_and_labels_of_one_class_give_nothing()
    {
        Assert.IsEmpty(Judge(100).Findings);
        Assert.IsEmpty(RuleTester.Judge(new ClassImbalance(), Profiles.Of(1000, [], Profiles.ClassLabel(990, 10), new DataDeclaration { Task = LearningTask.Regression })).Findings);
        Assert.IsEmpty(RuleTester.Judge(new ClassImbalance(), Profiles.Of(1000, [])).Findings);
    }

    [TestMethod]
    public void Options_move_the_floor()
    {
        var profile = Profiles.Of(1000, [], Profiles.ClassLabel(700, 300), new DataDeclaration { Task = LearningTask.BinaryClassification });
        Assert.HasCount(1, RuleTester.Judge(new ClassImbalance(new ClassImbalanceOptions { ShareOfEqual = 0.8 }), profile).Findings);
        Assert.ThrowsExactly<ArgumentException>(() => RuleTester.Judge(new ClassImbalance(new ClassImbalanceOptions { ShareOfEqual = 2 }), profile));
    }

    private static DiagnosticReport Judge(params long[] counts) => RuleTester.Judge(
        new ClassImbalance(), Profiles.Of(counts.Sum(), [], Profiles.ClassLabel(counts), new DataDeclaration { Task = LearningTask.MulticlassClassification }));
}
