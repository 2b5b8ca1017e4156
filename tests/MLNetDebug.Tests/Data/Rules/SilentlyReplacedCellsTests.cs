using Microsoft.ML.Data;

using MLNetDebug.Data;
using MLNetDebug.Tests.Data.Files;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class SilentlyReplacedCellsTests
{
    [TestMethod]
    public void Empty_cells_are_told_with_count_column_and_lines()
    {
        var finding = Judge("1,2\n3,\n4,\n").Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual("Y", finding.Subject.Name);
        Assert.Contains("2 of 3 rows are empty and become 0 in Y, field 1 (Single); first lines 2, 3", finding.Message);
        Assert.AreEqual("MissingRealsAsNaNs = true", finding.Advice.Single().Code);
    }

    [TestMethod]
    public void A_clean_file_gives_nothing() => Assert.IsEmpty(Judge("1,2\n3,4\n5,6e3\n").Findings);

    [TestMethod]
    public void A_mark_of_a_missing_value_is_info_and_text_a_warning()
    {
        Assert.AreEqual(Severity.Info, Judge("1,2\n?,3\n2,2\n").Worst);
        Assert.AreEqual(Severity.Warning, Judge("1,2\nabc,3\n2,2\n").Worst);
    }

    [TestMethod]
    public void A_header_read_as_data_is_one_finding_and_not_one_per_column()
    {
        var finding = Judge("age,income\n1,2\n3,4\n").Findings.Single();
        Assert.AreEqual("HasHeader = true", finding.Advice.Single().Code);
        Assert.AreEqual(SubjectKind.File, finding.Subject.Kind);
    }

    [TestMethod]
    public void A_wrong_separator_names_the_right_one()
    {
        var findings = Judge("1;2\n3;4\n").Findings;
        Assert.AreEqual("Separators = [';']", findings.Single(f => f.Subject.Kind == SubjectKind.File).Advice.Single().Code);
    }

    [TestMethod]
    public void Cells_the_loader_throws_at_are_an_error()
    {
        var report = Judge("1\n3.7\n", FileCheckerTests.Options(",", ("N", DataKind.Int32)));
        Assert.AreEqual(Severity.Error, report.Worst);
        Assert.Contains("line 2", report.Findings.Single().Message);
    }

    [TestMethod]
    public void Slots_of_one_vector_share_a_finding()
    {
        var options = new TextLoader.Options { Separators = [','], Columns = [new("Features", DataKind.Single, 0, 2)] };
        var finding = Judge("1,2,3\n,,3\n4,,6\n", options).Findings.Single();
        Assert.AreEqual(1, finding.Subject.Slot);
        Assert.Contains("1 further slot, 3 cells in all", finding.Message);
    }

    [TestMethod]
    public void The_share_option_lowers_rare_ones_to_info()
    {
        var check = Check("1,2\n3,\n4,5\n6,7\n", FileCheckerTests.Options(",", ("X", DataKind.Single), ("Y", DataKind.Single)));
        Assert.AreEqual(Severity.Warning, RuleTester.Judge(new SilentlyReplacedCells(new SilentlyReplacedCellsOptions { Share = 0.25 }), check).Worst);
        Assert.AreEqual(Severity.Info, RuleTester.Judge(new SilentlyReplacedCells(new SilentlyReplacedCellsOptions { Share = 0.26 }), check).Worst);
    }

    [TestMethod]
    public void Hundreds_of_columns_give_ten_findings_the_gravest_first_and_one_that_sums_up()
    {
        var columns = Enumerable.Range(0, 300).Select(i => ($"C{i}", i == 250 ? DataKind.Int32 : DataKind.Single)).ToArray();
        var row = string.Join(',', columns.Select(_ => "1"));
        var holes = string.Join(',', columns.Select((_, i) => i == 250 ? "x" : i == 299 ? "abc" : string.Empty));
        var report = Judge($"{row}\n{holes}\n", FileCheckerTests.Options(",", columns));
        Assert.HasCount(11, report.Findings);
        Assert.AreEqual("C250", report.Findings[0].Subject.Name);
        var others = report.Findings.Single(f => f.Subject.Kind == SubjectKind.File);
        Assert.Contains("cells of 290 further columns are empty and become 0 (289 in C9, C10, C11, C12, C13 and 284 more); hold text that is no number and become NaN (1 in C299)", others.Message);
        Assert.AreEqual(Severity.Warning, others.Severity);
        Assert.AreEqual("MissingRealsAsNaNs = true", others.Advice[0].Code);
    }

    [TestMethod]
    public void An_empty_file_is_said_to_be_one()
    {
        var report = Judge("");
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual("the file holds no row", report.NotChecked.Single().Reason);
    }

    private static DiagnosticReport Judge(string text, TextLoader.Options? options = null) =>
        RuleTester.Judge(new SilentlyReplacedCells(), Check(text, options ?? FileCheckerTests.Options(",", ("X", DataKind.Single), ("Y", DataKind.Single))));

    private static FileCheck Check(string text, TextLoader.Options options)
    {
        using var file = new TempFile(text);
        return FileChecker.Check(file.Path, options);
    }
}
