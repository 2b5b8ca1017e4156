using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class TextLengthTests
{
    private static readonly TrainerInput Texts = new() { Trainer = "TextClassificationTrainer", Rows = 9, Texts = ["Sentence"] };

    [TestMethod]
    public void EmptyAndCutTexts_AreOneInfo()
    {
        var finding = RuleTester.Judge(new TextLength(), Texts with { Empty = new FaultyRows(1, [4]), Cut = new FaultyRows(2, [5, 6]) }).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.Contains("1 of 9 rows holds a text without a word, row 4 (counted from 0); 2 have 512 words or more and are cut after 512 tokens, rows 5, 6 (counted from 0).", finding.Message);
        CollectionAssert.AreEqual(new double[] { 1, 2 }, finding.Evidence.Select(e => e.Value).ToArray());
    }

    [TestMethod]
    public void TextsThatFit_GiveNothing() => Assert.IsEmpty(RuleTester.Judge(new TextLength(), Texts).Findings);

    [TestMethod]
    [DataRow("", true)]
    [DataRow(" \t ", true)]
    [DataRow("a", false)]
    [DataRow("a*511", false)]
    [DataRow("a*512", true)]
    public void RealRows_AreCountedByWords(string text, bool flagged)
    {
        var rows = Networks.Rows;
        var said = text.StartsWith("a*", StringComparison.Ordinal) ? string.Join(' ', Enumerable.Repeat("a", int.Parse(text[2..], System.Globalization.CultureInfo.InvariantCulture))) : text;
        var report = Networks.Report(ClosedTrainerKind.TextClassification, rows with { Texts = [.. rows.Texts.Select((t, i) => i == 7 ? said : t)] });
        Assert.AreEqual(flagged, report.Of(RuleIds.TextLength).Any());
    }
}
