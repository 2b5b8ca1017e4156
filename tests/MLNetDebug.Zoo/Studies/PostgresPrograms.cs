using System.Diagnostics;

namespace MLNetDebug.Zoo.Studies;

/// <summary>PostgreSQL's own programs on this machine, and the user that runs them: they refuse to be run by root.</summary>
internal sealed class PostgresPrograms
{
    /// <summary>Who runs the server where we are root, and its superuser.</summary>
    public const string User = "postgres";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder;

    private PostgresPrograms(string folder) => _folder = folder;

    private static bool IsRoot => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    /// <exception cref="InvalidOperationException">They are not installed.</exception>
    public static PostgresPrograms Find()
    {
        // Debian keeps them out of the PATH, in a folder for each version; what the PATH has may be a wrapper, so these come first.
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse().Select(d => Path.Combine(d, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var folder = debian.Concat(path).FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb" + suffix)) && File.Exists(Path.Combine(f, "pg_ctl" + suffix)));
        return new PostgresPrograms(folder ?? throw new InvalidOperationException("PostgreSQL's initdb and pg_ctl are neither in the PATH nor under /usr/lib/postgresql: install PostgreSQL."));
    }

    /// <summary>Gives a folder of ours to the user that runs the server.</summary>
    public void Own(string folder)
    {
        if (IsRoot)
            Run(folder, "chown", User, folder);
    }

    /// <exception cref="InvalidOperationException">The program cannot be run, or fails; the message has its words.</exception>
    public void Run(string program, params string[] arguments)
    {
        var full = Path.Combine(_folder, program);
        if (IsRoot)
            Run(_folder, "runuser", ["-u", User, "--", full, .. arguments]);
        else
            Run(_folder, full, arguments);
    }

    private static void Run(string folder, string program, params string[] arguments)
    {
        // Not redirected to pipes: the server inherits them, and reading to their end would wait for the server's.
        var log = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder };
            foreach (var argument in (string[])["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", log, program, .. arguments])
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started.");
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} took more than {Patience.TotalMinutes} minutes.");
            }

            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {File.ReadAllText(log).Trim()}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"{program} cannot be run: {e.Message}", e);
        }
        finally
        {
            File.Delete(log);
        }
    }
}
