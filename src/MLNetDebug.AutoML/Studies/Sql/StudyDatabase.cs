using System.Data.Common;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>What differs between the databases that studies are kept in.</summary>
internal abstract class StudyDatabase : IDisposable
{
    private readonly Lock _preparing = new();
    private volatile bool _isPrepared;
    private volatile bool _isDisposed;

    /// <summary>How messages call it within a sentence.</summary>
    public abstract string Name { get; }

    /// <summary>How messages call it at the beginning of a sentence.</summary>
    public string Subject => string.Concat(Name[..1].ToUpperInvariant(), Name.AsSpan(1));

    /// <summary>Stands before each table's name.</summary>
    public virtual string Prefix => "";

    /// <summary>The type of a column that numbers its rows by itself.</summary>
    public abstract string IdentityType { get; }

    /// <summary>Added to a SELECT, it keeps other writers from the row until the transaction ends.</summary>
    public virtual string RowLock => "";

    /// <summary>An open connection; the caller disposes it.</summary>
    public abstract DbConnection Connect();

    /// <summary>A reading sees the database at one moment; a writing sees what others wrote before it.</summary>
    public abstract DbTransaction Begin(DbConnection connection, bool isWrite);

    /// <summary>Microseconds since 1970 by the clock that all processes share.</summary>
    public abstract long Clock(StudyTransaction transaction);

    public abstract bool HasTable(StudyTransaction transaction, string table);

    /// <summary>Called before tables are created, outside of a transaction.</summary>
    public virtual void BeforeCreation()
    {
    }

    /// <summary>Keeps other processes from creating tables until the transaction ends, and makes the place where they stand.</summary>
    public virtual void LockCreation(StudyTransaction transaction)
    {
    }

    /// <summary>True where a transaction that has come to nothing may succeed when it is tried again.</summary>
    public virtual bool IsPassing(DbException thrown) => false;

    /// <summary>A sentence for what the driver threw.</summary>
    public abstract Exception Explain(DbException thrown);

    public StudyTransaction Begin(bool isWrite)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_isPrepared)
        {
            lock (_preparing)
            {
                if (!_isPrepared)
                    StudySchema.Ensure(this);
                _isPrepared = true;
            }
        }

        return new StudyTransaction(this, isWrite);
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Close();
    }

    /// <summary>Closes what was kept open.</summary>
    protected abstract void Close();
}
