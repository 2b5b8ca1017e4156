using MLNetDebug.Torch.Runtime;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>The check in programs of their own, where loading truly fails.</summary>
[TestClass]
public sealed class TorchRuntimeProcessTests
{
    [TestMethod]
    public void Check_HereIsUsable()
    {
        var status = TorchRuntime.Check();
        Assert.IsTrue(status.IsUsable, status.ToString());
        Assert.AreEqual((TorchRuntimeCause.None, "cpu"), (status.Cause, status.Backend));
        Assert.IsNotNull(status.NativePath);
        Assert.IsNull(status.LoaderError);
        Assert.AreEqual(typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(2), string.Join('.', status.TorchSharpVersion.Split('.').Take(2)));
        Assert.IsTrue(TorchSystem.Current().PartnerVersion.StartsWith(status.LibTorchVersion!, StringComparison.Ordinal));
    }

    [TestMethod]
    public void Check_WithThePackedLibrary_NamesTheCppLibrary()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("The packed library of linux-x64 is at fault.");
        using var folder = new TemporaryFolder();
        TorchCheckProgram.LinkInto(folder, f => f == "libLibTorchSharp.so");
        File.Copy(PackedLibrary.Cached, folder["libLibTorchSharp.so"]);
        var (code, output) = TorchCheckProgram.Run(folder.Path);
        if (code == 0)
            Assert.Inconclusive("This system's C++ library has what the packed library asks for.");
        Assert.AreEqual(1, code, output);
        Assert.Contains("libLibTorchSharp.so asks for GLIBCXX_3.4.32, and this system's C++ library ends with GLIBCXX_3.4.", output);
        Assert.Contains("<MLNetDebugWeakenGlibcxx>true</MLNetDebugWeakenGlibcxx>", output);
        Assert.Contains("version `GLIBCXX_3.4.32' not found (required by", output);
        Assert.IsFalse(Directory.Exists(folder["cpu"]), "TorchSharp's initialiser ran and copied libtorch.");
    }

    [TestMethod]
    public void Check_WithoutLibtorch_NamesThePackage()
    {
        using var folder = new TemporaryFolder();
        TorchCheckProgram.LinkInto(folder, f => f.Contains("torch_cpu", StringComparison.Ordinal) || f.EndsWith(".deps.json", StringComparison.Ordinal));
        var (code, output) = TorchCheckProgram.Run(folder.Path);
        Assert.AreEqual(1, code, output);
        Assert.Contains("is not in the application's folder: TorchSharp", output);
        Assert.Contains("<PackageReference Include=\"TorchSharp-cpu\" Version=\"", output);
        Assert.IsFalse(Directory.Exists(folder["cpu"]), "TorchSharp's initialiser ran and copied libtorch.");
    }

    [TestMethod]
    public void Check_ForCudaWithTheCpuPackage_SaysSo()
    {
        var (code, output) = TorchCheckProgram.Run(TorchCheckProgram.Built, "--cuda");
        if (code == 0)
            Assert.Inconclusive("This system has CUDA.");
        Assert.AreEqual(1, code, output);
        Assert.Contains("CUDA was asked for", output);
    }
}
