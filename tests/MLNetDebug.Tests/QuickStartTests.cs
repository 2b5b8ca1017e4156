using System.Text.Json;
using MLNetDebug.Reports;
using MLNetDebug.Tests.Reports;

namespace MLNetDebug.Tests;

/// <summary>What a newcomer runs first. The sample checks its own reports and says by its exit code whether they are right.</summary>
[TestClass]
public sealed class QuickStartTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task QuickStart_NamesEveryDamageAndNothingElse()
    {
        var json = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var output = await SampleProgram.Run("QuickStart", TestContext.CancellationToken, "--json", json);

            SampleProgram.AssertNarrow(output);
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.CancellationToken));
            var reports = document.RootElement.EnumerateArray().Select(r => r.GetRawText()).ToArray();
            Assert.AreEqual(7, reports.Length);
            foreach (var report in reports)
                ReportSchema.AssertValid(report);
            Assert.IsTrue(DiagnosticReportJson.Read(reports[0]).Worst < Severity.Warning, "The healthy base is not silent.");
        }
        finally
        {
            File.Delete(json);
        }
    }
}
