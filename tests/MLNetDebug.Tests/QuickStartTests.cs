using System.Diagnostics;
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
            var output = await Run(json);

            Assert.IsTrue(output.Split('\n').All(line => line.TrimEnd('\r').Length <= 100), "A line is longer than 100 characters.");
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

    private async Task<string> Run(string json)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", ProgramPath(), "--json", json })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        await process.WaitForExitAsync(TestContext.CancellationToken);
        Assert.AreEqual(0, process.ExitCode, await errors);
        return output;
    }

    /// <summary>The sample is built with the tests, in the same configuration.</summary>
    private static string ProgramPath()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "samples", "QuickStart", "bin", output.Parent.Name, output.Name, "QuickStart.dll");
    }
}
