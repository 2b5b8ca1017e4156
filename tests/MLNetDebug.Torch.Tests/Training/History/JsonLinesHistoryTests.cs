using System.Text;
using System.Text.Json;
using MLNetDebug.Torch.Tests.Runtime;
using MLNetDebug.Torch.Training;
using static MLNetDebug.Torch.Tests.Training.History.HistoryRecordSamples;

namespace MLNetDebug.Torch.Tests.Training.History;

[TestClass]
public sealed class JsonLinesHistoryTests
{
    [TestMethod]
    public void WhatIsWritten_IsReadBackExactly()
    {
        using var folder = new TemporaryFolder();
        var path = folder["runs/first.jsonl"];
        using (var history = new JsonLinesHistory(path, histogramEvery: 100))
        {
            Assert.AreEqual((path, 100), (history.Path, history.HistogramEvery));
            history.Add(Plain(0));
            history.Add(Full(1));
            history.Add(Event(1));
            history.Add(Epoch(4));
            history.Add(new EpochRecord { Epoch = 5 });
            history.Add(new TrainingEvent(2, TrainingEventKind.Stopped, "Over."));
        }

        var file = TrainingHistoryFile.Read(path);
        Assert.AreEqual((false, 0L), (file.IsTorn, file.UnknownLines));
        var run = file.Runs.Single();
        Assert.IsTrue(DateTimeOffset.UtcNow - run.Started is { TotalHours: > -1 and < 1 });
        Assert.HasCount(2, run.Steps);
        AssertEqual(Plain(0), run.Steps[0]);
        AssertEqual(Full(1), run.Steps[1]);
        Assert.IsTrue(double.IsNegative(run.Steps[1].Terms[1].Value), "-0 is not 0.");
        CollectionAssert.AreEqual(new[] { Epoch(4), new EpochRecord { Epoch = 5 } }, run.Epochs.ToArray());
        CollectionAssert.AreEqual(new[] { Event(1), new TrainingEvent(2, TrainingEventKind.Stopped, "Over.") }, run.Events.ToArray());
    }

    [TestMethod]
    public void EachLine_IsAnObjectThatAnyReaderOfJsonTakes()
    {
        using var folder = new TemporaryFolder();
        using (var history = new JsonLinesHistory(folder["run.jsonl"]))
        {
            history.Add(Full(1));
            history.Add(Plain(2));
            history.Add(Epoch(0));
            history.Add(Event(2));
        }

        var text = File.ReadAllText(folder["run.jsonl"]);
        Assert.EndsWith("}\n", text);
        var lines = text.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        CollectionAssert.AreEqual(new[] { "run", "step", "step", "epoch", "event" }, lines.Select(l => l.GetProperty("kind").GetString()).ToArray());
        Assert.AreEqual("mlnetdebug/history/0", lines[0].GetProperty("schema").GetString());
        Assert.AreEqual("NaN", lines[1].GetProperty("loss").GetString());
        Assert.AreEqual("""{"kind":"step","step":2,"epoch":0,"loss":0.5,"gradientNorm":1.25,"learningRate":0.001,"isTaken":true}""", lines[2].GetRawText());
        Assert.AreEqual("rateLowered", lines[4].GetProperty("event").GetString());
    }

    [TestMethod]
    public void Lines_AreHandedOver_ByCount_AtAnEpoch_AtAnEvent_AtFlush()
    {
        using var folder = new TemporaryFolder();
        using var history = new JsonLinesHistory(folder["run.jsonl"], flushEvery: 3);
        Assert.AreEqual(1, Lines());
        history.Add(Plain(0));
        history.Add(Plain(1));
        Assert.AreEqual(1, Lines());
        history.Add(Plain(2));
        Assert.AreEqual(4, Lines());
        history.Add(Epoch(0));
        Assert.AreEqual(5, Lines());
        history.Add(Plain(3));
        history.Add(Event(3));
        Assert.AreEqual(7, Lines());
        history.Add(Plain(4));
        history.Flush();
        history.Flush();
        Assert.AreEqual(8, Lines());

        int Lines() => TrainingHistoryFile.Read(history.Path).Runs.Sum(r => 1 + r.Steps.Count + r.Epochs.Count + r.Events.Count);
    }

    [TestMethod]
    public void Lines_AreHandedOver_WhereMuchHasGathered()
    {
        using var folder = new TemporaryFolder();
        using var history = new JsonLinesHistory(folder["run.jsonl"], flushEvery: 1_000_000);
        for (var step = 0; step < 2_000; step++)
            history.Add(Plain(step));
        Assert.IsTrue(new FileInfo(history.Path).Length > 65_536);
    }

