using System.Diagnostics;

namespace MLNetDebug.Zoo.Tables;

/// <summary>
/// The command line that zoo and benchmarks share: <c>-- NAME [--quick] [--json FILE] [--seed N]</c>. Exit code 0 where every row
/// meets its bar, 1 where one misses it, 2 where the command line is wrong.
/// </summary>
internal static class TableCommand
{
    /// <summary>Runs the named command, prints its table and writes it where asked.</summary>
    public static int Run(string[] args, IReadOnlyDictionary<string, Func<TableArguments, IEnumerable<TableRow>>> commands)
    {
        if (!TableArguments.TryParse(args, out var parsed, out var error) || !commands.TryGetValue(parsed.Command, out var command))
        {
            Console.Error.WriteLine(error ?? $"'{args[0]}' is not a command.");
            Console.Error.WriteLine($"Usage: -- {string.Join('|', commands.Keys)} [--quick] [--json FILE] [--seed N] [--only TEXT]");
            return 2;
        }

        var started = Stopwatch.GetTimestamp();
        var rows = command(parsed).ToArray();
        var elapsed = Stopwatch.GetElapsedTime(started);
        TableFile.Print(Console.Out, rows, elapsed);
        if (parsed.JsonPath is not null)
            TableFile.Write(parsed.JsonPath, rows, elapsed);
        return rows.All(r => r.Passes) ? 0 : 1;
    }
}
