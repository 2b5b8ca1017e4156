using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class FileRunTests
{
    private readonly MLContext _ml = new(1);

    private static TextLoader.Options Options => new()
    {
        Separators = [','],
        HasHeader = true,
        Columns = [new TextLoader.Column("A", DataKind.Single, 0), new TextLoader.Column("Label", DataKind.Boolean, 1)],
    };

    private T With<T>(string text, Func<string, T> act)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, text);
        try
        {
            return act(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void ReplacedCells_AreReportedWithTheirLines_AndLogged()
    {
        var logged = new List<string>();
        _ml.Log += (_, e) => logged.Add(e.Message);
        var report = With("a,label\n1,true\n?,false\n,true\n", p => _ml.Diagnostics().CheckFile(p, Options));
        StringAssert.StartsWith(report.Title, "file ");
        Assert.AreEqual(3, report.Facts.Single().Value);
        Assert.IsTrue(report.Of(RuleIds.SilentlyReplacedCells).Any(f => f.Severity >= Severity.Warning));
        Assert.IsTrue(logged.Any(m => m.Contains("MLD116", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void CleanFile_IsSilent()
    {
        var report = With("a,label\n1,true\n2.5,false\n", p => _ml.Diagnostics().CheckFile(p, Options));
        Assert.AreEqual(0, report.Findings.Count, string.Join("; ", report.Findings.Select(f => f.Message)));
        Assert.AreEqual(RuleIds.SilentlyReplacedCells, report.Checked.Single().Rule.Id);
    }

    [TestMethod]
    public void FailOn_ThrowsOnlyWhereSet() =>
        Assert.ThrowsExactly<DiagnosticException>(() => With("a,label\n,true\n1,true\n", p =>
            _ml.Diagnostics().CheckFile(p, Options, new DiagnosticsOptions { FailOn = Severity.Warning })));

    [TestMethod]
    public void WrongArguments_GiveASentence()
    {
        var name = Path.GetRandomFileName();
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => _ml.Diagnostics().CheckFile(name, Options)).Message, name);
        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.Diagnostics().CheckFile("x", null!));
        Assert.ThrowsExactly<OperationCanceledException>(() => _ml.Diagnostics().CheckFile(name, Options, null, new CancellationToken(true)));
    }
}
