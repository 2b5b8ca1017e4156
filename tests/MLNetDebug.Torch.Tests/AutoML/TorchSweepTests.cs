using Microsoft.ML;
using MLNetDebug.AutoML;
using MLNetDebug.Torch.AutoML;
using MLNetDebug.Torch.Tests.Trainers;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class TorchSweepTests
{
    [TestMethod]
    public void Metric_ThatNoNetworkHasIsASentence()
    {
        StringAssert.Contains(Message(new SweepMetric("f1", true)), "not by 'f1'");
        StringAssert.Contains(Message(new SweepMetric("accuracy", false)), "better where it is higher");
        StringAssert.Contains(Message(new SweepMetric("loss", true)), "better where it is lower");
        var regression = Tables.ML.Regression.Trainers.Torch(TrialRun.Mlp);
        StringAssert.Contains(
            Assert.Throws<ArgumentException>(() => new TorchSweep(regression, Tables.Numbers(), Tables.Numbers(), null, new SweepOptions { Metric = SweepMetric.Accuracy })).Message, "A regression has no accuracy");
    }

    [TestMethod]
    public void Rows_ThatDoNotFitAreASentence()
    {
        var options = new SweepOptions { Metric = SweepMetric.Accuracy };
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => new TorchSweep(TrialRun.Multiclass(), Tables.Two(), Tables.Classes(), null, options)).Message, "several classes are a key");
        var few = Tables.Keyed(Tables.Draw(50, 1).Where(r => r.Class < 2));
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => new TorchSweep(TrialRun.Multiclass(), Tables.Classes(), Tables.Classes(), few, options)).Message, "2 classes in the test data and 3 in the training data");
    }

    [TestMethod]
    public void History_OfATemplateIsRefused()
    {
        using var history = new JsonLinesHistory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        var template = TrialRun.Multiclass(new() { Guard = new() { History = [history] } });
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => new TorchSweep(template, Tables.Classes(), Tables.Classes(), null, new SweepOptions { Metric = SweepMetric.Loss })).Message, "history");
    }

    private static string Message(SweepMetric metric) =>
        Assert.Throws<ArgumentException>(() => new TorchSweep(TrialRun.Multiclass(), Tables.Classes(), Tables.Classes(), null, new SweepOptions { Metric = metric })).Message;
}
