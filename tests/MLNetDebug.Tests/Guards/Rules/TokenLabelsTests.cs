using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class TokenLabelsTests
{
    private static readonly TrainerInput Sentences = new() { Trainer = "NerTrainer", Rows = 9, Label = "Label", Texts = ["Sentence"] };

    [TestMethod]
    public void SentencesShortOfLabels_AreAnError()
    {
        var finding = RuleTester.Judge(new TokenLabels(), Sentences with { Words = new FaultyRows(2, [1, 8]) }).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.AreEqual((SubjectKind.Label, "Label"), (finding.Subject.Kind, finding.Subject.Name));
        Assert.Contains("2 of 9 sentences of the training data have fewer labels in 'Label' than words; first rows 1, 8", finding.Message);
        Assert.IsNotNull(finding.Mend);
        Assert.IsEmpty(RuleTester.Judge(new TokenLabels(), Sentences).Findings);
    }

    [TestMethod]
    public void RealRows_MoreLabelsThanWordsAreAllowed()
    {
        var rows = Networks.Rows;
        uint[][] Changed(int at, Func<uint[], uint[]> change) => [.. rows.WordKeys.Select((k, i) => i == at ? change(k) : k)];
        Assert.IsEmpty(Networks.Report(ClosedTrainerKind.NamedEntityRecognition, rows with { WordKeys = Changed(2, k => [.. k, 1]) }).Of(RuleIds.TokenLabels));
        var report = Networks.Report(ClosedTrainerKind.NamedEntityRecognition, rows with { WordKeys = Changed(2, k => k[1..]) });
        CollectionAssert.AreEqual(new long[] { 2 }, report.Of(RuleIds.TokenLabels).Single().Subject.Rows.ToArray());
    }
}
