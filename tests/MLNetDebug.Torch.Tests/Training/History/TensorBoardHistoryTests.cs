using System.Text.RegularExpressions;
using Google.Protobuf;
using MLNetDebug.Torch.Tests.Runtime;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Zoo.History;
using TorchSharp;
using static MLNetDebug.Torch.Tests.Training.History.HistoryRecordSamples;

namespace MLNetDebug.Torch.Tests.Training.History;

[TestClass]
public sealed class TensorBoardHistoryTests
{
    [TestMethod]
    public void TheFile_IsNamedAsTensorBoardLooksForIt_AndBeginsWithItsVersion()
    {
        using var folder = new TemporaryFolder();
        using var first = new TensorBoardHistory(folder["runs/a"]);
        using var second = new TensorBoardHistory(folder["runs/a"], histogramEvery: 0);
        Assert.AreNotEqual(first.Path, second.Path);
        Assert.AreEqual((100, 0), (first.HistogramEvery, second.HistogramEvery));
        StringAssert.Matches(Path.GetFileName(first.Path), new Regex($@"^events\.out\.tfevents\.\d{{10}}\.[\w.-]+\.{Environment.ProcessId}\.\d+$"));
        Assert.AreEqual(folder["runs/a"], Path.GetDirectoryName(first.Path));
        var only = BoardEvent.Read(first.Path).Single();
        Assert.AreEqual("brain.Event:2", only.Version);
        Assert.IsTrue(Math.Abs((DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds - only.WallTime) < 3600);
    }

    [TestMethod]
    public void Steps_AreScalars()
    {
        var values = Written(h => h.Add(new StepRecord
        {
            Step = 70_000_000_000,
            Loss = double.NaN,
            Terms = [KeyValuePair.Create("data", 0.5), KeyValuePair.Create("penalty", double.PositiveInfinity)],
            GradientNorm = 1.5,
            LearningRate = 0.25,
            Parameters = [new("fc1.weight", 2, 4, double.NaN), new("fc1.bias", double.NaN, 1, 0.125)],
        }));
        CollectionAssert.AreEqual(
            new (string, float?)[]
            {
                ("loss", float.NaN), ("loss/data", 0.5f), ("loss/penalty", float.PositiveInfinity), ("gradient_norm", 1.5f), ("learning_rate", 0.25f),
                ("gradient_norm/fc1.weight", 2), ("norm/fc1.weight", 4), ("norm/fc1.bias", 1), ("update_ratio/fc1.bias", 0.125f),
            },
            values.Select(v => (v.Tag, v.Scalar)).ToArray());
        Assert.IsTrue(values.All(v => v.Step == 70_000_000_000));
    }

    [TestMethod]
    public void AnEpoch_StandsAtItsLastStep_AndWhatIsNotKnownIsLeftOut()
    {
        var values = Written(h =>
        {
            h.Add(new EpochRecord { Epoch = 1, FirstStep = 100, Steps = 50, MeanLoss = 0.5, Accuracy = 0.25, Validation = new() { Loss = 1, Accuracy = 0.75, LogLoss = 2, CalibrationError = 0.125 } });
            h.Add(new EpochRecord { Epoch = 2, FirstStep = 150, Validation = new() { Accuracy = 0.5 } });
            h.Add(new EpochRecord { Epoch = 3 });
        });
        CollectionAssert.AreEqual(
            new (long, string, float?)[]
            {
                (149, "epoch/loss", 0.5f), (149, "epoch/accuracy", 0.25f), (149, "validation/loss", 1), (149, "validation/accuracy", 0.75f), (149, "validation/log_loss", 2),
                (149, "validation/calibration_error", 0.125f), (150, "validation/accuracy", 0.5f),
            },
            values.Select(v => (v.Step, v.Tag, v.Scalar)).ToArray());
    }

    [TestMethod]
    public void AnEvent_IsAText()
    {
        var value = Written(h => h.Add(new TrainingEvent(12, TrainingEventKind.RolledBack, "Back to step 10.") { RuleId = "MLD302" })).Single();
        Assert.AreEqual(new BoardEvent(12, "events/RolledBack") { WallTime = value.WallTime, Text = "MLD302: Back to step 10.", Plugin = "text" }, value);
    }

    [TestMethod]
    public void AHistogram_KeepsItsBins_AndOneWithoutARangeHasOne()
    {
        var values = Written(h => h.Add(new StepRecord
        {
            Step = 1,
            Loss = 1,
            Parameters =
            [
                new("a", 0, 0, 0) { Histogram = new(-1, 1, [1, 0, 2, 1], 0.5, 3) },
                new("constant", 0, 0, 0) { Histogram = new(3, 3, [5, 0, 0], 15, 45) },
                new("wide", 0, 0, 0) { Histogram = new(double.MinValue, double.MaxValue, [1, 1], 0, double.PositiveInfinity) },
                new("empty", 0, 0, 0) { Histogram = new(0, 0, [], 0, 0) },
                new("sick", 0, 0, 0) { Histogram = new(double.NaN, 1, [4], 0, 0) },
            ],
        })).Where(v => v.Histogram is not null).ToArray();
        CollectionAssert.AreEqual(new[] { "parameter/a", "parameter/constant", "parameter/wide" }, values.Select(v => v.Tag).ToArray());
        var histogram = values[0].Histogram!;
        CollectionAssert.AreEqual(new[] { -1.0, 1, 4, 0.5, 3 }, Enumerable.Range(1, 5).Select(histogram.Double).ToArray());
        CollectionAssert.AreEqual(new[] { (-1.0, -0.5, 1.0), (-0.5, 0, 0), (0, 0.5, 2), (0.5, 1, 1) }, values[0].Buckets.ToArray());
        CollectionAssert.AreEqual(new[] { (3.0, 3.0, 5.0) }, values[1].Buckets.ToArray());
        Assert.IsTrue(values[2].Buckets.All(b => double.IsFinite(b.Left) && b.Left <= b.Right));
    }

    [TestMethod]
    public void Scalars_AreWhatTorchSharpsOwnWriterWrites()
    {
        using var folder = new TemporaryFolder();
        var writer = torch.utils.tensorboard.SummaryWriter(folder["theirs"], createRunName: false);
        writer.add_scalar("loss", 0.3f, 7);
        writer.add_scalar("gradient_norm", float.NaN, 7);
        using (var history = new TensorBoardHistory(folder["ours"]))
            history.Add(new StepRecord { Step = 7, Loss = 0.3f });
        var (theirs, ours) = (BoardEvent.Read(Directory.GetFiles(folder["theirs"]).Single()), BoardEvent.Read(Directory.GetFiles(folder["ours"]).Single()));
        CollectionAssert.AreEqual(theirs.Select(e => e with { WallTime = 0 }).ToArray(), ours.Select(e => e with { WallTime = 0 }).ToArray());
    }

    [TestMethod]
    public void AHistogram_IsDrawnAsTorchSharpsOwn()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(3);
        // In the middle of 64 bins, so that no rounding moves a number to the next.
        long[] bins = [0, .. Enumerable.Range(0, 4094).Select(_ => (long)random.Next(5, 60)), 63];
        double[] numbers = [0, .. bins[1..^1].Select(b => (b + 0.5) / 64), 1];
        // Its writer counts in whole numbers and then reads them as doubles (0.107.0), but for limits that are given.
        var summary = torch.utils.tensorboard.Summary.histogram("parameter/w", torch.tensor(numbers), torch.linspace(0, 1, 65, dtype: torch.float64));
        var theirs = new BoardEvent(0, "parameter/w") { Histogram = new ProtoMessage(summary.Value.Single().Histo.ToByteArray()) };
        var histogram = new ParameterHistogram(0, 1, [.. Enumerable.Range(0, 64).Select(b => bins.LongCount(x => x == b))], numbers.Sum(), numbers.Sum(x => x * x));
        var ours = Written(h => h.Add(new StepRecord { Step = 7, Loss = 0, Parameters = [new("w", double.NaN, double.NaN, double.NaN) { Histogram = histogram }] }))[^1];
        Assert.AreEqual(theirs.Tag, ours.Tag);
        for (var field = 1; field <= 5; field++)
            Assert.AreEqual(theirs.Histogram.Double(field), ours.Histogram!.Double(field), 1e-9, $"field {field}");
        Assert.HasCount(theirs.Buckets.Count, ours.Buckets);
        foreach (var (a, b) in theirs.Buckets.Zip(ours.Buckets))
        {
            Assert.AreEqual(a.Left, b.Left, 1e-12);
            Assert.AreEqual(a.Right, b.Right, 1e-12);
            Assert.AreEqual(a.Count, b.Count);
        }
    }

