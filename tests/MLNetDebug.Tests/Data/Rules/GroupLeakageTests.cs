using MLNetDebug.Data;
using MLNetDebug.Tests.Data.Splits;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class GroupLeakageTests
{
    [TestMethod]
    public void Rows_of_shared_groups_are_counted()
    {
        var finding = Judge(Sampled.Split.Texts("user", ["ann", "bob", "bob", "eve"], ColumnRole.Group), Sampled.Split.Texts("user", ["bob", "bob", "kim", "eve", ""], ColumnRole.Group)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("2 of 3 groups of the hold-out data stand in the training data too, by 'user': 75 % of its rows", finding.Message);
        Assert.AreEqual(SplitKind.Group, ((SplitMend)finding.Mend!).Kind);
        Assert.AreEqual("user", ((SplitMend)finding.Mend!).Column);
    }

    [TestMethod]
    public void Groups_kept_whole_are_silent() =>
        Assert.IsEmpty(Judge(Sampled.Split.Numbers("user", [1, 2, 2], ColumnRole.Group), Sampled.Split.Numbers("user", [3, 4, float.NaN], ColumnRole.Group)).Findings);

    [TestMethod]
    public void Below_the_floor_it_is_Info()
    {
        var compared = Sampled.Compare(Sampled.Split.Numbers("user", [1, 2], ColumnRole.Group), Sampled.Split.Numbers("user", [1, 3, 4, 5], ColumnRole.Group));
        Assert.AreEqual(Severity.Info, RuleTester.Judge(new GroupLeakage(new GroupLeakageOptions { ShareFloor = 0.25 }), compared).Findings.Single().Severity);
        Assert.AreEqual(Severity.Warning, RuleTester.Judge(new GroupLeakage(new GroupLeakageOptions { ShareFloor = 0.2 }), compared).Findings.Single().Severity);
    }

    [TestMethod]
    public void A_declared_group_that_one_side_lacks_is_not_checked()
    {
        var report = Judge(Sampled.Split.Numbers("user", [1, 2], ColumnRole.Group), Sampled.Split.Numbers("other", [1, 2]));
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual("user", report.NotChecked.Single().Subject.Name);
    }

    private static DiagnosticReport Judge(Sampled train, Sampled test) => RuleTester.Judge(new GroupLeakage(), Sampled.Compare(train, test));
}