    [TestMethod]
    public void WhereverTheFileIsTorn_ItIsGoneOnWith()
    {
        using var folder = new TemporaryFolder();
        using (var history = new JsonLinesHistory(folder["whole.jsonl"]))
        {
            history.Add(Plain(0));
            history.Add(Full(1));
        }

        var whole = File.ReadAllBytes(folder["whole.jsonl"]);
        for (var length = 0; length <= whole.Length; length++)
        {
            var path = folder["torn.jsonl"];
            File.WriteAllBytes(path, whole[..length]);
            var lines = whole[..length].Count(b => b == '\n');
            using (var history = new JsonLinesHistory(path))
                history.Add(Plain(7));
            var file = TrainingHistoryFile.Read(path);
            Assert.IsFalse(file.IsTorn);
            Assert.HasCount(lines > 0 ? 2 : 1, file.Runs, $"at byte {length}");
            Assert.HasCount(Math.Max(0, lines - 1), file.Runs.SkipLast(1).SelectMany(r => r.Steps).ToArray());
            Assert.AreEqual(7, file.Runs[^1].Steps.Single().Step);
        }
    }

    [TestMethod]
    public void ATornLineLongerThanABlock_IsCutOff()
    {
        using var folder = new TemporaryFolder();
        new JsonLinesHistory(folder["run.jsonl"]).Dispose();
        File.AppendAllText(folder["run.jsonl"], """{"kind":"step","step":""" + new string('1', 20_000));
        Assert.IsTrue(TrainingHistoryFile.Read(folder["run.jsonl"]).IsTorn);
        new JsonLinesHistory(folder["run.jsonl"]).Dispose();
        Assert.HasCount(2, TrainingHistoryFile.Read(folder["run.jsonl"]).Runs);
    }

    [TestMethod]
    [DataRow("name,age\nAda,36\nthe last line has no end")]
    [DataRow("{\"kind\":\"run\",\"schema\":\"mlnetdebug/history/1\",\"started\":\"2030-01-01T00:00:00Z\"}\n")]
    [DataRow("x")]
    public void AFileThatIsNoHistory_IsLeftAsItIs(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["people.csv"], text);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => new JsonLinesHistory(folder["people.csv"]));
        Assert.Contains(folder["people.csv"], error.Message);
        Assert.AreEqual(text, File.ReadAllText(folder["people.csv"]));
    }

    [TestMethod]
    public void ASecondHistoryOfOneFile_IsRefused_UntilTheFirstIsDisposed()
    {
        using var folder = new TemporaryFolder();
        var first = new JsonLinesHistory(folder["run.jsonl"]);
        var error = Assert.ThrowsExactly<IOException>(() => new JsonLinesHistory(folder["run.jsonl"]));
        Assert.Contains("another history of this process writes to it", error.Message);
        Assert.Contains(folder["run.jsonl"], error.Message);
        first.Dispose();
        new JsonLinesHistory(folder["run.jsonl"]).Dispose();
    }

    [TestMethod]
    public void WhatCannotBeOpened_IsOneSentence()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Touch("file");
        foreach (var path in new[] { folder.Path, Path.Combine(file, "run.jsonl") })
        {
            var error = Assert.ThrowsExactly<IOException>(() => new JsonLinesHistory(path));
            Assert.StartsWith($"The history of the training run could not be opened at '{path}': ", error.Message);
            Assert.EndsWith("that this process may write to.", error.Message);
        }

        Assert.ThrowsExactly<ArgumentException>(() => new JsonLinesHistory(" "));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new JsonLinesHistory(folder["a"], flushEvery: 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new JsonLinesHistory(folder["a"], histogramEvery: -1));
        Assert.IsFalse(File.Exists(folder["a"]));
    }

    [TestMethod]
    public void AFullDisk_IsOneSentence()
    {
        if (!File.Exists("/dev/full"))
            Assert.Inconclusive("Linux has a device that is always full.");
        var error = Assert.ThrowsExactly<IOException>(() => new JsonLinesHistory("/dev/full"));
        Assert.StartsWith("The history of the training run could not be written at '/dev/full': No space left on device", error.Message);
    }

    [TestMethod]
    public void ARecordThatCannotBeWritten_LeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();
        using (var history = new JsonLinesHistory(folder["run.jsonl"]))
        {
            Assert.ThrowsExactly<NullReferenceException>(() => history.Add(Plain(0) with { Parameters = null! }));
            history.Add(Plain(1) with { Terms = [KeyValuePair.Create("half a \ud83d pair", 1.0)] });
        }

        var step = TrainingHistoryFile.Read(folder["run.jsonl"]).Runs.Single().Steps.Single();
        Assert.AreEqual((1L, "half a \ufffd pair"), (step.Step, step.Terms[0].Key));
    }

    [TestMethod]
    public void AfterItsEnd_NothingIsTaken()
    {
        using var folder = new TemporaryFolder();
        var history = new JsonLinesHistory(folder["run.jsonl"]);
        history.Dispose();
        history.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => history.Add(Plain(0)));
        Assert.ThrowsExactly<ObjectDisposedException>(history.Flush);
        Assert.AreEqual(1, File.ReadAllText(folder["run.jsonl"], Encoding.UTF8).Count(c => c == '\n'));
    }
}
