using System.Data.Common;
using Npgsql;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>Sentences for what PostgreSQL answers (appendix A of its manual), or where it does not answer.</summary>
internal static class PostgresFaults
{
    private const string IdleInTransaction = "25P03";

    /// <summary>True for what has undone a transaction and goes by: a connection that broke, a server that ends or begins, a deadlock.</summary>
    public static bool IsPassing(DbException thrown) =>
        thrown.IsTransient
        || thrown is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or IdleInTransaction };

    public static Exception Explain(DbException thrown, string place)
    {
        if (thrown is not PostgresException { SqlState: var state, MessageText: var text })
            return new IOException($"{place} cannot be reached ({thrown.Message}). See that the server runs, and that host, port and network are right.", thrown);
        return state switch
        {
            _ when state.StartsWith("28", StringComparison.Ordinal) => new InvalidOperationException(
                $"{place} refuses this user ({text}). See to the user's name and password, and to the server's pg_hba.conf.", thrown),
            PostgresErrorCodes.InvalidCatalogName => new InvalidOperationException($"{place} is not there ({text}). Create the database, or name another.", thrown),
            PostgresErrorCodes.InsufficientPrivilege => new InvalidOperationException(
                $"{place} does not let this user work ({text}). Grant CREATE on the database for the first use, and USAGE, SELECT, INSERT and UPDATE in the schema.", thrown),
            PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.DatatypeMismatch => new InvalidOperationException(
                $"{place} does not have the tables of a study store ({text}): they are another program's, or damaged. Name another schema.", thrown),
            _ when state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) => new InvalidOperationException(
                $"{place} does not take what was written ({text}): it is damaged, or its encoding is not UTF8. Use a database of encoding UTF8.", thrown),
            _ => new IOException($"{place} cannot be used ({state}: {text}). See the server's log; the call can be made again.", thrown),
        };
    }
}
