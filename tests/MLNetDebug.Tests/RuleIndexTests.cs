using System.Runtime.CompilerServices;
using System.Text;

namespace MLNetDebug.Tests;

/// <summary>
/// <c>docs/rules/README.md</c> lists the rules of the catalogue. It is written by this test where the environment variable
/// <c>MLNETDEBUG_WRITE_DOCS</c> is set, and compared with the catalogue otherwise.
/// </summary>
[TestClass]
public sealed class RuleIndexTests
{
    private const string Begin = "<!-- rules -->\n";
    private const string End = "<!-- /rules -->\n";

    [TestMethod]
    public void Index_ListsTheRulesOfTheCatalogue()
    {
        var file = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "rules", "README.md"));
        var (begin, end) = (file.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, file.IndexOf(End, StringComparison.Ordinal));
        Assert.IsTrue(begin >= Begin.Length && end >= begin, "The index lacks its marks.");
        if (Environment.GetEnvironmentVariable("MLNETDEBUG_WRITE_DOCS") is not null)
            File.WriteAllText(SourceOfIndex(), file[..begin] + Table() + file[end..]);
        else
            Assert.AreEqual(Table(), file[begin..end], "Write it anew: dotnet test --filter RuleIndex -e MLNETDEBUG_WRITE_DOCS=1");
    }

    [TestMethod]
    public void Ids_AreUniqueAndNamedAsTheirConstants()
    {
        var rules = RuleCatalog.Create().Select(r => r.Descriptor).ToArray();
        Assert.AreEqual(rules.Length, rules.Select(r => r.Id).Distinct().Count());
        foreach (var rule in rules)
            Assert.AreEqual(rule.Id, typeof(RuleIds).GetField(rule.Name)?.GetRawConstantValue(), rule.Name);
    }

    private static string Table()
    {
        var text = new StringBuilder("| rule | what it says | severity | stands on | notes |\n|---|---|---|---|---|\n");
        foreach (var rule in RuleCatalog.Create().Select(r => r.Descriptor))
        {
            text.Append($"| [{rule.Id} {rule.Name}]({rule.Id}.md) | {rule.Title.TrimEnd('.')} | {rule.DefaultSeverity} ")
                .Append($"| {rule.Proof.ToString().ToLowerInvariant()} | {string.Join(", ", rule.Notes)} |\n");
        }

        return text.ToString();
    }

    private static string SourceOfIndex([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "rules", "README.md");
}
