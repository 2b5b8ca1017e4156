using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Tests.Guards.Closed;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class DeviceAbsentTests
{
    [TestMethod]
    [DataRow(true, "would train on the CPU without a word")]
    [DataRow(false, "Fit would throw")]
    public void AbsentGpu_IsAnError_WithWhatWouldHappen(bool fallsBack, string what)
    {
        var finding = Judge(new DeviceSetup(0, false, fallsBack)).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.AreEqual(new Subject(SubjectKind.Trainer, "Trainer.GpuDeviceId"), finding.Subject);
        Assert.Contains(what, finding.Message);
        Assert.Contains("ml.GpuDeviceId = null;", finding.Advice.Select(a => a.Code));
    }

    [TestMethod]
    public void NoGpuAskedFor_OneThere_AndNothingKnown_GiveNothing()
    {
        Assert.IsEmpty(Judge(new DeviceSetup(null, false, true)).Findings);
        Assert.IsEmpty(Judge(new DeviceSetup(0, true, true)).Findings);
        Assert.IsEmpty(Judge(null).Findings);
    }

    [TestMethod]
    public void TorchSharpThatCannotBeAsked_IsSaid()
    {
        var report = Judge(new DeviceSetup(0, null, true));
        Assert.IsEmpty(report.Findings);
        Assert.Contains("could not be asked", report.NotChecked.Single().Reason);
    }

    [TestMethod]
    public void RealContext_IsReadThroughTheTrainersHost()
    {
        var guarded = ClosedFits.Text(ml: new MLContext(1) { GpuDeviceId = 0, FallbackToCpu = false });
        var finding = ClosedFits.Refused(() => guarded.Fit(Letters.Draw(40).ToClasses())).Of(RuleIds.DeviceAbsent).Single();
        Assert.Contains("Fallback to CPU is false", finding.Message);
    }

    private static DiagnosticReport Judge(DeviceSetup? device) =>
        RuleTester.Judge(new DeviceAbsent(), new TrainerSetup { Trainer = "Trainer", Kind = ClosedTrainerKind.TextClassification, Device = device });
}
