using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace MLNetDebug.Torch.Runtime;

/// <summary>What the check asks of the process and its system. Tests put another in its place.</summary>
internal sealed partial record TorchSystem
{
    /// <summary>The system as the packages name it, such as <c>linux-x64</c>.</summary>
    public required string Rid { get; init; }

    /// <summary>Where native libraries are looked for, first match first.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    public required string TorchSharpVersion { get; init; }

    /// <summary>The libtorch that this TorchSharp was built for.</summary>
    public required string PartnerVersion { get; init; }

    /// <summary>The libtorch the application was built with, where its deps.json says.</summary>
    public string? LibTorchVersion { get; init; }

    /// <summary>Loads a library by its path or, relative to TorchSharp, by its name; gives the loader's words where it fails.</summary>
    public required Func<string, string?> Load { get; init; }

    /// <summary>Lets TorchSharp compute something; gives the words of its exception where it fails.</summary>
    public required Func<string?> Compute { get; init; }

    public required Func<int> CudaDevices { get; init; }

    public bool IsWindows => Rid.StartsWith("win", StringComparison.Ordinal);

    public bool IsMac => Rid.StartsWith("osx", StringComparison.Ordinal);

    /// <summary>This process. The type's assembly and constants are read without running TorchSharp's initialiser, whose failure would last as long as the process.</summary>
    public static TorchSystem Current()
    {
        var torch = typeof(torch).Assembly;
        var rid = ThisRid();
        return new()
        {
            Rid = rid,
            Folders = SearchedFolders(torch, rid),
            TorchSharpVersion = torch.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? $"{torch.GetName().Version}",
            PartnerVersion = typeof(torch).GetField("libtorchPackageVersion", BindingFlags.Static | BindingFlags.NonPublic) is { IsLiteral: true } constant ? $"{constant.GetRawConstantValue()}" : "",
            LibTorchVersion = PackageVersion(AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string ?? ""),
            Load = library => TryLoad(library, torch),
            Compute = Sum,
            CudaDevices = () => TorchSharp.torch.cuda.is_available() ? TorchSharp.torch.cuda.device_count() : 0,
        };
    }

    /// <summary>The version of the first libtorch package that one of these files lists.</summary>
    internal static string? PackageVersion(string dependencyFiles)
    {
        foreach (var file in dependencyFiles.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(File.Exists))
        {
            if (LibTorchPackage().Match(File.ReadAllText(file)) is { Success: true } match)
                return match.Groups[1].Value;
        }

        return null;
    }

    private static string ThisRid() =>
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux") + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The runtime's own list, then where TorchSharp lies and looks, then the folders of an application without a deps.json.</summary>
    private static string[] SearchedFolders(Assembly torch, string rid)
    {
        var listed = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        // Empty in an application of a single file.
        var own = Path.GetDirectoryName(torch.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        return [.. listed, own, AppContext.BaseDirectory, Path.Combine(own, "runtimes", rid, "native"), Path.Combine(own, "cpu")];
    }

    private static string? TryLoad(string library, Assembly torch)
    {
        try
        {
            // Kept: TorchSharp finds it loaded.
            _ = Path.IsPathRooted(library) ? NativeLibrary.Load(library) : NativeLibrary.Load(library, torch, null);
            return null;
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            return LoaderWords.Of(failure.Message);
        }
    }

    private static string? Sum()
    {
        try
        {
            using var ones = TorchSharp.torch.ones(2);
            using var sum = ones.sum();
            return sum.ToSingle() == 2 ? null : $"1 + 1 = {sum.ToSingle()}";
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return (failure as TypeInitializationException)?.InnerException?.Message ?? failure.Message;
        }
    }

    [GeneratedRegex(@"""libtorch-(?:cpu|cuda)[\w.-]*/(\d+(?:\.\d+)+)")]
    private static partial Regex LibTorchPackage();
}
