using System.Diagnostics;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Benchmarks;

/// <summary>Runs one command of this program in a process of its own, so that no other work's memory counts.</summary>
internal static class ChildProcess
{
    /// <summary>The single row the command gives.</summary>
    public static TableRow Single(string command)
    {
        var json = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            foreach (var argument in new[] { typeof(ChildProcess).Assembly.Location, command, "--json", json })
                start.ArgumentList.Add(argument);
            using var child = Process.Start(start)!;
            child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            return TableFile.Read(json).Single();
        }
        finally
        {
            File.Delete(json);
        }
    }
}
