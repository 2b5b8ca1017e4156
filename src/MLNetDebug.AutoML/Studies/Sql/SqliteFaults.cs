using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>Sentences for what SQLite answers (https://sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    private const int Error = 1, Busy = 5, Locked = 6, ReadOnly = 8, Full = 13, Corrupt = 11, CannotOpen = 14, Constraint = 19, Mismatch = 20, NotADatabase = 26;

    public static Exception Explain(DbException thrown, string file, string path, int busySeconds)
    {
        return (thrown as SqliteException)?.SqliteErrorCode switch
        {
            CannotOpen => new IOException($"{file} cannot be opened: {Obstacle(path)}", thrown),
            ReadOnly => new IOException(
                $"{file} cannot be written to: it or its folder is read-only for this user. Give the right to write to both (SQLite keeps a log beside the file), or name another file.", thrown),
            Busy or Locked => new IOException(
                FormattableString.Invariant($"{file} was locked by another process for {busySeconds} seconds. End the process that holds it, or keep fewer workers on one file."), thrown),
            Full => new IOException($"{file} cannot grow: its disk is full. Make room; the study goes on where it stood.", thrown),
            NotADatabase => new InvalidOperationException($"{file} is no SQLite database: name a study file, or one that is not there yet.", thrown),
            Corrupt or Constraint or Mismatch => new InvalidOperationException($"{file} is damaged ({thrown.Message}). Put a copy of it in its place, or begin a new one.", thrown),
            Error => new InvalidOperationException($"{file} does not have the tables of a study store ({thrown.Message}): it is another program's, or damaged. Name another file.", thrown),
            _ => new IOException($"{file} cannot be used ({thrown.Message}). See that its disk is well, and that this user may read and write there.", thrown),
        };
    }

    private static string Obstacle(string path)
    {
        if (Directory.Exists(path))
            return "it is a folder. Name a file in it.";
        var folder = Path.GetDirectoryName(path);
        return Directory.Exists(folder)
            ? "this user may not read and write it, or not make files in its folder. Give that right, or name another file."
            : $"there is no folder '{folder}'. Make it, or name another file.";
    }
}
