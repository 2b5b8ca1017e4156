using System.Data.Common;
using System.Globalization;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>The tables of a study store. Their version is counted up where a reader of the one before could not read them.</summary>
internal static class StudySchema
{
    private const int Version = 1;
    private const string VersionTable = "mlnetdebug_version";

    private static readonly string[] Tables = ["study", "trial", "event"];

    /// <summary>Creates the tables where there are none, and refuses those of a newer version. Several processes may do so at once.</summary>
    public static void Ensure(StudyDatabase database)
    {
        try
        {
            using (var reading = new StudyTransaction(database, isWrite: false))
            {
                if (IsThere(reading))
                    return;
            }

            database.BeforeCreation();
            using var writing = new StudyTransaction(database, isWrite: true);
            database.LockCreation(writing);
            if (!IsThere(writing))
                Create(writing);
            writing.Commit();
        }
        catch (DbException e)
        {
            throw database.Explain(e);
        }
    }

    private static bool IsThere(StudyTransaction transaction)
    {
        if (!transaction.Database.HasTable(transaction, VersionTable))
            return false;
        var versions = transaction.Query("version", $"SELECT version AS value FROM {transaction[VersionTable]}", r => r.Whole("value", 1, int.MaxValue));
        if (versions is not [var version])
        {
            throw new InvalidOperationException(
                $"{transaction.Database.Subject} names {versions.Count} versions of its tables where one was expected: it is damaged. Put a copy of it in its place, or begin a new one.");
        }

        if (version > Version)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{transaction.Database.Subject} has tables of version {version}, and this MLNetDebug reads up to version {Version}: update MLNetDebug, or name another store."));
        }

        // A view of that name could run for ever.
        if (Array.Find(Tables, t => !transaction.Database.HasTable(transaction, t)) is { } absent)
            throw new InvalidOperationException($"{transaction.Database.Subject} has no table '{absent}': it is damaged. Put a copy of it in its place, or begin a new one.");
        return true;
    }

    private static void Create(StudyTransaction t)
    {
        t.Execute(
            $"CREATE TABLE {t["study"]} (id {t.Database.IdentityType}, name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL, created BIGINT NOT NULL)");
        t.Execute(
            $"""
            CREATE TABLE {t["trial"]} (
                study BIGINT NOT NULL REFERENCES {t["study"]}(id), number BIGINT NOT NULL, kind BIGINT NOT NULL, arm TEXT NOT NULL, parameters TEXT NOT NULL,
                seed BIGINT NOT NULL, epochs BIGINT NOT NULL, state BIGINT NOT NULL, attempt BIGINT NOT NULL, worker TEXT NOT NULL, started BIGINT NOT NULL, heartbeat BIGINT NOT NULL, ended BIGINT,
                metric TEXT NOT NULL, test_metric TEXT NOT NULL, steps BIGINT NOT NULL, reason TEXT, findings TEXT NOT NULL, bracket TEXT,
                PRIMARY KEY (study, number))
            """);
        t.Execute(
            $"""
            CREATE TABLE {t["event"]} (
                study BIGINT NOT NULL, sequence BIGINT NOT NULL, trial BIGINT NOT NULL, attempt BIGINT NOT NULL, kind BIGINT NOT NULL, worker TEXT NOT NULL, time BIGINT NOT NULL,
                epoch BIGINT, metric TEXT, steps BIGINT,
                PRIMARY KEY (study, sequence), FOREIGN KEY (study, trial) REFERENCES {t["trial"]}(study, number))
            """);
        t.Execute($"CREATE TABLE {t[VersionTable]} (version BIGINT NOT NULL)");
        t.Execute($"INSERT INTO {t[VersionTable]} (version) VALUES (@version)", ("version", (long)Version));
    }
}
