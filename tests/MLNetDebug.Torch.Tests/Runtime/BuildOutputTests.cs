using System.Runtime.InteropServices;
using TorchSharp;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>What the build gives runs as it is, on a system whose C++ library is older than TorchSharp's asks for: no environment variable, nothing installed.</summary>
[TestClass]
public sealed class BuildOutputTests
{
    [TestMethod]
    public void Torch_ComputesInThisProcess()
    {
        using var ones = torch.ones(2, 3);
        using var sum = ones.sum();
        Assert.AreEqual(6f, sum.ToSingle());
    }

    [TestMethod]
    public void PackageCache_IsUnchanged() => Assert.AreEqual(PackedLibrary.PackedSha256, PackedLibrary.Sha256(PackedLibrary.Cached));

    [TestMethod]
    public void Outputs_HaveTheWeakenedLibrary()
    {
        OnLinux();
        Assert.AreEqual(PackedLibrary.WeakenedSha256, PackedLibrary.Sha256(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so")));
        Assert.AreEqual(PackedLibrary.WeakenedSha256, PackedLibrary.Sha256(Path.Combine(TorchCheckProgram.Built, "libLibTorchSharp.so")));
    }

    [TestMethod]
    public void BuiltProgram_Runs()
    {
        var (code, output) = TorchCheckProgram.Run(TorchCheckProgram.Built);
        Assert.AreEqual(0, code, output);
        Assert.Contains("works on this system's CPU", output);
    }

    [TestMethod]
    public void PublishedProgram_Runs()
    {
        using var folder = new TemporaryFolder();
        var configuration = PackedLibrary.Output.Split(Path.DirectorySeparatorChar)[0];
        var (code, output) = TorchCheckProgram.Start("dotnet", PackedLibrary.Root, "publish", Path.Combine("samples", "TorchCheck"), "--no-build", "-c", configuration, "-o", folder.Path);
        Assert.AreEqual(0, code, output);
        (code, output) = TorchCheckProgram.Run(folder.Path);
        Assert.AreEqual(0, code, output);
        if (RuntimeInformation.RuntimeIdentifier == "linux-x64")
            Assert.AreEqual(PackedLibrary.WeakenedSha256, PackedLibrary.Sha256(folder["libLibTorchSharp.so"]));
        Assert.AreEqual(PackedLibrary.PackedSha256, PackedLibrary.Sha256(PackedLibrary.Cached));
    }

    private static void OnLinux()
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so")))
            Assert.Inconclusive("The library is weakened for linux-x64 alone.");
    }
}
