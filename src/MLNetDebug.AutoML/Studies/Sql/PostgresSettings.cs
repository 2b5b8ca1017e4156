using Npgsql;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>How the PostgreSQL server is reached.</summary>
internal static class PostgresSettings
{
    /// <exception cref="ArgumentException">The text is no connection string, or names no server.</exception>
    public static NpgsqlConnectionStringBuilder Of(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw NotOne("it cannot be read: " + e.Message.Split(" (Parameter '")[0], e);
        }

        if (string.IsNullOrEmpty(settings.Host))
            throw NotOne("it names no Host");
        // A call is a transaction of its own, also where the caller is in one.
        settings.Enlist = false;
        settings.ApplicationName ??= "MLNetDebug";
        return settings;
    }

    /// <exception cref="ArgumentException">Settings contradict each other.</exception>
    public static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings)
    {
        try
        {
            return NpgsqlDataSource.Create(settings);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw NotOne("its settings do not go together: " + e.Message.Split(" (Parameter '")[0], e);
        }
    }

    private static ArgumentException NotOne(string why, Exception? inner = null) => new(
        $"The connection string is not one for PostgreSQL: {why}. Such as 'Host=db;Port=5432;Username=me;Password=...;Database=studies' is expected.", "connectionString", inner);
}
