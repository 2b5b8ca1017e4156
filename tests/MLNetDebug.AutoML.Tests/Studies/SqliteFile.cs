using Microsoft.Data.Sqlite;

namespace MLNetDebug.AutoML.Tests.Studies;

/// <summary>A SQLite file as someone else opens it.</summary>
internal static class SqliteFile
{
    public static object? Scalar(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public static void Execute(string path, string sql) => Scalar(path, sql);
}
