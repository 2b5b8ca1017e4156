using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.Studies;

/// <summary>
/// Kills one of three workers of a sweep (SIGKILL) at seeded moments, one in three times a second one too and one in ten times all, and halts some for longer than a worker may be silent; then reads the study
/// from its store and counts those with any fault. On SQLite, and on a PostgreSQL server of its own; without one the table is not passed.
/// </summary>
internal static class KillSweepCommand
{
    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        var plan = arguments.Quick ? new HarmCounts(8, 3, 3, 1) : new HarmCounts(30, 10, 6, 3);
        using var server = StartServer();
        return Rows(plan, arguments.Seed, server?.ConnectionString);
    }

    /// <summary>The rows of some studies.</summary>
    /// <param name="counts">How many.</param>
    /// <param name="seed">The seed of the harms' moments.</param>
    /// <param name="postgres">The way to a PostgreSQL server; null where there is none, or none is asked for.</param>
    public static IReadOnlyList<TableRow> Rows(HarmCounts counts, int seed, string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("mlnetdebug-kill-sweep-").FullName;
        try
        {
            // Each study has a store of its own, which its workers create: kills at the start fall into that.
            string Sqlite(int i) => StudyAddress.OfSqlite(Path.Combine(folder, FormattableString.Invariant($"{i}.db")));
            string Postgres(int i) => StudyAddress.OfPostgres(postgres!, FormattableString.Invariant($"kill_{i}"));
            var run = new HarmedStudies(seed);
            HarmedStudy[] sqlite = [.. Enumerable.Range(0, counts.Sqlite).Select(i => run.Kill(i, "SQLite", Sqlite(i)))];
            HarmedStudy[] onPostgres = postgres is null ? [] : [.. Enumerable.Range(0, counts.Postgres).Select(i => run.Kill(counts.Sqlite + i, "PostgreSQL", Postgres(i)))];
            var halts = OperatingSystem.IsWindows() ? 0 : counts.SqliteHalts;
            HarmedStudy[] halted =
            [
                .. Enumerable.Range(1000, halts).Select(i => run.Halt(i, "SQLite", Sqlite(i))),
                .. postgres is null || halts == 0 ? [] : Enumerable.Range(1000 + halts, counts.PostgresHalts).Select(i => run.Halt(i, "PostgreSQL", Postgres(i))),
            ];
            return Table(counts, sqlite, onPostgres, halted);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static IReadOnlyList<TableRow> Table(HarmCounts counts, HarmedStudy[] sqlite, HarmedStudy[] postgres, HarmedStudy[] halted)
    {
        HarmedStudy[] all = [.. sqlite, .. postgres];
        // What could not be tried is not passed.
        double faulty = postgres.Length < counts.Postgres ? double.NaN : Faulty(all);
        var taken = all.Count(s => s.TakenOver > 0);
        return
        [
            new("6.kill", all.Length, faulty, null, null, "studies with any fault", "==", 0),
            TableRow.Shown("6.kill-sqlite", sqlite.Length, Faulty(sqlite), "studies on SQLite with any fault"),
            TableRow.Shown("6.kill-postgres", postgres.Length, Faulty(postgres), "studies on PostgreSQL with any fault"),
            TableRow.Shown("6.kill-hit", all.Length, all.Sum(s => s.Hits), "workers that were killed before their end"),
            new("6.kill-taken-over", all.Length, taken, null, null, "studies in which a killed worker's trial was taken over", ">=", Math.Ceiling(all.Length / 3.0)),
            new("6.kill-halted", halted.Length, Faulty(halted), null, null, "studies with any fault where a worker was halted and went on", "==", 0),
            new("6.kill-refused", halted.Length, halted.Count(s => s.Refused > 0), null, null, "studies in which a halted worker had lost its trial and was refused", ">=", Math.Min(1, halted.Length)),
        ];
    }

    private static int Faulty(HarmedStudy[] studies) => studies.Count(s => s.Faults.Count > 0);

    private static PostgresServer? StartServer()
    {
        try
        {
            return PostgresServer.Start(isDurable: true);
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"No PostgreSQL server can be started here, so the table is inconclusive: {e.Message}");
            return null;
        }
    }
}

/// <summary>How many studies are harmed.</summary>
/// <param name="Sqlite">With kills, on SQLite.</param>
/// <param name="Postgres">With kills, on PostgreSQL.</param>
/// <param name="SqliteHalts">With a worker that is halted, on SQLite.</param>
/// <param name="PostgresHalts">With a worker that is halted, on PostgreSQL.</param>
internal sealed record HarmCounts(int Sqlite, int Postgres, int SqliteHalts, int PostgresHalts);
