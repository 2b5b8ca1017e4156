using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Networks;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class BoxCoordinatesTests
{
    private static readonly TrainerInput Images = new() { Trainer = "ObjectDetectionTrainer", Rows = 30, Label = "Labels", Partner = "Boxes" };

    [TestMethod]
    public void UnpairedBoxes_AreAnError_AndTheRowsCanBeDropped()
    {
        var finding = RuleTester.Judge(new BoxCoordinates(), Images with { Boxes = new FaultyRows(2, [4, 9]) }).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.AreEqual("Boxes", finding.Subject.Name);
        Assert.StartsWith("2 of 30 images of the training data have other than four coordinates in 'Boxes' per label in 'Labels'", finding.Message);
        CollectionAssert.AreEqual(new long[] { 4, 9 }, ((DropRowsMend)finding.Mend!).Rows.ToArray());
    }

    [TestMethod]
    public void MoreRowsThanAreListed_CannotBeMended() =>
        Assert.IsNull(RuleTester.Judge(new BoxCoordinates(), Images with { Boxes = new FaultyRows(25, [.. Enumerable.Range(0, 20).Select(i => (long)i)]) }).Findings.Single().Mend);

    [TestMethod]
    public void PairedBoxes_GiveNothing() => Assert.IsEmpty(RuleTester.Judge(new BoxCoordinates(), Images).Findings);

    [TestMethod]
    public void RealRows_AreCountedInTheDataPass()
    {
        var rows = Networks.Rows;
        var report = Networks.Report(ClosedTrainerKind.ObjectDetection, rows with { Boxes = [.. rows.Boxes.Select((b, i) => i == 3 ? b[1..] : b)] });
        CollectionAssert.AreEqual(new long[] { 3 }, report.Of(RuleIds.BoxCoordinates).Single().Subject.Rows.ToArray());
        Assert.IsEmpty(Networks.Report(ClosedTrainerKind.ObjectDetection, rows).Of(RuleIds.BoxCoordinates));
    }
}
