using MLNetDebug.Torch.Runtime;
using TorchSharp;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>Every cause, by a loader that says what loaders say.</summary>
[TestClass]
public sealed class TorchRuntimeTests
{
    private const string TooOld = "/lib/x86_64-linux-gnu/none.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)";
    private readonly TemporaryFolder _folder = new();

    [TestCleanup]
    public void Clean() => _folder.Dispose();

    [TestMethod]
    public void Usable_WhereEverythingLoads()
    {
        var status = TorchRuntime.Of(Linux() with { LibTorchVersion = "2.10.0" });
        Assert.IsTrue(status.IsUsable);
        Assert.AreEqual("TorchSharp 0.107.0 works on this system's CPU with libtorch 2.10.0.", status.ToString());
        Assert.AreEqual(("cpu", _folder["libLibTorchSharp.so"]), (status.Backend, status.NativePath));
        Assert.IsNull(status.CudaDevices);
    }

    [TestMethod]
    public void GlibcxxTooOld_NamesVersionsAndProperty()
    {
        var library = _folder.Touch("libstdc++.so.6");
        File.WriteAllText(library, "x\0GLIBCXX_3.4.9\0GLIBCXX_3.4.30\0GLIBCXX_3.4.4\0GLIBCXX_DEBUG\0");
        var status = TorchRuntime.Of(Linux() with { Load = Failing("libLibTorchSharp.so", TooOld.Replace("/lib/x86_64-linux-gnu/none.so.6", library)) });
        Assert.AreEqual(TorchRuntimeCause.GlibcxxTooOld, status.Cause);
        Assert.Contains("libLibTorchSharp.so asks for GLIBCXX_3.4.32, and this system's C++ library ends with GLIBCXX_3.4.30", status.Message);
        Assert.AreEqual("<MLNetDebugWeakenGlibcxx>true</MLNetDebugWeakenGlibcxx>", status.Advice[0].Code);
        Assert.Contains("GLIBCXX_3.4.32' not found", status.LoaderError!);
    }

    [TestMethod]
    [DataRow("0.108.0", "GLIBCXX_3.4.32")]
    [DataRow("0.107.0", "GLIBCXX_3.4.33")]
    [DataRow("0.107.0", "CXXABI_1.3.15")]
    public void GlibcxxTooOld_OffersThePropertyOnlyForTheKnownLibrary(string torchSharp, string needed)
    {
        var status = TorchRuntime.Of(Linux() with { TorchSharpVersion = torchSharp, Load = Failing("libLibTorchSharp.so", TooOld.Replace("GLIBCXX_3.4.32", needed)) });
        Assert.AreEqual(TorchRuntimeCause.GlibcxxTooOld, status.Cause);
        Assert.Contains($"asks for {needed}, and this system's C++ library does not have it", status.Message);
        Assert.DoesNotContain("MLNetDebugWeakenGlibcxx", status.ToString());
    }

    [TestMethod]
    [DataRow("linux-x64", "TorchSharp-cuda-linux")]
    [DataRow("win-x64", "TorchSharp-cuda-windows")]
    public void MissingPackage_NamesThePackagesOfTheSystem(string rid, string cuda)
    {
        var status = TorchRuntime.Of(Linux() with { Rid = rid, Folders = [], Load = l => $"{l}: no such file" });
        Assert.AreEqual(TorchRuntimeCause.MissingPackage, status.Cause);
        CollectionAssert.AreEqual(
            new[] { "<PackageReference Include=\"TorchSharp-cpu\" Version=\"0.107.0\" />", $"<PackageReference Include=\"{cuda}\" Version=\"0.107.0\" />" },
            status.Advice.Select(a => a.Code).ToArray());
        Assert.IsNull(status.Backend);
        Assert.DoesNotContain("The loader says", status.ToString());
    }

    [TestMethod]
    [DataRow("linux-arm64")]
    [DataRow("osx-x64")]
    [DataRow("win-x86")]
    public void MissingPackage_SaysWhereThereIsNone(string rid) =>
        Assert.Contains($"has no native library for {rid}", TorchRuntime.Of(Linux() with { Rid = rid, Folders = [], Load = l => "no" }).Message);

    [TestMethod]
    public void MissingPackage_TellsTorchSharpsOwnLibraryApart()
    {
        File.Delete(_folder["libLibTorchSharp.so"]);
        _folder.Touch("libtorch_cpu.so");
        var status = TorchRuntime.Of(Linux(own: false) with { Load = Failing("LibTorchSharp", "no such file") });
        Assert.AreEqual(TorchRuntimeCause.MissingPackage, status.Cause);
        Assert.Contains("TorchSharp's own native library is in none of the folders", status.Message);
    }

    [TestMethod]
    public void InstalledLibraries_AreEnough() =>
        Assert.IsTrue(TorchRuntime.Of(Linux() with { Folders = [], Load = l => l is "torch_cpu" or "LibTorchSharp" ? null : "no" }).IsUsable);

