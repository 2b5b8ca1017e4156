using Microsoft.ML.TorchSharp.NasBert;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Tests.Guards.Closed;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class OptionOutOfRangeTests
{
    [TestMethod]
    [DataRow(nameof(ClosedTrainerKind.TextClassification), "LearningRate", 1e6, "(0, 1]")]
    [DataRow(nameof(ClosedTrainerKind.TextClassification), "LearningRate", 0, "(0, 1]")]
    [DataRow(nameof(ClosedTrainerKind.SentenceSimilarity), "BatchSize", 0, "[1, ∞)")]
    [DataRow(nameof(ClosedTrainerKind.NamedEntityRecognition), "MaxEpoch", -1, "[1, ∞)")]
    [DataRow(nameof(ClosedTrainerKind.QuestionAnswer), "TopKAnswers", 0, "[1, 1,000]")]
    [DataRow(nameof(ClosedTrainerKind.ObjectDetection), "InitLearningRate", 1e6, "(0, 100]")]
    public void Outside_IsAnErrorThatNamesOptionValueAndRange(string kind, string option, double value, string range)
    {
        var finding = Judge(kind, option, value).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.AreEqual(new Subject(SubjectKind.Trainer, $"Trainer.{option}"), finding.Subject);
        Assert.Contains($"must lie in {range}", finding.Message);
        Assert.AreEqual(value, finding.Evidence[0].Value);
    }

    [TestMethod]
    public void NotANumber_IsOutside() => Assert.HasCount(1, Judge(nameof(ClosedTrainerKind.TextClassification), "LearningRate", double.NaN).Findings);

    [TestMethod]
    [DataRow(nameof(ClosedTrainerKind.TextClassification), "LearningRate", 1)]
    [DataRow(nameof(ClosedTrainerKind.TextClassification), "BatchSize", 1)]
    [DataRow(nameof(ClosedTrainerKind.TextClassification), "Dropout", 0)]
    [DataRow(nameof(ClosedTrainerKind.ObjectDetection), "InitLearningRate", 100)]
    [DataRow(nameof(ClosedTrainerKind.ObjectDetection), "LearningRate", 1e6)]
    public void BordersAndOptionsOfOthers_AreAllowed(string kind, string option, double value) =>
        Assert.IsEmpty(Judge(kind, option, value).Findings);

    [TestMethod]
    public void FurtherLearningRates_AreNeverRead_AndSaidToBe()
    {
        var finding = RuleTester.Judge(new OptionOutOfRange(), Setup(nameof(ClosedTrainerKind.TextClassification)) with { LearningRates = 3 }).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.StartsWith("3 learning rates were given", finding.Message);
    }

    [TestMethod]
    [DataRow(nameof(ClosedTrainerKind.NamedEntityRecognition), Severity.Error)]
    [DataRow(nameof(ClosedTrainerKind.QuestionAnswer), Severity.Info)]
    [DataRow(nameof(ClosedTrainerKind.ObjectDetection), Severity.Info)]
    [DataRow(nameof(ClosedTrainerKind.TextClassification), Severity.None)]
    public void ValidationSet_IsReadByTwoOfTheFive(string kind, Severity severity)
    {
        var findings = RuleTester.Judge(new OptionOutOfRange(), Setup(kind) with { HasValidationSet = true }).Findings;
        Assert.AreEqual(severity, findings.Count == 0 ? Severity.None : findings.Single().Severity);
    }

    [TestMethod]
    public void RealOptions_EndTheFitBeforeIt()
    {
        var trainer = new StandInOptions { LearningRate = [1e6], BatchSize = 0, MaxEpoch = 0 };
        var report = ClosedFits.Refused(trainer);
        string[] places = ["BatchSize", "LearningRate", "MaxEpoch"];
        CollectionAssert.AreEqual(
            places.Select(p => $"TextClassificationTrainer.{p}").ToArray(), report.Of(RuleIds.OptionOutOfRange).Select(f => f.Subject.Name).Order().ToArray());
    }

    private static TrainerSetup Setup(string kind) => new() { Trainer = "Trainer", Kind = Enum.Parse<ClosedTrainerKind>(kind) };

    private static DiagnosticReport Judge(string kind, string option, double value) =>
        RuleTester.Judge(new OptionOutOfRange(), Setup(kind) with { Options = [new NamedValue(option, value)] });
}
