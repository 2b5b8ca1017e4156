using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Internals;

[TestClass]
public sealed class TrainerHostTests
{
    private static readonly StockRows Rows = StockRows.Draw(150);

    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void A_meta_trainers_hosts_are_its_own_and_that_of_the_trainer_inside()
    {
        var inner = _ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Class);
        var hosts = TrainerHost.Of(_ml.MulticlassClassification.Trainers.OneVersusAll(inner, StockRows.Class));
        Assert.HasCount(2, hosts);
        Assert.AreSame(TrainerHost.Of(inner).Single().Environment, hosts[1].Environment);
    }

    [TestMethod]
    public void Cancel_ends_this_trainer_until_it_is_revived_and_no_other()
    {
        var trainer = _ml.BinaryClassification.Trainers.FastForest(StockRows.Positive, numberOfTrees: 3);
        var host = TrainerHost.Of(trainer).Single();
        Assert.IsTrue(host.Cancel());
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Rows.ToView()));
        Assert.IsNotNull(_ml.BinaryClassification.Trainers.FastForest(StockRows.Positive, numberOfTrees: 3).Fit(Rows.ToView()), "The context goes on.");
        host.Revive();
        Assert.IsNotNull(trainer.Fit(Rows.ToView()));
    }

    [TestMethod]
    public void A_listener_hears_messages_until_it_ends()
    {
        var host = Host();
        var heard = new List<string>();
        void Say(string text)
        {
            using var channel = host.Environment.Start("test");
            channel.Warning(MessageSensitivity.None, text);
        }

        using (host.Listen((source, message) => heard.Add($"{source} {message.Kind} {message.Message}")))
            Say("one");
        Say("two");
        var warning = heard.Single(h => h.Contains("Warning", StringComparison.Ordinal));
        Assert.EndsWith("Warning one", warning);
        Assert.Contains("test", warning);
    }

    [TestMethod]
    public void What_a_trainer_reports_now_is_read_while_its_channel_is_open()
    {
        var host = Host();
        Assert.IsNull(host.Now());
        using (var channel = host.Environment.StartProgressChannel("training"))
        {
            channel.SetHeader(new ProgressHeader(["Loss", "Other", "None"], ["iterations"]), Report);
            var now = host.Now()!;
            Assert.AreEqual(3, now.Iteration);
            CollectionAssert.AreEqual(new[] { new NamedValue("Loss", 0.5), new NamedValue("Other", 7) }, now.Metrics.ToArray());
            Assert.AreSame(this, host.ProgressTargets().Single());
            Assert.IsNull(Host().Now(), "Another trainer's channel.");
        }

        Assert.IsNull(host.Now());
        Assert.IsEmpty(host.ProgressTargets());
    }

    [TestMethod]
    public void Checkpoints_are_the_hosts_own_and_later_than_the_mark()
    {
        var (host, other) = (Host(), Host());
        using var channel = host.Environment.StartProgressChannel("training");
        using var others = other.Environment.StartProgressChannel("training");
        var header = new ProgressHeader(["Loss"], ["iterations", "rows"]);
        channel.SetHeader(header, _ => { });
        others.SetHeader(header, _ => { });
        channel.Checkpoint(9, 1, 10);
        var mark = host.Checkpoints;
        others.Checkpoint(8, 2, 10);
        channel.Checkpoint(0.5, 3, 20);
        channel.Checkpoint(null, null, 30);
        channel.Checkpoint(double.NaN, 4, 40);
        var read = host.CheckpointsSince(mark);
        CollectionAssert.AreEqual(new double?[] { 3, 4 }, read.Select(r => r.Iteration).ToArray(), "Rows alone are no iteration.");
        Assert.AreEqual(new NamedValue("Loss", 0.5), read[0].Metrics.Single());
        Assert.IsTrue(double.IsNaN(read[1].Metrics.Single().Value));
        Assert.AreEqual(8, other.CheckpointsSince(mark).Single().Metrics.Single().Value);
        Assert.IsEmpty(host.CheckpointsSince(host.Checkpoints));
    }

    private TrainerHost Host() => TrainerHost.Of(_ml.Regression.Trainers.OnlineGradientDescent()).Single();

    private void Report(IProgressEntry entry)
    {
        entry.SetProgress(0, 3);
        entry.SetMetric(0, 0.5);
        entry.SetMetric(1, 7);
    }
}
