using MLNetDebug.Torch.Runtime;
using TorchSharp;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>Where CUDA is asked for and absent, the reasons are told apart. CUDA itself was not there when these were written: the system is played.</summary>
[TestClass]
public sealed class CudaCheckTests
{
    private readonly TemporaryFolder _folder = new();

    [TestCleanup]
    public void Clean() => _folder.Dispose();

    [TestMethod]
    [DataRow(true, "NVIDIA's driver is there.")]
    [DataRow(false, "No NVIDIA driver was found either.")]
    public void CpuPackage_IsNamed(bool driver, string said)
    {
        var status = Of(Cpu() with { Load = driver ? _ => null : TorchRuntimeTests.Failing("libcuda", "no") });
        Assert.Contains("the application carries libtorch for the CPU", status.Message);
        Assert.Contains(said, status.Message);
        Assert.AreEqual("<PackageReference Include=\"TorchSharp-cuda-linux\" Version=\"0.107.0\" />", status.Advice[0].Code);
        Assert.AreEqual(("cpu", 0), (status.Backend, status.CudaDevices));
    }

    [TestMethod]
    public void MissingDriver_IsNamed() =>
        Assert.Contains("no NVIDIA driver was found", Of(Cuda() with { Load = TorchRuntimeTests.Failing("libcuda.so", "no") }).Message);

    [TestMethod]
    public void DriverWithoutDevice_IsNamed()
    {
        var status = Of(Cuda());
        Assert.Contains("shows no device", status.Message);
        CollectionAssert.Contains(status.Advice.Select(a => a.Code).ToArray(), "CUDA_VISIBLE_DEVICES");
    }

    [TestMethod]
    public void CudaLibraryThatDoesNotLoad_IsNamedInTheLoadersWords()
    {
        var status = Of(Cuda() with { Load = TorchRuntimeTests.Failing("torch_cuda", "libcudnn.so.9: cannot open shared object file") });
        Assert.Contains("libtorch's CUDA library does not load", status.Message);
        Assert.AreEqual("libcudnn.so.9: cannot open shared object file", status.LoaderError);
    }

    [TestMethod]
    public void FailureToAsk_IsAFindingToo() =>
        Assert.AreEqual("driver error", Of(Cuda() with { CudaDevices = () => throw new InvalidOperationException("driver error") }).LoaderError);

    [TestMethod]
    [DataRow(1, 1, "there is one device, 0")]
    [DataRow(2, 5, "there are devices 0 to 1")]
    public void OtherIndex_IsNamed(int devices, int index, string said) => Assert.Contains(said, Of(Cuda() with { CudaDevices = () => devices }, index).Message);

    [TestMethod]
    [DataRow("osx-arm64")]
    [DataRow("win-arm64")]
    public void SystemsWithoutCuda_AreNamed(string rid)
    {
        var name = rid == "win-arm64" ? "{0}.dll" : "lib{0}.dylib";
        _folder.Touch(string.Format(name, "torch_cpu"));
        _folder.Touch(string.Format(name, "LibTorchSharp"));
        Assert.Contains($"TorchSharp has no CUDA for {rid}", Of(TorchRuntimeTests.SystemOf(rid, _folder.Path)).Message);
    }

    [TestMethod]
    public void Device_ThatIsThere_IsUsable()
    {
        var status = TorchRuntime.Of(Cuda() with { CudaDevices = () => 2 }, DeviceType.CUDA, 1);
        Assert.IsTrue(status.IsUsable);
        Assert.AreEqual(("cuda-linux", 2, "TorchSharp 0.107.0 works with CUDA; 2 devices."), (status.Backend, status.CudaDevices, status.Message));
    }

    [TestMethod]
    public void BrokenLibraries_AreNamedBeforeCuda() =>
        Assert.AreEqual(TorchRuntimeCause.LoaderError, TorchRuntime.Of(Cuda() with { Load = TorchRuntimeTests.Failing("torch_cpu", "file too short") }, DeviceType.CUDA).Cause);

    private static TorchRuntimeStatus Of(TorchSystem system, int index = 0)
    {
        var status = TorchRuntime.Of(system, DeviceType.CUDA, index);
        Assert.AreEqual(TorchRuntimeCause.CudaAbsent, status.Cause);
        return status;
    }

    private TorchSystem Cpu()
    {
        _folder.Touch("libtorch_cpu.so");
        _folder.Touch("libLibTorchSharp.so");
        return TorchRuntimeTests.SystemOf("linux-x64", _folder.Path);
    }

    private TorchSystem Cuda()
    {
        _folder.Touch("libtorch_cuda.so");
        return Cpu();
    }
}
