using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class ConsoleTrainingProgressTests
{
    private static readonly TrainingProgress Early = new(20, 0, 1.23456, 3.21, 0.001, 0, 0) { StepInEpoch = 20 };

    private static readonly TrainingProgress Late = new(1250, 2, 0.456, double.NaN, 0.0001, 2, 1) { StepInEpoch = 250, StepsPerEpoch = 500, ValidationLoss = 0.5, ValidationAccuracy = 0.8125 };

    [TestMethod]
    public void AnInteractiveConsole_GetsOneLine_RewrittenInPlace()
    {
        var to = new StringWriter();
        using (var progress = new ConsoleTrainingProgress(to, rewrite: true))
        {
            progress.Report(Late);
            progress.Report(Early);
        }

        var late = "epoch 2  [==========..........] 250/500  step 1,250  loss 0.456  rate 1e-4  validation 0.5, 81.25 %  2 findings  1 action";
        var early = "epoch 0  step 20  loss 1.23  gradient 3.21  rate 0.001";
        Assert.AreEqual("\r" + late + "\r" + early.PadRight(late.Length) + Environment.NewLine, to.ToString());
    }

    [TestMethod]
    public void ALine_IsCutToTheConsole()
    {
        var to = new StringWriter();
        var width = 30;
        var progress = new ConsoleTrainingProgress(to, true, () => width);
        progress.Report(Late);
        width = 10;
        progress.Report(Early);
        Assert.AreEqual("\repoch 2  [==========.........\repoch 0  ", to.ToString());
    }

    [TestMethod]
    public void RedirectedOutput_GetsALine_AtEachEpoch_AtEachFinding_AndAtOneOfSoManyReports()
    {
        var to = new StringWriter();
        using (var progress = new ConsoleTrainingProgress(to, rewrite: false) { PlainEvery = 10 })
        {
            for (var step = 0; step < 40; step++)
                progress.Report(Early with { Step = step, Epoch = step / 20, Findings = step < 25 ? 0 : 1 });
        }

        CollectionAssert.AreEqual(new[] { 0, 10, 20, 25, 35 }, to.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l.Split("step ")[1].Split(' ')[0])).ToArray());
        Assert.IsFalse(to.ToString().Contains('\r', StringComparison.Ordinal) && !OperatingSystem.IsWindows());
    }

    [TestMethod]
    public void MoreStepsThanTheLastEpochHad_FillTheBar()
    {
        var to = new StringWriter();
        new ConsoleTrainingProgress(to, rewrite: false).Report(Late with { StepInEpoch = 700, Loss = double.NaN });
        Assert.Contains("[====================] 700/500", to.ToString());
        Assert.Contains("loss NaN", to.ToString());
    }

    [TestMethod]
    public void AWriterThatIsClosed_EndsNoTraining()
    {
        var to = new StringWriter();
        using var progress = new ConsoleTrainingProgress(to, rewrite: true);
        to.Dispose();
        progress.Report(Early);
        progress.Report(Late);
    }

    [TestMethod]
    public void ItsOptions_HaveRanges()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ConsoleTrainingProgress { PlainEvery = 0 });
        Assert.ThrowsExactly<ArgumentNullException>(() => new ConsoleTrainingProgress(null!, true));
    }
}
