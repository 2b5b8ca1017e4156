using MLNetDebug.Torch.Runtime;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>What is read of the process, of files and of the loader's words.</summary>
[TestClass]
public sealed class TorchSystemTests
{
    [TestMethod]
    [DataRow("""{"libraries":{"TorchSharp/0.107.0":{},"libtorch-cpu/2.10.0":{}}}""", "2.10.0")]
    [DataRow("""{"libraries":{"libtorch-cpu-linux-x64/2.2.1.1":{}}}""", "2.2.1.1")]
    [DataRow("""{"libraries":{"libtorch-cuda-12.8-linux-x64-part3-fragment2/2.10.0":{}}}""", "2.10.0")]
    [DataRow("""{"libraries":{"TorchSharp-cpu/0.107.0":{}}}""", null)]
    [DataRow("not JSON", null)]
    public void PackageVersion_IsReadFromDependencyFiles(string text, string? version)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["app.deps.json"], text);
        Assert.AreEqual(version, TorchSystem.PackageVersion($"{folder["none.deps.json"]};{folder["app.deps.json"]}"));
    }

    [TestMethod]
    public void PackageVersion_WithoutFiles_IsUnknown() => Assert.IsNull(TorchSystem.PackageVersion(""));

    [TestMethod]
    public void Current_KnowsItsPartnerAndPlaces()
    {
        var system = TorchSystem.Current();
        Assert.AreEqual(3, system.PartnerVersion.Count(c => c == '.'), "TorchSharp's constant is gone: where does it say now what it was built for?");
        Assert.IsTrue(system.Folders.All(Path.IsPathRooted));
        Assert.IsNotNull(system.Load("/no/such/library.so"));
        Assert.IsNotNull(system.Load("no_such_library"));
        Assert.IsNull(system.Compute());
    }

    [TestMethod]
    public void LoaderWords_LeaveOutTheRuntimesAdvice()
    {
        Assert.AreEqual("a: b\nc: d", LoaderWords.Of("Unable to load shared library 'x' or one of its dependencies. Consider this.\na: b\nc: d\na: b\n"));
        Assert.AreEqual("Unable to load DLL 'x': not found. (0x8007007E)", LoaderWords.Of("Unable to load DLL 'x': not found. (0x8007007E)"));
    }

    [TestMethod]
    public void CppLibrary_ThatCannotBeRead_HasNoVersion()
    {
        using var folder = new TemporaryFolder();
        Assert.IsNull(CppLibrary.NewestVersion(folder["none.so"], "GLIBCXX"));
        Assert.IsNull(CppLibrary.NewestVersion("", "GLIBCXX"));
        Assert.IsNull(CppLibrary.NewestVersion(folder.Touch("empty.so"), "GLIBCXX"));
        File.WriteAllText(folder["odd.so"], "\0GLIBCXX_99999999999.1\0");
        Assert.IsNull(CppLibrary.NewestVersion(folder["odd.so"], "GLIBCXX"));
    }
}
