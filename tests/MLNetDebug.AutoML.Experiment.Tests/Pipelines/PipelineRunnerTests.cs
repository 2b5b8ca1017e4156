using Microsoft.ML;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class PipelineRunnerTests
{
    [TestMethod]
    public void AMissingPipeline_IsSaidBeforeTheFirstTrial()
    {
        var ml = new MLContext(1);
        var run = new ExperimentRun(new FakeServices(ml, new FakeFolds(Rows.Draw(ml, 9, 1), 3), new FakeMetric("RSquared", isMaximize: true)));
        var e = Assert.ThrowsExactly<InvalidOperationException>(() => new PipelineRunner(run));
        Assert.Contains("no pipeline: call SetPipeline before UseGuard", e.Message);
    }
}
