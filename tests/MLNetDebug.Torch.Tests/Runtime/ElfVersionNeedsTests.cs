using MLNetDebug.Torch.Build;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>One need is weakened, by one bit, and what is no library gives a sentence.</summary>
[TestClass]
public sealed class ElfVersionNeedsTests
{
    private static readonly byte[] Packed = File.ReadAllBytes(PackedLibrary.Cached);

    [TestMethod]
    public void Weaken_ChangesOneBit()
    {
        var weakened = Packed.ToArray();
        Assert.AreEqual(1, new ElfVersionNeeds(weakened).Weaken(PackedLibrary.Version));
        var places = Enumerable.Range(0, Packed.Length).Where(i => Packed[i] != weakened[i]).ToArray();
        Assert.HasCount(1, places);
        Assert.AreEqual(2, Packed[places[0]] ^ weakened[places[0]]);
        Assert.AreEqual(places[0], new ElfVersionNeeds(Packed).FlagsOf(PackedLibrary.Version).Single());
        Assert.AreEqual(PackedLibrary.WeakenedSha256, WeakenedCopy.Sha256(weakened));
    }

    [TestMethod]
    public void Weaken_TwiceChangesNothingMore()
    {
        var weakened = Packed.ToArray();
        new ElfVersionNeeds(weakened).Weaken(PackedLibrary.Version);
        Assert.AreEqual(0, new ElfVersionNeeds(weakened).Weaken(PackedLibrary.Version));
        Assert.AreEqual(PackedLibrary.WeakenedSha256, WeakenedCopy.Sha256(weakened));
    }

    [TestMethod]
    [DataRow("GLIBCXX_3.4.3")]
    [DataRow("GLIBCXX_3.4.320")]
    [DataRow("GLIBCXX_9")]
    public void Weaken_LeavesAloneWhatIsNotNeeded(string version) => Assert.AreEqual(0, new ElfVersionNeeds(Packed.ToArray()).Weaken(version));

    [TestMethod]
    public void OtherFiles_AreRefused()
    {
        foreach (var content in new byte[][] { [], [0x7f, (byte)'E', (byte)'L', (byte)'F'], new byte[100], [.. "MZ"u8, .. new byte[100]] })
            Assert.ThrowsExactly<InvalidDataException>(() => new ElfVersionNeeds(content).Weaken("GLIBCXX_3.4.32"));
        var of32Bits = Packed.ToArray();
        of32Bits[4] = 1;
        Assert.ThrowsExactly<InvalidDataException>(() => new ElfVersionNeeds(of32Bits));
    }

    [TestMethod]
    public void TruncatedFiles_GiveASentence()
    {
        var random = new Random(1);
        var refused = 0;
        foreach (var length in Enumerable.Range(0, 130).Concat(Enumerable.Range(0, 200).Select(_ => random.Next(Packed.Length))))
            refused += IsSentence(Packed[..length]) ? 1 : 0;
        Assert.IsGreaterThan(250, refused);
    }

    [TestMethod]
    public void BrokenFiles_GiveASentenceOrAnAnswer()
    {
        // Broken where the tables stand: the header, the program headers, the dynamic section and the needs themselves.
        var random = new Random(2);
        var flags = (int)new ElfVersionNeeds(Packed).FlagsOf(PackedLibrary.Version).Single();
        var dynamic = DynamicSection();
        var refused = 0;
        for (var i = 0; i < 3000; i++)
        {
            var (start, length) = (i % 4) switch { 0 => (16, 48), 1 => (64, 600), 2 => (dynamic, 600), _ => (flags - 600, 700) };
            var undone = new List<(int Place, byte Was)>();
            for (var k = random.Next(1, 5); k > 0; k--)
            {
                var place = start + random.Next(length);
                undone.Add((place, Packed[place]));
                Packed[place] = random.Next(3) switch { 0 => 0xff, 1 => 0, _ => (byte)random.Next(256) };
            }

            refused += IsSentence(Packed) ? 1 : 0;
            foreach (var (place, was) in Enumerable.Reverse(undone))
                Packed[place] = was;
        }

        Assert.IsGreaterThan(300, refused);
        Assert.AreEqual(PackedLibrary.PackedSha256, WeakenedCopy.Sha256(Packed));
    }

    private static int DynamicSection()
    {
        for (var header = (int)BitConverter.ToInt64(Packed, 32); ; header += 56)
        {
            if (BitConverter.ToUInt32(Packed, header) == 2)
                return (int)BitConverter.ToInt64(Packed, header + 8);
        }
    }

    /// <summary>Whether the file is refused; another exception than the one for it fails the test.</summary>
    private static bool IsSentence(byte[] content)
    {
        try
        {
            new ElfVersionNeeds(content).FlagsOf(PackedLibrary.Version);
            return false;
        }
        catch (InvalidDataException refusal)
        {
            Assert.EndsWith(".", refusal.Message);
            return true;
        }
    }
}
