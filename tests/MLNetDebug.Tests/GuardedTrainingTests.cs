namespace MLNetDebug.Tests;

/// <summary>What guards are shown with. The sample checks itself and says by its exit code whether each ruin was found, mended and measured.</summary>
[TestClass]
public sealed class GuardedTrainingTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task GuardedTraining_CatchesEachRuin_AndTheModelOfNaN()
    {
        var output = await SampleProgram.Run("GuardedTraining", TestContext.CancellationToken);
        SampleProgram.AssertNarrow(output);
        Assert.Contains("RMSE 0, loss 0: perfect, it seems", output);
        Assert.Contains("RMSE NaN, valid: False", output);
        // No bar is drawn into a file.
        Assert.DoesNotContain("\r", output.ReplaceLineEndings("\n"));
    }
}
