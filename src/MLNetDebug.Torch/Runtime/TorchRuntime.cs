using MLNetDebug.Torch.Runtime;
using TorchSharp;

namespace MLNetDebug.Torch;

/// <summary>
/// Says whether TorchSharp works here, and the true reason where it does not. Call it before the first use of <c>torch</c>: where a native library does not load, TorchSharp itself says that a
/// package is missing, whatever the reason, and copies libtorch (480 MB) into the application's folder.
/// </summary>
public static class TorchRuntime
{
    /// <summary>Loads the native libraries and computes one sum. What it finds it returns; nothing is thrown for it.</summary>
    /// <param name="device">The device that networks will be run on: CPU or CUDA.</param>
    /// <param name="index">Which of the CUDA devices.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another device than CPU or CUDA, or a negative index.</exception>
    public static TorchRuntimeStatus Check(DeviceType device = DeviceType.CPU, int index = 0) => Of(TorchSystem.Current(), device, index);

    internal static TorchRuntimeStatus Of(TorchSystem system, DeviceType device = DeviceType.CPU, int index = 0)
    {
        if (device is not (DeviceType.CPU or DeviceType.CUDA))
            throw new ArgumentOutOfRangeException(nameof(device), device, "Only CPU and CUDA are checked.");
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var files = NativeFiles.Find(system);
        var status = new TorchRuntimeStatus
        {
            TorchSharpVersion = system.TorchSharpVersion,
            LibTorchVersion = system.LibTorchVersion,
            Backend = files.Backend,
            NativePath = files.TorchSharp,
        };
        status = Fault(system, files, status) ?? status;
        return !status.IsUsable ? status : device == DeviceType.CUDA ? CudaCheck.Of(system, files, status, index) : status with
        {
            Message = $"TorchSharp {status.TorchSharpVersion} works on this system's CPU" + (status.LibTorchVersion is { } version ? $" with libtorch {version}." : "."),
        };
    }

    private static TorchRuntimeStatus? Fault(TorchSystem system, NativeFiles files, TorchRuntimeStatus status)
    {
        if (Packages.Mismatch(system) is { } mismatch)
            return status with { Cause = TorchRuntimeCause.VersionMismatch, Message = mismatch, Advice = Packages.OneVersion(system) };

        // What the application does not carry may be installed: the loader is asked by name, as TorchSharp would.
        if (system.Load(files.LibTorch ?? "torch_cpu") is { } torch)
            return files.LibTorch is null ? Packages.Missing(system, files, status, torch) : LoaderWords.Judge(system, files.LibTorch, torch, status);
        if (system.Load(files.TorchSharp ?? "LibTorchSharp") is { } words)
            return files.TorchSharp is null ? Packages.Missing(system, files, status, words) : LoaderWords.Judge(system, files.TorchSharp, words, status);
        return system.Compute() is { } failure
            ? status with { Cause = TorchRuntimeCause.LoaderError, Message = "The native libraries load, and their first sum fails.", LoaderError = failure, Advice = Packages.OneVersion(system) }
            : null;
    }
}
