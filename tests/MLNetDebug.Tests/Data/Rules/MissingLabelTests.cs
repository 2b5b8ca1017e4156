using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class MissingLabelTests
{
    [TestMethod]
    public void Labels_of_NaN_are_an_error_with_count_and_rows()
    {
        var finding = Judge(OrderedData.Of([1, double.NaN, 0, 1, double.NaN])).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.StartsWith("2 of 5 rows of the training data have no label ('Label' is NaN); first rows 1, 4", finding.Message);
        Assert.AreEqual("1 4", string.Join(' ', finding.Subject.Rows));
        Assert.AreEqual("Label", ((DropMissingMend)finding.Mend!).Column);
        Assert.Contains("FilterRowsByMissingValues", finding.Advice[0].Code!);
    }

    [TestMethod]
    [DataRow(ColumnKind.Key, "key 0", "r.Label == 0")]
    [DataRow(ColumnKind.Text, "empty", "string.IsNullOrEmpty(r.Label)")]
    public void Each_kind_is_called_by_its_name(ColumnKind kind, string what, string code)
    {
        var profile = Profiles.Of(10, [], Profiles.ClassLabel(4, 5) with { Kind = kind, Count = 10, Missing = 1, MissingRows = [7] });
        var finding = Judge(profile).Findings.Single();
        Assert.Contains($"is {what}); first row 7", finding.Message);
        Assert.StartsWith("1 of 10 rows of the training data has no label", finding.Message);
        Assert.Contains(code, finding.Advice[0].Code!);
    }

    [TestMethod]
    public void Complete_labels_no_rows_and_no_label_give_nothing()
    {
        Assert.IsEmpty(Judge(OrderedData.Of([1, 0, 1])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([])).Findings);
        Assert.IsEmpty(Judge(Profiles.Of(10, [])).Findings);
    }

    private static DiagnosticReport Judge(DataProfile profile) => RuleTester.Judge(new MissingLabel(), profile);
}
