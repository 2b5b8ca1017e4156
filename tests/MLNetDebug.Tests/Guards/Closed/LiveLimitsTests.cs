using Microsoft.ML.TorchSharp.NasBert;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Closed;

[TestClass]
public sealed class LiveLimitsTests
{
    [TestMethod]
    public void Weights_are_scanned_at_the_first_steps_and_then_now_and_again()
    {
        var guarded = ClosedFits.Text(new StandInOptions { MaxEpoch = 7 });
        guarded.Fit(Letters.Draw(56).ToClasses());
        var signals = guarded.LastRun!.Signals;
        Assert.HasCount(49, signals);
        foreach (var signal in signals)
        {
            Assert.AreEqual(signal.Step < LiveLimits.FirstSteps || signal.Step % LiveLimits.StepsPerScan == 0, signal.ParameterNorm is not null, $"step {signal.Step}");
            Assert.IsNotNull(signal.GradientNorm, "Gradients are looked at in every step.");
        }
    }
}
