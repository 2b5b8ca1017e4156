using CsCheck;
using Microsoft.ML;
using MLNetDebug.Reports;

namespace MLNetDebug.Tests.Reports;

[TestClass]
public sealed class DiagnosticReportJsonTests
{
    [TestMethod]
    public void AnyReport_ComesBackAsItWasWritten() =>
        SampleReports.Any.Sample(
            report =>
            {
                var json = WithoutMends(report).ToJson(includeValues: true);
                Assert.AreEqual(json, DiagnosticReportJson.Read(json).ToJson(includeValues: true));
            },
            iter: 150);

    [TestMethod]
    public void ReadReport_RendersTheSameText()
    {
        var report = WithoutMends(SampleReports.Typical);
        Assert.AreEqual(report.ToText(), DiagnosticReportJson.Read(report.ToJson()).ToText());
    }

    [TestMethod]
    public void UnknownMembers_AreIgnored()
    {
        var json = SampleReports.Typical.ToJson()
            .Replace("\"title\":", "\"later\": {\"deep\": [1]}, \"title\":")
            .Replace("\"severity\":", "\"later\": null, \"severity\":");
        Assert.AreEqual(SampleReports.Typical.Findings.Count, DiagnosticReportJson.Read(json).Findings.Count);
    }

    [TestMethod]
    [DataRow("", "this is none")]
    [DataRow("[]", "the report must be an object, and is []")]
    [DataRow("{}", "Member 'schema' is missing in the report.")]
    [DataRow("{\"schema\":\"mlnetdebug/report/7\"}", "The schema 'mlnetdebug/report/7' is not known")]
    [DataRow("{\"schema\":\"mlnetdebug/report/0\",\"title\":3}", "the report.title must be a text, and is 3.")]
    [DataRow("{\"schema\":\"mlnetdebug/report/0\",\"title\":\"t\",\"facts\":[{\"name\":\"n\",\"value\":\"x\"}]}", "the report.facts[0].value must be a number")]
    [DataRow("{\"schema\":\"mlnetdebug/report/0\",\"title\":\"t\",\"findings\":{}}", "the report.findings must be an array, and is {}.")]
    [DataRow("{\"schema\":\"mlnetdebug/report/0\",\"title\":\"\\ud800\"}", "the report.title must be a text of whole characters")]
    [DataRow("{\"schema\":\"mlnetdebug/report/0\",\"title\":\"t\",\"familySize\":5000000000}", "the report.familySize must be a whole number of 32 bits")]
    [DataRow("{\"schema\":\"mlnetdebug/report/0\",\"title\":\"t\",\"familySize\":1,\"timings\":[{\"name\":\"n\",\"seconds\":-1}]}", "seconds must be a number of seconds")]
    public void BadInput_OneSentence(string json, string part) =>
        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => DiagnosticReportJson.Read(json)).Message, part);

    [TestMethod]
    public void UnknownSeverity_IsNamed()
    {
        var json = SampleReports.Typical.ToJson().Replace("\"severity\": \"warning\"", "\"severity\": \"fatal\"");
        var thrown = Assert.ThrowsExactly<FormatException>(() => DiagnosticReportJson.Read(json));
        Assert.AreEqual("the report.findings[0].severity must be a Severity this version knows, and is \"fatal\".", thrown.Message);
    }

    [TestMethod]
    public void DamagedJson_AReportOrOneSentence()
    {
        var json = SampleReports.Typical.ToJson(indented: false);
        Gen.Select(Gen.Int[0, json.Length - 1], Gen.Int[0, 40], Gen.String[0, 5]).Sample(
            (start, length, put) =>
            {
                var damaged = json.Remove(start, Math.Min(length, json.Length - start)).Insert(start, put);
                try
                {
                    DiagnosticReportJson.Read(damaged).ToText();
                }
                catch (FormatException e)
                {
                    Assert.IsTrue(e.Message.Length is > 0 and < 1_000);
                }
            },
            iter: 2_000);
    }

    private static DiagnosticReport WithoutMends(DiagnosticReport report) =>
        report with { Findings = [.. report.Findings.Select(f => f with { Mend = null })] };
}
