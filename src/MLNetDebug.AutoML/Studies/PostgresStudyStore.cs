using MLNetDebug.AutoML.Studies.Sql;

namespace MLNetDebug.AutoML;

/// <summary>Keeps studies in a PostgreSQL database (version 12 or newer), for the processes of many machines. Writers of one study wait for each other; the clock is the server's.</summary>
/// <remarks>Every call may throw what <see cref="SqlStudyStore"/> names.</remarks>
public sealed class PostgresStudyStore : SqlStudyStore
{
    /// <summary>Names the database; it is connected to by the first call, which also creates the schema and its tables where there are none.</summary>
    /// <param name="connectionString">Npgsql's connection string, such as <c>Host=db;Username=me;Database=studies</c>. No message repeats its password.</param>
    /// <param name="schema">The schema of the tables, 1 to 63 bytes. Default <c>mlnetdebug</c>.</param>
    /// <exception cref="ArgumentException">One of them is empty, or not what is expected.</exception>
    public PostgresStudyStore(string connectionString, string schema = "mlnetdebug")
        : base(new PostgresDatabase(connectionString, schema))
    {
    }
}
