using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>Studies in a SQLite file.</summary>
internal sealed class SqliteDatabase : StudyDatabase
{
    private const int BusySeconds = 60;

    private readonly string _path;
    private readonly string _connectionString;

    public SqliteDatabase(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path == ":memory:")
            throw new ArgumentException("Studies are kept in a file, and ':memory:' is none: name a file.", nameof(path));
        _path = Path.GetFullPath(path);
        // The driver waits on its own in long steps; SQLite's own waiting (busy_timeout) is finer, and is over first.
        _connectionString = new SqliteConnectionStringBuilder { DataSource = _path, DefaultTimeout = BusySeconds }.ToString();
    }

    public override string Name => $"the study file '{_path}'";

    public override string IdentityType => "INTEGER PRIMARY KEY";

    public override DbConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            // A file may come from someone else: what its triggers and views may call is kept small.
            Execute(connection, FormattableString.Invariant($"PRAGMA busy_timeout = {BusySeconds * 1000}; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbTransaction Begin(DbConnection connection, bool isWrite) => ((SqliteConnection)connection).BeginTransaction(deferred: !isWrite);

    public override long Clock(StudyTransaction transaction) => StoredTime.Of(DateTimeOffset.UtcNow);

    public override bool HasTable(StudyTransaction transaction, string table) =>
        transaction.Number("table", "SELECT COUNT(*) AS value FROM sqlite_master WHERE type = 'table' AND name = @table", ("table", table)) > 0;

    /// <summary>The write-ahead log lets others read while one writes; the file remembers it.</summary>
    public override void BeforeCreation()
    {
        using var connection = Connect();
        Execute((SqliteConnection)connection, "PRAGMA journal_mode = WAL");
    }

    public override Exception Explain(DbException thrown) => SqliteFaults.Explain(thrown, Subject, _path, BusySeconds);

    protected override void Close()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
