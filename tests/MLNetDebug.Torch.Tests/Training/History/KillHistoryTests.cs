using MLNetDebug.Torch.Tests.Runtime;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Zoo.History;

namespace MLNetDebug.Torch.Tests.Training.History;

[TestClass]
public sealed class KillHistoryTests
{
    [TestMethod]
    public void AKilledProgram_LeavesFilesInWhichTheLastPieceAtMostIsUnreadable()
    {
        var rows = KillHistoryCommand.Rows(2, 11).ToDictionary(r => r.Name);
        Assert.IsTrue(rows["4.history"] is { N: 2, Value: 0, Op: "==", Bar: 0 });
        Assert.IsTrue(rows["4.history-pieces"].Value > 0, "Something was written before the kills.");
    }

    [TestMethod]
    public void AFileThatAnotherProcessWritesTo_IsRefused_UntilThatIsGone()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("Windows answers by the file's sharing, in words of its own; other systems do not lock.");
        using var folder = new TemporaryFolder();
        using var child = HistoryWriter.Start(folder.Path, 1);
        Assert.AreEqual(HistoryWriter.Ready, child.StandardOutput.ReadLine());
        var error = Assert.ThrowsExactly<IOException>(() => new JsonLinesHistory(folder[HistoryWriter.JsonLines]));
        child.Kill();
        child.WaitForExit();
        Assert.Contains("another process writes to it", error.Message);
        new JsonLinesHistory(folder[HistoryWriter.JsonLines]).Dispose();
        Assert.HasCount(2, TrainingHistoryFile.Read(folder[HistoryWriter.JsonLines]).Runs);
    }

    [TestMethod]
    public void AWrongLineInTheMiddle_IsSeen()
    {
        using var folder = new TemporaryFolder();
        new JsonLinesHistory(folder[HistoryWriter.JsonLines]).Dispose();
        Assert.IsNull(KilledFile.Read(folder[HistoryWriter.JsonLines]).Wrong);
        File.AppendAllText(folder[HistoryWriter.JsonLines], "{\"kind\":\"st\n");
        Assert.StartsWith("line 2: ", KilledFile.Read(folder[HistoryWriter.JsonLines]).Wrong);
        File.WriteAllText(folder[HistoryWriter.JsonLines], File.ReadAllText(folder[HistoryWriter.JsonLines]).TrimEnd('\n'));
        Assert.IsTrue(KilledFile.Read(folder[HistoryWriter.JsonLines]) is { Wrong: null, IsTorn: true, Pieces: 1 });
    }

    [TestMethod]
    public void AWrongRecordInTheMiddle_IsSeen_AndATornOneAtTheEndIsNone()
    {
        using var folder = new TemporaryFolder();
        string path;
        using (var history = new TensorBoardHistory(folder.Path))
        {
            path = history.Path;
            for (var step = 0; step < 3; step++)
                history.Add(HistoryRecordSamples.Plain(step));
        }

        var whole = File.ReadAllBytes(path);
        Assert.IsTrue(KilledFile.Read(path) is { Wrong: null, IsTorn: false, Pieces: 4 });
        for (var at = 0; at < whole.Length; at++)
        {
            File.WriteAllBytes(path, whole[..at]);
            Assert.IsNull(KilledFile.Read(path).Wrong);
            var flipped = (byte[])whole.Clone();
            flipped[at] ^= 4;
            File.WriteAllBytes(path, flipped);
            Assert.IsTrue(KilledFile.Read(path) is { Wrong: not null } or { IsTorn: true, Pieces: 3 }, $"at byte {at}");
        }
    }
}
