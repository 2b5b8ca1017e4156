using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

/// <summary>MLD116 on the files that ship with the repository.</summary>
[TestClass]
public sealed class FileChecksOnRealDataTests
{
    [TestMethod]
    [DataRow("iris.csv", 4, true)]
    [DataRow("wine_data.csv", 13, true)]
    [DataRow("breast_cancer.csv", 30, true)]
    [DataRow("digits.csv", 64, false)]
    public void Files_read_as_they_are_written_give_nothing(string file, int features, bool header) =>
        Assert.IsEmpty(Judge(file, features, header).Findings);

    [TestMethod]
    [DataRow("iris.csv", 4)]
    [DataRow("wine_data.csv", 13)]
    [DataRow("breast_cancer.csv", 30)]
    public void A_header_left_unsaid_is_told(string file, int features) =>
        Assert.Contains("HasHeader = true", Codes(Judge(file, features, header: false)));

    [TestMethod]
    public void A_row_lost_as_a_header_is_told() => Assert.Contains("HasHeader = false", Codes(Judge("digits.csv", 64, header: true)));

    [TestMethod]
    public void A_separator_left_at_its_default_is_told() =>
        Assert.Contains("Separators = [',']", Codes(Judge("wine_data.csv", 13, header: true, separator: '\t')));

    private static string Codes(DiagnosticReport report) => string.Join("; ", report.Findings.SelectMany(f => f.Advice).Select(a => a.Code));

    private static DiagnosticReport Judge(string file, int features, bool header, char separator = ',')
    {
        var options = new TextLoader.Options
        {
            Separators = [separator],
            HasHeader = header,
            Columns = [new TextLoader.Column("Features", DataKind.Single, 0, features - 1), new TextLoader.Column("Label", DataKind.Single, features)],
        };
        return RuleTester.Judge(new SilentlyReplacedCells(), FileChecker.Check(Path.Combine(AppContext.BaseDirectory, "data", file), options));
    }
}
