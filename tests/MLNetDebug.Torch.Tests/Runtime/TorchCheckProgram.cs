using System.Diagnostics;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>The sample TorchCheck as a program of its own, in an environment that has nothing but the way to .NET.</summary>
internal static class TorchCheckProgram
{
    public static string Built { get; } = Path.Combine(PackedLibrary.Root, "samples", "TorchCheck", "bin", PackedLibrary.Output);

    private static string Name => OperatingSystem.IsWindows() ? "TorchCheck.exe" : "TorchCheck";

    /// <summary>The built program in another folder: its own files copied, all others linked but those left out.</summary>
    public static void LinkInto(TemporaryFolder folder, Func<string, bool> leftOut)
    {
        foreach (var file in Directory.GetFiles(Built).Where(f => !leftOut(Path.GetFileName(f))))
        {
            if (Path.GetFileName(file).StartsWith("TorchCheck", StringComparison.Ordinal))
                File.Copy(file, folder[Path.GetFileName(file)]);
            else
                File.CreateSymbolicLink(folder[Path.GetFileName(file)], file);
        }
    }

    public static (int Code, string Output) Run(string folder, params string[] arguments) => Start(Path.Combine(folder, Name), folder, ["--runtime", .. arguments]);

    public static (int Code, string Output) Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var variable in start.Environment.Keys.Except(["PATH", "HOME", "DOTNET_ROOT", "USERPROFILE", "SystemRoot", "TEMP", "TMP", "NUGET_PACKAGES"]).ToArray())
            start.Environment.Remove(variable);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
