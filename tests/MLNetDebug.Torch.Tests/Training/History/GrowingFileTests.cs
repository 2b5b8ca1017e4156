using MLNetDebug.Torch.Tests.Runtime;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.History;

[TestClass]
public sealed class GrowingFileTests
{
    [TestMethod]
    public void Pieces_StandBehindWhatWasThere()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], "before ");
        using (var file = GrowingFile.Open(folder["a"], FileMode.OpenOrCreate, 2))
        {
            file.Add("one "u8);
            Assert.AreEqual("before ", File.ReadAllText(folder["a"]));
            file.Add("two "u8);
            Assert.AreEqual("before one two ", File.ReadAllText(folder["a"]));
            file.Add("three"u8);
        }

        Assert.AreEqual("before one two three", File.ReadAllText(folder["a"]));
    }

    [TestMethod]
    public void APieceOfAnyLength_IsWrittenWhole()
    {
        using var folder = new TemporaryFolder();
        var pieces = new[] { 1, 70_000, 5, 3_000_000, 0, 17 }.Select((n, i) => Enumerable.Repeat((byte)('a' + i), n).ToArray()).ToArray();
        using (var file = GrowingFile.Open(folder["a"], FileMode.CreateNew, 1000))
        {
            foreach (var piece in pieces)
                file.Add(piece);
        }

        CollectionAssert.AreEqual(pieces.SelectMany(p => p).ToArray(), File.ReadAllBytes(folder["a"]));
    }

    [TestMethod]
    public void AfterAFailure_TheSameSentenceIsGivenAgain_AndTheFileIsClosedSilently()
    {
        if (!File.Exists("/dev/full"))
            Assert.Inconclusive("Linux has a device that is always full.");
        var file = GrowingFile.Open("/dev/full", FileMode.OpenOrCreate, 2);
        file.Add("one"u8);
        var first = Assert.ThrowsExactly<IOException>(() => file.Add("two"u8));
        Assert.Contains("could not be written at '/dev/full'", first.Message);
        Assert.AreEqual(first.Message, Assert.ThrowsExactly<IOException>(() => file.Add("three"u8)).Message);
        Assert.AreEqual(first.Message, Assert.ThrowsExactly<IOException>(file.Flush).Message);
        file.Dispose();
        GrowingFile.Open("/dev/full", FileMode.OpenOrCreate, 2).Dispose();
    }

    [TestMethod]
    public void AFullDiskAtTheEnd_IsSaid_AndTheFileIsClosed()
    {
        if (!File.Exists("/dev/full"))
            Assert.Inconclusive("Linux has a device that is always full.");
        var file = GrowingFile.Open("/dev/full", FileMode.OpenOrCreate, 2);
        file.Add("one"u8);
        Assert.ThrowsExactly<IOException>(file.Dispose);
        file.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(file.Flush);
    }

    [TestMethod]
    public void WhatAPreparationRefuses_LeavesTheFileFree()
    {
        using var folder = new TemporaryFolder();
        Assert.ThrowsExactly<InvalidDataException>(() => GrowingFile.Open(folder["a"], FileMode.OpenOrCreate, 1, _ => throw new InvalidDataException("no")));
        GrowingFile.Open(folder["a"], FileMode.OpenOrCreate, 1).Dispose();
    }
}
