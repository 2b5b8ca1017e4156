using System.Text.RegularExpressions;

namespace MLNetDebug.Torch.Runtime;

/// <summary>Reads the cause out of what the system's loader says.</summary>
internal static partial class LoaderWords
{
    private const string ReportedVersion = "0.107.0", ReportedNeed = "GLIBCXX_3.4.32";

    /// <summary>The loader's words without the runtime's advice before them.</summary>
    public static string Of(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 && lines[0].StartsWith("Unable to load", StringComparison.Ordinal) ? string.Join('\n', lines.Skip(1).Distinct()) : string.Join('\n', lines);
    }

    public static TorchRuntimeStatus Judge(TorchSystem system, string file, string words, TorchRuntimeStatus status)
    {
        status = status with { LoaderError = words };
        if (MissingCppVersion().Match(words) is { Success: true } cpp)
            return CppLibraryTooOld(system, file, cpp.Groups["library"].Value, cpp.Groups["version"].Value, status);
        if (Unresolved().IsMatch(words))
            return UnresolvedImports(system, file, status);
        return status with { Cause = TorchRuntimeCause.LoaderError, Message = $"{file} does not load.", Advice = [.. Hints(system, words)] };
    }

    private static TorchRuntimeStatus CppLibraryTooOld(TorchSystem system, string file, string library, string needed, TorchRuntimeStatus status)
    {
        var has = CppLibrary.NewestVersion(library, needed[..needed.IndexOf('_', StringComparison.Ordinal)]);
        var mended = needed == ReportedNeed && system.TorchSharpVersion == ReportedVersion && system.Rid == "linux-x64";
        return status with
        {
            Cause = TorchRuntimeCause.GlibcxxTooOld,
            Message = $"{Path.GetFileName(file)} asks for {needed}, and this system's C++ library {(has is null ? "does not have it" : $"ends with {has}")} ({library}).",
            Advice = mended
                ?
                [
                    new("Nothing in the library uses what it asks for. With this property in the application's project (or in Directory.Build.props), MLNetDebug.Torch's build marks the need as weak in the copied library.",
                        "<MLNetDebugWeakenGlibcxx>true</MLNetDebugWeakenGlibcxx>"),
                    new("Or run on a system with GCC 13's libstdc++ or newer: Debian 13, Ubuntu 24.04."),
                ]
                : [new("Run on a newer system, or take a TorchSharp whose native library was built on an older one.")],
        };
    }

    private static TorchRuntimeStatus UnresolvedImports(TorchSystem system, string file, TorchRuntimeStatus status) => status with
    {
        Cause = TorchRuntimeCause.UnresolvedImports,
        Message = $"{Path.GetFileName(file)} names functions that the libtorch it was loaded with does not have" +
            (system.IsWindows && system.TorchSharpVersion == ReportedVersion ? ": reported for TorchSharp 0.107.0 on Windows as dotnet/TorchSharp#1567." : "."),
        Advice =
        [
            new($"Look for a second libtorch ({(system.IsWindows ? "torch_cpu.dll, c10.dll on the PATH" : "in LD_LIBRARY_PATH")}): the first one found is loaded."),
            .. Packages.OneVersion(system),
            .. system.IsWindows && system.TorchSharpVersion == ReportedVersion
                ? [new Advice("Or take the pair before: TorchSharp 0.105.2 was built for libtorch 2.7.1.", "<PackageReference Include=\"TorchSharp-cpu\" Version=\"0.105.2\" />")]
                : Array.Empty<Advice>(),
        ],
    };

    private static IEnumerable<Advice> Hints(TorchSystem system, string words)
    {
        if (words.Contains("0x8007007E", StringComparison.OrdinalIgnoreCase))
            yield return new("A library that it needs is missing, most often Microsoft's Visual C++ runtime (2015-2022, of the process's architecture): install it.");
        else if (words.Contains("0x8007045A", StringComparison.OrdinalIgnoreCase))
            yield return new("Its initialisation failed: often an older Visual C++ runtime or OpenMP library (libiomp5md.dll) that was loaded first.");
        else if (OtherArchitecture().IsMatch(words))
            yield return new($"It is for another processor than this process ({system.Rid}): build for {system.Rid}.", $"<RuntimeIdentifier>{system.Rid}</RuntimeIdentifier>");
        else if (MissingC().Match(words) is { Success: true } c)
            yield return new($"The system's C library is older than {c.Groups[1].Value}; it cannot be replaced: run on a newer system.");
        else if (MissingLibrary().Match(words) is { Success: true } library)
            yield return new($"{library.Groups[1].Value} is missing: install the system's package that has it.");
    }

    [GeneratedRegex(@"(?<library>\S+): version [`'](?<version>(?:GLIBCXX|CXXABI)_[\w.]+)' not found")]
    private static partial Regex MissingCppVersion();

    [GeneratedRegex(@"version [`'](GLIBC_[\d.]+)' not found")]
    private static partial Regex MissingC();

    [GeneratedRegex("0x8007007F|undefined symbol|symbol not found", RegexOptions.IgnoreCase)]
    private static partial Regex Unresolved();

    [GeneratedRegex("0x800700C1|wrong ELF class|incompatible architecture|invalid ELF header", RegexOptions.IgnoreCase)]
    private static partial Regex OtherArchitecture();

    [GeneratedRegex(@"^(?!/)(\S+): cannot open shared object file", RegexOptions.Multiline)]
    private static partial Regex MissingLibrary();
}
