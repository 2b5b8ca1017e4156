using System.Diagnostics;

namespace MLNetDebug.Tests;

/// <summary>Runs a sample as a user does. The samples are built with the tests, in the same configuration.</summary>
internal static class SampleProgram
{
    /// <summary>Its standard output; the test fails where it does not end with 0, with what it wrote to standard error.</summary>
    public static async Task<string> Run(string name, CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", PathOf(name) }.Concat(arguments))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.AreEqual(0, process.ExitCode, await errors);
        return output;
    }

    public static void AssertNarrow(string output) =>
        Assert.IsTrue(output.Split('\n').All(line => line.TrimEnd('\r').Length <= 100), "A line is longer than 100 characters.");

    private static string PathOf(string name)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "samples", name, "bin", output.Parent.Name, output.Name, $"{name}.dll");
    }
}
