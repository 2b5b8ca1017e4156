using MLNetDebug.AutoML.Studies.Sql;

namespace MLNetDebug.AutoML;

/// <summary>
/// Keeps studies in a SQLite file, for the processes of one machine. It is written ahead (WAL) and flushed with each call (<c>synchronous=FULL</c>), so the file must lie on a local disk: SQLite's locks do not
/// hold on network file systems; see <see cref="PostgresStudyStore"/> for several machines. The clock is the machine's.
/// </summary>
/// <remarks>Every call may throw what <see cref="SqlStudyStore"/> names.</remarks>
public sealed class SqliteStudyStore : SqlStudyStore
{
    /// <summary>Names the file; it is opened, and created where there is none, by the first call.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no file's.</exception>
    public SqliteStudyStore(string path)
        : base(new SqliteDatabase(path))
    {
    }
}