    [TestMethod]
    public void Records_AreHandedOver_ByCount_AtAnEpoch_AtAnEvent_AtFlush()
    {
        using var folder = new TemporaryFolder();
        using var history = new TensorBoardHistory(folder.Path, flushEvery: 3);
        history.Add(Plain(0));
        history.Add(Plain(1));
        Assert.AreEqual(1, Records());
        history.Add(Plain(2));
        Assert.AreEqual(4, Records());
        history.Add(Epoch(0));
        Assert.AreEqual(5, Records());
        history.Add(Event(3));
        Assert.AreEqual(6, Records());
        history.Add(Plain(4));
        history.Flush();
        Assert.AreEqual(7, Records());

        int Records()
        {
            using var stream = new FileStream(history.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return RecordFile.Read(bytes).Records.Count;
        }
    }

    [TestMethod]
    public void WhatCannotBeOpened_IsOneSentence()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.ThrowsExactly<IOException>(() => new TensorBoardHistory(folder.Touch("file")));
        Assert.StartsWith($"The history of the training run could not be opened at '{folder["file"]}", error.Message);
        Assert.ThrowsExactly<ArgumentException>(() => new TensorBoardHistory(""));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TensorBoardHistory(folder["a"], histogramEvery: 1_000_001));
    }

    [TestMethod]
    public void Crc32C_IsThatOfTheStandard()
    {
        // RFC 3720, appendix B.4, and the check value of the catalogues of checksums.
        Assert.AreEqual(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.AreEqual(0xE3069283u, Crc32C.Of("123456789"u8));
        var random = new Random(1);
        for (var length = 0; length < 70; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.AreEqual(RecordFile.Crc32C(bytes), Crc32C.Of(bytes));
        }
    }

    private static IReadOnlyList<BoardEvent> Written(Action<TensorBoardHistory> write)
    {
        using var folder = new TemporaryFolder();
        using var history = new TensorBoardHistory(folder.Path);
        write(history);
        history.Dispose();
        return [.. BoardEvent.Read(history.Path).Skip(1)];
    }
}
