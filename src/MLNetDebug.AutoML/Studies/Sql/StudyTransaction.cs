using System.Data.Common;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>One transaction of a study store; undone unless it is committed.</summary>
internal sealed class StudyTransaction : IDisposable
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    public StudyTransaction(StudyDatabase database, bool isWrite)
    {
        Database = database;
        _connection = database.Connect();
        try
        {
            _transaction = database.Begin(_connection, isWrite);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public StudyDatabase Database { get; }

    /// <summary>The full name of a table.</summary>
    public string this[string table] => Database.Prefix + table;

    /// <summary>The present moment, in microseconds since 1970. Asked for after a lock is taken: who waited for it began long before.</summary>
    public long Now() => Database.Clock(this);

    /// <summary>The present moment.</summary>
    public DateTimeOffset Clock() => StoredTime.Of(Now());

    /// <summary>Runs a statement and returns how many rows it wrote.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>All rows of a query; <paramref name="table"/> is what messages say of a row that cannot be read.</summary>
    public List<T> Query<T>(string table, string sql, Func<StoredRow, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(new StoredRow(reader, Database, table, rows.Count + 1)));
        return rows;
    }

    /// <summary>The one whole number that a query gives.</summary>
    public long Number(string table, string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Query(table, sql, r => r.Whole("value", long.MinValue, long.MaxValue), values)[0];

    public void Commit() => _transaction.Commit();

    public void Dispose()
    {
        try
        {
            _transaction.Dispose();
        }
        finally
        {
            _connection.Dispose();
        }
    }

    private DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
