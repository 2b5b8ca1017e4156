using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Tests.House;

[TestClass]
public sealed class RulePagesTests
{
    private const string Mark = "<!-- zoo-row -->";
    private const string Training = "<!-- zoo-row training -->";

    [TestMethod]
    [DataRow("MLD101", "data 1 " + Mark)]
    [DataRow("MLD223", "network 3 " + Mark)]
    [DataRow("MLD310", "network 3 " + Mark)]
    [DataRow("MLD306", "training 4 " + Mark)]
    [DataRow("MLD404", "guard 2 " + Mark + "; training 4 " + Training)]
    [DataRow("MLD402", "guard 2 " + Mark)]
    [DataRow("MLD501", "sweep 6 " + Mark)]
    [DataRow("MLD601", "guard 2 " + Mark)]
    public void TablesOf_TellsFamiliesApart(string rule, string tables) =>
        Assert.AreEqual(tables, string.Join("; ", RulePages.TablesOf(rule).Select(t => $"{t.Command} {t.Prefix} {t.Mark}")));

    [TestMethod]
    public void Write_PutsEachTableBelowItsMark_AndTwiceIsOnce()
    {
        using var folder = new PageFolder();
        folder.Add("MLD401", $"# MLD401\n\n{Mark}\n\n| old | table |\n\n{Training}\n");
        folder.Add("MLD306", $"# MLD306\n\n{Mark}\n");
        folder.Add("MLD402", $"# MLD402\n\n{Mark}\n\n| stays |\n");
        Assert.AreEqual(1, folder.Write(Rows("2", "MLD401").Append(TableRow.Share("2.confirmed-MLD401", 9, 10, ">=", 0.5))));
        Assert.AreEqual(2, folder.Write([.. Rows("4", "MLD401"), .. Rows("4", "MLD306")]));
        var once = folder.Read("MLD401");
        folder.Write([.. Rows("4", "MLD401"), .. Rows("4", "MLD306")]);
        Assert.AreEqual(once, folder.Read("MLD401"));

        var parts = once.Split(Training);
        Assert.Contains("| `Zoo -- guard`, Score split |", parts[0]);
        Assert.Contains("fresh rows | 10 | 0.9 |", parts[0]);
        Assert.DoesNotContain("old", once);
        Assert.StartsWith("\n\n| `Zoo -- training`, Score split | n | value | 95 % interval |\n|---|---|---|---|\n| planted: found by this rule at the right place | 10 | 0.9 |", parts[1]);
        Assert.DoesNotContain("fresh rows", parts[1]);
        Assert.Contains("flagged by this rule | 400 | 0 |", parts[1]);
        Assert.StartsWith($"# MLD306\n\n{Mark}\n\n| `Zoo -- training`", folder.Read("MLD306"));
        Assert.Contains("| stays |", folder.Read("MLD402"));
    }

    [TestMethod]
    public void Write_SaysWhichMarkAPageLacks()
    {
        using var folder = new PageFolder();
        folder.Add("MLD403", $"# MLD403\n\n{Mark}\n");
        var thrown = Assert.ThrowsExactly<InvalidOperationException>(() => folder.Write(Rows("4", "MLD403")));
        Assert.Contains($"MLD403.md has no line '{Training}'", thrown.Message);
    }

    private static TableRow[] Rows(string prefix, string rule) =>
    [
        TableRow.Share($"{prefix}.found-{rule}", 9, 10, ">=", 0.5), TableRow.Share($"{prefix}.twin-{rule}", 0, 10, "<=", 0.5), TableRow.Share($"{prefix}.healthy-{rule}", 0, 400, "<=", 0.5),
    ];

    /// <summary>Pages in a folder that goes with the test.</summary>
    private sealed class PageFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("pages").FullName;

        public void Add(string rule, string text) => File.WriteAllText(Path.Combine(_path, rule + ".md"), text);

        public string Read(string rule) => File.ReadAllText(Path.Combine(_path, rule + ".md"));

        public int Write(IEnumerable<TableRow> rows)
        {
            var json = Path.Combine(_path, "rows.json");
            TableFile.Write(json, rows, TimeSpan.Zero);
            return RulePages.Write(json, _path);
        }

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
