using System.Text;
using MLNetDebug.Zoo;

namespace MLNetDebug.Tests.House;

/// <summary>
/// A table of <c>docs/rules/README.md</c>: the rules of <see cref="RulesUnderTest"/> between two marks. It is written where the environment variable <c>MLNETDEBUG_WRITE_DOCS</c> is set, and
/// compared otherwise. One file, compiled into each test project that has rules.
/// </summary>
[TestClass]
public sealed class RuleIndexTests
{
    [TestMethod]
    public void Index_ListsTheRules()
    {
        var path = Repository.PathOf("docs", "rules", "README.md");
        var file = File.ReadAllText(path);
        var (opening, closing) = ($"<!-- {RulesUnderTest.Mark} -->\n", $"<!-- /{RulesUnderTest.Mark} -->\n");
        var (begin, end) = (file.IndexOf(opening, StringComparison.Ordinal) + opening.Length, file.IndexOf(closing, StringComparison.Ordinal));
        Assert.IsTrue(begin >= opening.Length && end >= begin, "The index lacks its marks.");
        if (Environment.GetEnvironmentVariable("MLNETDEBUG_WRITE_DOCS") is not null)
            File.WriteAllText(path, file[..begin] + Table() + file[end..]);
        else
            Assert.AreEqual(Table(), file[begin..end], "Write it anew: dotnet test --filter RuleIndex -e MLNETDEBUG_WRITE_DOCS=1");
    }

    private static string Table()
    {
        var text = new StringBuilder("| rule | what it says | severity | stands on | notes |\n|---|---|---|---|---|\n");
        foreach (var rule in RulesUnderTest.Rules.Select(r => r.Descriptor))
        {
            text.Append($"| [{rule.Id} {rule.Name}]({rule.Id}.md) | {rule.Title.TrimEnd('.')} | {rule.DefaultSeverity} ")
                .Append($"| {rule.Proof.ToString().ToLowerInvariant()} | {string.Join(", ", rule.Notes)} |\n");
        }

        return text.ToString();
    }
}
