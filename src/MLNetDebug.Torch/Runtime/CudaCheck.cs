namespace MLNetDebug.Torch.Runtime;

/// <summary>Whether the CUDA device that was asked for is there, once the libraries load.</summary>
internal static class CudaCheck
{
    private static readonly Advice CpuInstead = new("Or say that the CPU is meant.", "torch.CPU");

    public static TorchRuntimeStatus Of(TorchSystem system, NativeFiles files, TorchRuntimeStatus status, int index)
    {
        if (Packages.Cuda(system) is not { } package)
            return Absent(status, $"CUDA was asked for, and TorchSharp has no CUDA for {system.Rid}.", CpuInstead);
        if (status.Backend == "cpu")
            return CpuPackage(system, files, status, package);

        // TorchSharp takes no notice where this fails, and then finds no device.
        if (files.Cuda is { } library && system.Load(library) is { } words)
            return Absent(status with { LoaderError = words }, $"CUDA was asked for, and libtorch's CUDA library does not load ({library}).", Driver(system));
        int devices;
        try
        {
            devices = system.CudaDevices();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return Absent(status with { LoaderError = failure.Message }, "CUDA was asked for, and asking for its devices failed.", Driver(system));
        }

        status = status with { CudaDevices = devices };
        if (devices == 0)
            return NoDevice(system, status);
        return index < devices
            ? status with { Message = $"TorchSharp {status.TorchSharpVersion} works with CUDA; {devices} {(devices == 1 ? "device" : "devices")}." }
            : Absent(
                status,
                $"CUDA device {index} was asked for, and there {(devices == 1 ? "is one device, 0" : $"are devices 0 to {devices - 1}")}.",
                new Advice("Ask for one that is there.", "new torch.Device(DeviceType.CUDA, 0)"));
    }

    private static TorchRuntimeStatus CpuPackage(TorchSystem system, NativeFiles files, TorchRuntimeStatus status, string package) => Absent(
        status with { CudaDevices = 0 },
        $"CUDA was asked for, and the application carries libtorch for the CPU ({Path.GetDirectoryName(files.LibTorch)}). " +
            (HasDriver(system) ? "NVIDIA's driver is there." : "No NVIDIA driver was found either."),
        new Advice("Reference the package with CUDA in place of TorchSharp-cpu, and delete bin and obj.", Packages.Reference(system, package)),
        CpuInstead);

    private static TorchRuntimeStatus NoDevice(TorchSystem system, TorchRuntimeStatus status) => HasDriver(system)
        ? Absent(
            status,
            "CUDA was asked for; NVIDIA's driver is there and shows no device that libtorch can use.",
            new Advice("See what the driver shows, and whether its CUDA version is as new as the package's.", "nvidia-smi"),
            new Advice("See that the variable hides none; a container needs its GPUs handed over.", "CUDA_VISIBLE_DEVICES"),
            CpuInstead)
        : Absent(status, "CUDA was asked for, and no NVIDIA driver was found.", Driver(system));

    private static Advice[] Driver(TorchSystem system) =>
        [new($"Install NVIDIA's driver ({DriverLibrary(system)} is its library) and see that it shows the device.", "nvidia-smi"), CpuInstead];

    private static bool HasDriver(TorchSystem system) => system.Load(DriverLibrary(system)) is null;

    private static string DriverLibrary(TorchSystem system) => system.IsWindows ? "nvcuda.dll" : "libcuda.so.1";

    private static TorchRuntimeStatus Absent(TorchRuntimeStatus status, string message, params Advice[] advice) =>
        status with { Cause = TorchRuntimeCause.CudaAbsent, Message = message, Advice = advice };
}
