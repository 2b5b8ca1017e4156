using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.ML;

namespace MLNetDebug.Tests.Reports;

[TestClass]
public sealed class JsonReportTests
{
    [TestMethod]
    public void Typical_ConformsToTheSchema() => ReportSchema.AssertValid(SampleReports.Typical.ToJson(includeValues: true));

    [TestMethod]
    public void EmptyReport_ConformsToTheSchema() => ReportSchema.AssertValid(new DiagnosticReport { Title = "t" }.ToJson());

    [TestMethod]
    public void AnyReport_ConformsToTheSchema() =>
        SampleReports.Any.Sample(report => ReportSchema.AssertValid(report.ToJson(includeValues: true)), iter: 150);

    [TestMethod]
    public void WrongReports_DoNotConform()
    {
        var json = SampleReports.Typical.ToJson();
        foreach (var (from, to) in new[]
        {
            ("\"worst\"", "\"worse\""), ("\"warning\"", "\"Warning\""), ("mlnetdebug/report/0", "mlnetdebug/report/9"), ("\"MLD104\"", "\"X104\""),
            ("\"message\"", "\"text\""), ("\"value\": 23.5", "\"value\": \"23.5\""),
        })
        {
            Assert.IsTrue(json.Contains(from), from);
            Assert.AreNotEqual(0, ReportSchema.Errors(json.Replace(from, to)).Count, from);
        }
    }

    [TestMethod]
    public void Members_AreCamelCaseWithEnumsAsStrings()
    {
        var root = JsonDocument.Parse(SampleReports.Typical.ToJson()).RootElement;

        Assert.AreEqual(DiagnosticReport.Schema, root.GetProperty("schema").GetString());
        var first = root.GetProperty("findings")[0];
        Assert.AreEqual("warning", first.GetProperty("severity").GetString());
        Assert.AreEqual("MLD104", first.GetProperty("rule").GetProperty("id").GetString());
        Assert.AreEqual("column", first.GetProperty("subject").GetProperty("kind").GetString());
        Assert.AreEqual(4, first.GetProperty("evidence")[0].GetProperty("threshold").GetDouble());
        Assert.AreEqual("NamedMend", first.GetProperty("mend").GetProperty("type").GetString());
        Assert.AreEqual("MLD104", root.GetProperty("findings")[2].GetProperty("foldedUnder").GetString());
        Assert.AreEqual(700, root.GetProperty("notChecked")[0].GetProperty("rowsNeeded").GetInt64());
        Assert.AreEqual(0.012, root.GetProperty("timings")[0].GetProperty("seconds").GetDouble());
    }

    [TestMethod]
    public void NumbersJsonHasNoFormFor_AreStrings()
    {
        var figure = JsonDocument.Parse(SampleReports.Typical.ToJson()).RootElement.GetProperty("findings")[1].GetProperty("figures")[0];
        Assert.AreEqual("NaN", figure.GetProperty("data")[1][1].GetString());
        Assert.AreEqual("Infinity", figure.GetProperty("data")[1][2].GetString());
    }

    [TestMethod]
    public void CellValues_OnlyWhereAsked()
    {
        Assert.IsFalse(SampleReports.Typical.ToJson().Contains("secret cell"));
        StringAssert.Contains(SampleReports.Typical.ToJson(includeValues: true), "secret cell");
    }

    [TestMethod]
    [DataRow(1, 4_000)]
    [DataRow(2, 1_000_000)]
    [DataRow(100, 2_000)]
    [DataRow(100_000, 3)]
    public void Figures_AreThinnedTo64Kilobytes(int series, int points)
    {
        var data = Enumerable.Range(0, series).Select(_ => Enumerable.Range(0, points).Select(i => Math.Sin(i) * 1e-5).ToArray()).ToArray();
        var finding = SampleReports.Finding(SampleReports.Scale, Subject.Column("x"), "m") with { Figures = [new Figure("line", ["x"], data)] };
        var report = SampleReports.Typical with { Findings = [finding] };

        var json = report.ToJson(indented: false);

        ReportSchema.AssertValid(json);
        var figures = JsonDocument.Parse(json).RootElement.GetProperty("findings")[0].GetProperty("figures");
        Assert.IsTrue(Encoding.UTF8.GetByteCount(figures.GetRawText()) <= 65_536);
        Assert.AreEqual(series < 100_000 ? 1 : 0, figures.GetArrayLength());
        if (points == 1_000_000)
            Assert.AreEqual(points, figures[0].GetProperty("thinnedFrom").GetInt32());
    }

    [TestMethod]
    public void SmallFigures_AreKeptWhole()
    {
        var figure = JsonDocument.Parse(SampleReports.Typical.ToJson()).RootElement.GetProperty("findings")[1].GetProperty("figures")[0];
        Assert.AreEqual(3, figure.GetProperty("data")[0].GetArrayLength());
        Assert.IsFalse(figure.TryGetProperty("thinnedFrom", out _));
    }

    [TestMethod]
    public void Null_Throws() => Assert.ThrowsExactly<ArgumentNullException>(() => ((DiagnosticReport)null!).ToJson());
}
