using CsCheck;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class ProfileFileTests
{
    private static readonly DataDeclaration Declaration = new()
    {
        Label = "Label",
        Time = "Date",
        Task = LearningTask.MulticlassClassification,
        BatchSize = 16,
        Assumptions = ["one"],
        Trainer = new TrainerTraits("T", TrainerFamily.Trees, false),
    };

    [TestMethod]
    public void SavedProfile_LoadsAsItWas()
    {
        var profile = Make(700);
        using var stream = new MemoryStream(Saved(profile));
        var loaded = DataProfile.Load(stream);

        ProfileAssert.AreEqual(profile, loaded, 0);
        Assert.AreEqual(profile.Name, loaded.Name);
        Assert.AreEqual(profile.Declaration.Trainer, loaded.Declaration.Trainer);
        Assert.AreEqual(profile.Declaration.BatchSize, loaded.Declaration.BatchSize);
        CollectionAssert.AreEqual(profile.Declaration.Assumptions.ToArray(), loaded.Declaration.Assumptions.ToArray());
        Assert.AreEqual("a", loaded.Label!.Classes.Select(c => c.Text).Order().First());
    }

    [TestMethod]
    public void DamagedFile_GivesOneClearException()
    {
        var bytes = Saved(Make(300));
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, 3]).Sample(
            (place, value, how) =>
            {
                byte[] damaged = how switch
                {
                    0 => [.. bytes[..place]],
                    1 => [.. bytes[..place], .. bytes[Math.Min(bytes.Length, place + 1 + value)..]],
                    _ => [.. bytes[..place], (byte)(bytes[place] ^ (value | 1)), .. bytes[(place + 1)..]],
                };
                Assert.ThrowsExactly<InvalidDataException>(() => DataProfile.Load(new MemoryStream(damaged)));
            },
            iter: 1500);
    }

    [TestMethod]
    public void HostilePayload_WithAFittingChecksum_GivesOneClearException()
    {
        var bytes = Saved(Make(60));
        const int Header = 8 + sizeof(int) + sizeof(long);
        Gen.Select(Gen.Int[Header, bytes.Length - sizeof(ulong) - 1], Gen.Byte).Sample(
            (place, value) =>
            {
                var hostile = bytes.ToArray();
                hostile[place] ^= (byte)(value | 1);
                var hash = System.IO.Hashing.XxHash3.HashToUInt64(hostile.AsSpan(Header..^sizeof(ulong)));
                BitConverter.TryWriteBytes(hostile.AsSpan(^sizeof(ulong)..), hash);
                try
                {
                    // A changed number may still be a profile; anything else is refused in one way.
                    DataProfile.Load(new MemoryStream(hostile));
                }
                catch (InvalidDataException e)
                {
                    Assert.Contains("saved profile", e.Message);
                }
            },
            iter: 1500);
    }

    [TestMethod]
    public void StreamOfSomethingElse_IsRefused()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => DataProfile.Load(new MemoryStream("a,b,c\n1,2,3\n"u8.ToArray())));
        Assert.Contains("MLNDPROF", error.Message);
    }

    [TestMethod]
    public void StreamsPosition_StandsAfterTheProfile()
    {
        using var stream = new MemoryStream();
        Make(30).Save(stream);
        Make(40).Save(stream);
        stream.Position = 0;
        Assert.AreEqual(30, DataProfile.Load(stream).RowCount);
        Assert.AreEqual(40, DataProfile.Load(stream).RowCount);
    }

    private static DataProfile Make(int rows) => new DataProfiler().Profile(MixedRows.View(MixedRows.Make(rows, 7)), Declaration, "my data");

    private static byte[] Saved(DataProfile profile)
    {
        using var stream = new MemoryStream();
        profile.Save(stream);
        return stream.ToArray();
    }
}
