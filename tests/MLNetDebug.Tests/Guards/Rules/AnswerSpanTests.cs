using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class AnswerSpanTests
{
    private static readonly TrainerInput Questions = new() { Trainer = "QATrainer", Rows = 4, Label = "AnswerIndex", Partner = "TrainingAnswer" };

    [TestMethod]
    public void AnswersElsewhere_AreAWarning_AndAllOfThemAnError()
    {
        var some = RuleTester.Judge(new AnswerSpan(), Questions with { Spans = new FaultyRows(1, [2]) }).Findings.Single();
        Assert.AreEqual(Severity.Warning, some.Severity);
        Assert.StartsWith("1 of 4 rows of the training data has an answer", some.Message);
        Assert.IsNotNull(some.Mend);
        var all = RuleTester.Judge(new AnswerSpan(), Questions with { Spans = new FaultyRows(4, [0, 1, 2, 3]) }).Findings.Single();
        Assert.AreEqual(Severity.Error, all.Severity);
        // Dropping every row mends nothing.
        Assert.IsNull(all.Mend);
    }

    [TestMethod]
    public void AnswersInPlace_GiveNothing() => Assert.IsEmpty(RuleTester.Judge(new AnswerSpan(), Questions).Findings);

    [TestMethod]
    [DataRow(-1)]
    [DataRow(0)]
    [DataRow(100_000)]
    public void RealRows_AreReadAtTheIndex(int start)
    {
        var rows = Networks.Rows;
        Assert.IsEmpty(Networks.Report(ClosedTrainerKind.QuestionAnswer, rows).Of(RuleIds.AnswerSpan));
        var report = Networks.Report(ClosedTrainerKind.QuestionAnswer, rows with { Answers = [.. rows.Answers.Select((a, i) => i == 5 ? (a.Text, start) : a)] });
        CollectionAssert.AreEqual(new long[] { 5 }, report.Of(RuleIds.AnswerSpan).Single().Subject.Rows.ToArray());
    }
}
