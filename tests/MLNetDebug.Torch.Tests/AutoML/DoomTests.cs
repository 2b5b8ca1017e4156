using MLNetDebug.Torch.AutoML.Trials;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class DoomTests
{
    private static readonly Finding Slow = DoomedTrialTests.Of(RuleIds.LearningRateTooSmall) with { Evidence = [new Evidence("steps until the loss is halved", 500)] };

    [TestMethod]
    public void Slowness_IsHeldAgainstTheStepsThatWereLeftWhereItWasFound()
    {
        var doom = new Doom(1000);
        doom.Judge(Slow, 200);
        // The report keeps the first word to the end of the run.
        foreach (var steps in new[] { 400, 750, 1000 })
            doom.Judge(Slow, steps);
        Assert.IsNull(doom.Finding);
        var late = new Doom(1000);
        late.Judge(Slow, 501);
        Assert.AreSame(Slow, late.Finding);
    }

    [TestMethod]
    public void Finding_ThatHasGrownIsJudgedAgain()
    {
        var doom = new Doom(1000);
        var suspected = DoomedTrialTests.Of(RuleIds.LearningRateTooLarge) with { Confidence = Confidence.Suspected };
        doom.Judge(suspected, 100);
        Assert.IsNull(doom.Finding);
        var confirmed = suspected with { Confidence = Confidence.Confirmed };
        doom.Judge(confirmed, 200);
        Assert.AreSame(confirmed, doom.Finding);
    }

    [TestMethod]
    public void Finding_AtAnotherPlaceIsJudgedForItself()
    {
        var doom = new Doom(1000);
        doom.Judge(Slow, 200);
        var other = Slow with { Subject = new Subject(SubjectKind.Run, "another") };
        doom.Judge(other, 900);
        Assert.AreSame(other, doom.Finding);
    }
}
