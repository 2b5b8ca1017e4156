using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Tests.Guards.Closed;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class WeightsFileAbsentTests
{
    [TestMethod]
    public void AbsentFile_IsInfo_AndThePathIsAValueOfTheData()
    {
        var finding = Judge(new WeightsSetup(Path.Combine("somewhere", "NasBert2000000.tsm"), false)).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual(new Subject(SubjectKind.File, "NasBert2000000.tsm"), finding.Subject);
        // A path may hold a user's name: it stands where it can be redacted.
        Assert.DoesNotContain("somewhere", finding.Message);
    }

    [TestMethod]
    public void PresentFile_AndUnknownFolder_GiveNothing()
    {
        Assert.IsEmpty(Judge(new WeightsSetup("there", true)).Findings);
        Assert.IsEmpty(Judge(null).Findings);
    }

    [TestMethod]
    public void RealFolder_IsTheContextsOwn()
    {
        var folder = Directory.CreateTempSubdirectory("mlnetdebug-");
        try
        {
            DiagnosticReport Fit() => ClosedFits.Text(ml: new MLContext(1) { TempFilePath = folder.FullName }).Fit(Letters.Draw(40).ToClasses()).DiagnosticReports().Single();
            Assert.HasCount(1, Fit().Of(RuleIds.WeightsFileAbsent).ToArray());
            File.WriteAllBytes(Path.Combine(folder.CreateSubdirectory("mlnet").FullName, "NasBert2000000.tsm"), []);
            Assert.IsEmpty(Fit().Of(RuleIds.WeightsFileAbsent));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DiagnosticReport Judge(WeightsSetup? weights) =>
        RuleTester.Judge(new WeightsFileAbsent(), new TrainerSetup { Trainer = "Trainer", Kind = ClosedTrainerKind.TextClassification, Weights = weights });
}
