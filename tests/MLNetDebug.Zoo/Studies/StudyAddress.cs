using MLNetDebug.AutoML;

namespace MLNetDebug.Zoo.Studies;

/// <summary>A store as a command line names it: <c>sqlite:FILE</c> or <c>postgres:SCHEMA:CONNECTION</c>.</summary>
internal static class StudyAddress
{
    private const string SqlitePrefix = "sqlite:", PostgresPrefix = "postgres:";

    public static string OfSqlite(string path) => SqlitePrefix + path;

    public static string OfPostgres(string connectionString, string schema) => $"{PostgresPrefix}{schema}:{connectionString}";

    public static IStudyStore Open(string address)
    {
        if (address.StartsWith(SqlitePrefix, StringComparison.Ordinal))
            return new SqliteStudyStore(address[SqlitePrefix.Length..]);
        return address.StartsWith(PostgresPrefix, StringComparison.Ordinal) && address[PostgresPrefix.Length..].Split(':', 2) is [var schema, var connectionString]
            ? new PostgresStudyStore(connectionString, schema)
            : throw new ArgumentException($"'{address}' names no store: {SqlitePrefix}FILE or {PostgresPrefix}SCHEMA:CONNECTION is expected.", nameof(address));
    }
}
