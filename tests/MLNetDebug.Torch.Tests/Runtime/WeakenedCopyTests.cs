using System.Runtime.InteropServices;
using MLNetDebug.Torch.Build;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>A copy is replaced, and what it was linked to stays as it is.</summary>
[TestClass]
public sealed class WeakenedCopyTests
{
    [TestMethod]
    public void Make_BreaksAHardLink()
    {
        using var folder = new TemporaryFolder();
        var original = Original(folder);
        Link(original, folder["linked.so"]);
        Assert.IsTrue(Make(folder["linked.so"]));
        Assert.AreEqual(PackedLibrary.PackedSha256, PackedLibrary.Sha256(original));
        Assert.AreEqual(PackedLibrary.WeakenedSha256, PackedLibrary.Sha256(folder["linked.so"]));
    }

    [TestMethod]
    public void Make_ReplacesASymbolicLinkByAFile()
    {
        using var folder = new TemporaryFolder();
        var original = Original(folder);
        File.CreateSymbolicLink(folder["linked.so"], original);
        Assert.IsTrue(Make(folder["linked.so"]));
        Assert.IsNull(new FileInfo(folder["linked.so"]).LinkTarget);
        Assert.AreEqual(PackedLibrary.PackedSha256, PackedLibrary.Sha256(original));
        Assert.AreEqual(PackedLibrary.WeakenedSha256, PackedLibrary.Sha256(folder["linked.so"]));
    }

    [TestMethod]
    public void Make_KeepsTimeSizeAndMode_SoThatTheBuildDoesNotCopyAgain()
    {
        using var folder = new TemporaryFolder();
        var file = new FileInfo(Original(folder));
        var (time, size, mode) = (file.LastWriteTimeUtc, file.Length, OperatingSystem.IsWindows() ? default : file.UnixFileMode);
        Assert.IsTrue(Make(file.FullName));
        file.Refresh();
        Assert.AreEqual((time, size, mode), (file.LastWriteTimeUtc, file.Length, OperatingSystem.IsWindows() ? default : file.UnixFileMode));
        Assert.HasCount(1, Directory.GetFiles(folder.Path), "Nothing is left beside it.");
    }

    [TestMethod]
    public void Make_LeavesAnyOtherFileAlone()
    {
        using var folder = new TemporaryFolder();
        var file = Original(folder);
        Assert.IsTrue(Make(file));
        Assert.IsFalse(Make(file), "The weakened one is another file.");
        Assert.AreEqual(PackedLibrary.WeakenedSha256, PackedLibrary.Sha256(file));
        File.WriteAllText(file, "something else");
        Assert.IsFalse(Make(file));
        Assert.AreEqual("something else", File.ReadAllText(file));
    }

    private static bool Make(string file) => WeakenedCopy.Make(file, PackedLibrary.Version, PackedLibrary.PackedSha256);

    private static string Original(TemporaryFolder folder)
    {
        File.Copy(PackedLibrary.Cached, folder["original.so"]);
        File.SetLastWriteTimeUtc(folder["original.so"], new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        return folder["original.so"];
    }

    private static void Link(string from, string to) => Assert.IsTrue(OperatingSystem.IsWindows() ? CreateHardLink(to, from, 0) : LinkUnix(from, to) == 0, "No hard link could be made.");

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi)]
    private static extern int LinkUnix(string from, string to);

    [DllImport("kernel32", EntryPoint = "CreateHardLinkW", CharSet = CharSet.Unicode)]
    private static extern bool CreateHardLink(string link, string target, nint security);
}
