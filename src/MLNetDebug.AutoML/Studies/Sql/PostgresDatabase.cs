using System.Data;
using System.Data.Common;
using System.Text;
using Npgsql;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>Studies in a schema of a PostgreSQL database.</summary>
internal sealed class PostgresDatabase : StudyDatabase
{
    /// <summary>PostgreSQL cuts longer names off.</summary>
    private const int LongestName = 63;

    /// <summary>Any number that all of us, and hardly anyone else, ask for.</summary>
    private const long CreationLock = 0x4D4C_4E44_4247_0001;

    /// <summary>After so long in a transaction without a word a session is ended by the server: less than others wait for a lock (Npgsql's command timeout of 30 s).</summary>
    private const int IdleSeconds = 10;

    private readonly string _schema;
    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(string connectionString, string schema)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        ArgumentException.ThrowIfNullOrEmpty(schema);
        if (schema.Contains('\0') || Encoding.UTF8.GetByteCount(schema) > LongestName)
            throw new ArgumentException($"The schema's name is 1 to {LongestName} bytes of UTF-8 without NUL; this one is not.", nameof(schema));
        _schema = schema;
        var settings = PostgresSettings.Of(connectionString);
        Name = $"the PostgreSQL database '{settings.Database ?? settings.Username}' at {settings.Host}:{settings.Port}, schema '{schema}'";
        _source = PostgresSettings.Source(settings);
    }

    public override string Name { get; }

    public override string Prefix => Quoted + ".";

    public override string IdentityType => "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    public override string RowLock => " FOR UPDATE";

    private string Quoted => $"\"{_schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override DbConnection Connect() => _source.OpenConnection();

    public override DbTransaction Begin(DbConnection connection, bool isWrite)
    {
        var transaction = connection.BeginTransaction(isWrite ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead);
        if (!isWrite)
            return transaction;
        // A worker that is halted, or whose machine is gone from the network, must not keep the study's lock: the others wait for it.
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = FormattableString.Invariant($"SET LOCAL idle_in_transaction_session_timeout = {IdleSeconds * 1000}");
        command.ExecuteNonQuery();
        return transaction;
    }

    // now() would be the moment that the transaction began, before it waited for a lock.
    public override long Clock(StudyTransaction transaction) => transaction.Number("clock", "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint AS value");

    public override bool HasTable(StudyTransaction transaction, string table) => transaction.Number(
        "table", "SELECT COUNT(*) AS value FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = @schema AND c.relname = @table",
        ("schema", _schema), ("table", table)) > 0;

    public override void LockCreation(StudyTransaction transaction)
    {
        transaction.Execute("SELECT pg_advisory_xact_lock(@key)", ("key", CreationLock));
        // IF NOT EXISTS asks for the right to create even where the schema is there.
        var isThere = transaction.Number("schema", "SELECT COUNT(*) AS value FROM pg_catalog.pg_namespace WHERE nspname = @schema", ("schema", _schema)) > 0;
        if (!isThere)
            transaction.Execute($"CREATE SCHEMA {Quoted}");
    }

    public override bool IsPassing(DbException thrown) => PostgresFaults.IsPassing(thrown);

    public override Exception Explain(DbException thrown) => PostgresFaults.Explain(thrown, Subject);

    protected override void Close() => _source.Dispose();
}
