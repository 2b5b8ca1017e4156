namespace MLNetDebug.Torch.Runtime;

/// <summary>Which packages belong together, and how an application references them.</summary>
internal static class Packages
{
    private static readonly string[] Systems = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    /// <summary>How a project names a combination package of TorchSharp and libtorch.</summary>
    public static string Reference(TorchSystem system, string backend) => $"<PackageReference Include=\"TorchSharp-{backend}\" Version=\"{system.TorchSharpVersion}\" />";

    /// <summary>A package with CUDA exists for two systems.</summary>
    public static string? Cuda(TorchSystem system) => system.Rid switch { "linux-x64" => "cuda-linux", "win-x64" => "cuda-windows", _ => null };

    public static IReadOnlyList<Advice> OneVersion(TorchSystem system) =>
        [new($"Reference one combination package alone: it names the libtorch that TorchSharp {system.TorchSharpVersion} was built for. Then delete bin and obj.", Reference(system, "cpu"))];

    /// <summary>
    /// A sentence where libtorch is not the version TorchSharp was built for. Such a pair may load: a function that is missing ends the process when it is first called, and an object that has
    /// changed its layout gives wrong numbers. The fourth number is the package's own.
    /// </summary>
    public static string? Mismatch(TorchSystem system) =>
        system.LibTorchVersion is { } found && system.PartnerVersion is { Length: > 0 } wanted && Three(found) != Three(wanted)
            ? $"TorchSharp {system.TorchSharpVersion} was built for libtorch {wanted}, and the application carries libtorch {found}."
            : null;

    public static TorchRuntimeStatus Missing(TorchSystem system, NativeFiles files, TorchRuntimeStatus status, string words)
    {
        status = status with { Cause = TorchRuntimeCause.MissingPackage, LoaderError = words };
        if (!Systems.Contains(system.Rid))
            return status with { Message = $"TorchSharp {system.TorchSharpVersion} has no native library for {system.Rid}; there are packages for {string.Join(", ", Systems)}." };
        return files.LibTorch is null
            ? status with
            {
                Message = $"libtorch for {system.Rid} is not in the application's folder: TorchSharp {system.TorchSharpVersion} alone does not bring it.",
                Advice =
                [
                    new("Reference, in the application's project, the package that brings libtorch for the CPU.", Reference(system, "cpu")),
                    .. Cuda(system) is { } cuda ? [new Advice("Or the one for NVIDIA GPUs.", Reference(system, cuda))] : Array.Empty<Advice>(),
                ],
            }
            : status with
            {
                Message = $"libtorch is in {Path.GetDirectoryName(files.LibTorch)}, and TorchSharp's own native library is in none of the folders searched.",
                Advice = [new("Let the application's project copy what packages bring for its system: no ExcludeAssets, and the RuntimeIdentifier of this system.", $"<RuntimeIdentifier>{system.Rid}</RuntimeIdentifier>")],
            };
    }

    private static string Three(string version) => string.Join('.', version.Split('.').Take(3));
}
