using System.Text.Json;
using System.Xml.Linq;
using MLNetDebug.Torch.Build;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>TorchSharp's native library for linux-x64 as its package has it, and what the build's targets know of it.</summary>
internal static class PackedLibrary
{
    public static string Root { get; } = FindRoot();

    /// <summary>This project's folder within its output: configuration, framework and system.</summary>
    public static string Output { get; } = Path.GetRelativePath(Path.Combine(Root, "tests", "MLNetDebug.Torch.Tests", "bin"), AppContext.BaseDirectory);

    public static string Version => Known("_MLNetDebugGlibcxx");

    public static string PackedSha256 => Known("_MLNetDebugPackedSha256");

    public static string WeakenedSha256 => Known("_MLNetDebugWeakenedSha256");

    /// <summary>Where the restore put it.</summary>
    public static string Cached { get; } = FindCached();

    public static string Sha256(string file) => WeakenedCopy.Sha256(File.ReadAllBytes(file));

    private static string Known(string property) =>
        XDocument.Load(Path.Combine(Root, "src", "MLNetDebug.Torch", "build", "MLNetDebug.Torch.targets")).Descendants(property).Single().Value;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MLNetDebug.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No MLNetDebug.sln stands above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }

    private static string FindCached()
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "tests", "MLNetDebug.Torch.Tests", "obj", "project.assets.json")));
        var package = assets.RootElement.GetProperty("libraries").EnumerateObject().Single(l => l.Name.StartsWith("TorchSharp/", StringComparison.OrdinalIgnoreCase)).Value.GetProperty("path").GetString()!;
        return assets.RootElement.GetProperty("packageFolders").EnumerateObject()
            .Select(f => Path.Combine(f.Name, package, "runtimes", "linux-x64", "native", "libLibTorchSharp.so")).First(File.Exists);
    }
}