    [TestMethod]
    [DataRow("2.7.1", true)]
    [DataRow("2.1.0", true)]
    [DataRow("2.10.1", true)]
    [DataRow("2.10.0", false)]
    [DataRow("2.10.0.1", false)]
    [DataRow(null, false)]
    public void VersionMismatch_IsSaidBeforeAnythingLoads(string? found, bool mismatch)
    {
        var loads = 0;
        var status = TorchRuntime.Of(Linux() with { LibTorchVersion = found, Load = _ => { loads++; return null; } });
        Assert.AreEqual(mismatch ? TorchRuntimeCause.VersionMismatch : TorchRuntimeCause.None, status.Cause);
        Assert.AreEqual(mismatch, loads == 0);
        if (mismatch)
            Assert.AreEqual($"TorchSharp 0.107.0 was built for libtorch 2.10.0.0, and the application carries libtorch {found}.", status.Message);
    }

    [TestMethod]
    [DataRow("win-x64", "Unable to load DLL 'C:\\app\\LibTorchSharp.dll' or one of its dependencies: The specified procedure could not be found. (0x8007007F)")]
    [DataRow("linux-x64", "/app/libLibTorchSharp.so: undefined symbol: _ZN5torch3cat")]
    [DataRow("osx-arm64", "dlopen(/app/libLibTorchSharp.dylib, 0x0001): Symbol not found: _THSTensor_ones")]
    public void UnresolvedImports_AreToldOnEverySystem(string rid, string words)
    {
        var status = TorchRuntime.Of(On(rid) with { Load = Failing("LibTorchSharp", words) });
        Assert.AreEqual(TorchRuntimeCause.UnresolvedImports, status.Cause);
        Assert.AreEqual(rid == "win-x64", status.Message.Contains("dotnet/TorchSharp#1567", StringComparison.Ordinal));
        Assert.AreEqual(words, status.LoaderError);
    }

    [TestMethod]
    [DataRow("win-x64", "Unable to load DLL 'x': The specified module could not be found. (0x8007007E)", "Visual C++")]
    [DataRow("win-x64", "Unable to load DLL 'x': A dynamic link library (DLL) initialization routine failed. (0x8007045A)", "initialisation failed")]
    [DataRow("win-x64", "An attempt was made to load a program with an incorrect format. (0x800700C1)", "another processor")]
    [DataRow("linux-x64", "/lib/libc.so.6: version `GLIBC_2.34' not found (required by /app/libtorch_cpu.so)", "C library is older than GLIBC_2.34")]
    [DataRow("linux-x64", "libgomp.so.1: cannot open shared object file: No such file or directory", "libgomp.so.1 is missing")]
    [DataRow("linux-x64", "/app/libtorch_cpu.so: file too short", null)]
    public void LoaderError_KeepsTheWordsAndHints(string rid, string words, string? hint)
    {
        var status = TorchRuntime.Of(On(rid) with { Load = Failing("torch_cpu", words) });
        Assert.AreEqual((TorchRuntimeCause.LoaderError, words), (status.Cause, status.LoaderError));
        Assert.Contains(words, status.ToString());
        Assert.AreEqual(hint is null, status.Advice.Count == 0);
        if (hint is not null)
            Assert.Contains(hint, status.Advice[0].Text);
    }

    [TestMethod]
    public void LoaderError_WhereTheFirstSumFails()
    {
        var status = TorchRuntime.Of(Linux() with { Compute = () => "The type initializer threw." });
        Assert.AreEqual((TorchRuntimeCause.LoaderError, "The type initializer threw."), (status.Cause, status.LoaderError));
    }

    [TestMethod]
    public void Check_TakesCpuAndCudaAlone()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TorchRuntime.Check(DeviceType.MPS));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TorchRuntime.Check(DeviceType.CUDA, -1));
    }

    /// <summary>A system whose libraries are all there and load.</summary>
    private TorchSystem Linux(bool own = true) => On("linux-x64", own);

    private TorchSystem On(string rid, bool own = true)
    {
        foreach (var name in own ? new[] { "torch_cpu", "LibTorchSharp" } : ["torch_cpu"])
            _folder.Touch(rid.StartsWith("win", StringComparison.Ordinal) ? $"{name}.dll" : rid.StartsWith("osx", StringComparison.Ordinal) ? $"lib{name}.dylib" : $"lib{name}.so");
        return SystemOf(rid, _folder.Path);
    }

    internal static TorchSystem SystemOf(string rid, string folder) => new()
    {
        Rid = rid,
        Folders = [folder],
        TorchSharpVersion = "0.107.0",
        PartnerVersion = "2.10.0.0",
        Load = _ => null,
        Compute = () => null,
        CudaDevices = () => 0,
    };

    internal static Func<string, string?> Failing(string library, string words) => l => l.Contains(library, StringComparison.Ordinal) ? words : null;
}
