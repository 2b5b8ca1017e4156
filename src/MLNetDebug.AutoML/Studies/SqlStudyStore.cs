using System.Data.Common;
using MLNetDebug.AutoML.Studies.Sql;

namespace MLNetDebug.AutoML;

/// <summary>A study store in an SQL database: <see cref="SqliteStudyStore"/> or <see cref="PostgresStudyStore"/>.</summary>
/// <remarks>
/// Besides what <see cref="IStudyStore"/> names, every call may throw an <see cref="IOException"/> (the database cannot be reached, written or locked in time), an <see cref="InvalidOperationException"/> (it
/// is damaged, is no study store, or one of a newer version) and an <see cref="ObjectDisposedException"/>.
/// </remarks>
public abstract class SqlStudyStore : IStudyStore
{
    // A connection that was kept may be dead, and the next is not; a server that begins anew takes seconds.
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    private readonly StudyDatabase _database;

    private protected SqlStudyStore(StudyDatabase database) => _database = database;

    /// <inheritdoc/>
    public void Open(StudyDefinition definition)
    {
        StudyChecks.Definition(definition);
        Write(t => StudyTable.Open(t, definition));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Studies() => Read(StudyTable.Names);

    /// <inheritdoc/>
    public StudySnapshot Read(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Read(t =>
        {
            var found = StudyTable.Find(t, study);
            return new StudySnapshot(new StudyDefinition(study, found.Settings), found.Created, t.Clock(), TrialTable.All(t, found.Id));
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<TrialEvent> Events(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Read(t => EventTable.All(t, StudyTable.Find(t, study).Id));
    }

    /// <inheritdoc/>
    public TrialClaim? TryAdd(string study, TrialPlan plan, string worker)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(worker);
        StudyChecks.Plan(plan);
        return Write(t => TrialTable.TryAdd(t, StudyTable.Lock(t, study), plan, worker) ? new TrialClaim(study, plan, 1) : null);
    }

    /// <inheritdoc/>
    public TrialClaim? TryTakeOver(string study, string worker, TimeSpan expiry)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(worker);
        StudyChecks.Expiry(expiry);
        return Write(t => TrialTable.TryTakeOver(t, StudyTable.Lock(t, study), worker, expiry) is { } taken ? new TrialClaim(study, taken.Plan, taken.Attempt) { Deaths = taken.Deaths } : null);
    }

    /// <inheritdoc/>
    public bool Beat(TrialClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Write(t => new HeldTrial(t, claim).Beat());
    }

    /// <inheritdoc/>
    public bool Report(TrialClaim claim, TrialPoint point)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(point);
        return Write(t => new HeldTrial(t, claim).Report(point));
    }

    /// <inheritdoc/>
    public bool Finish(TrialClaim claim, TrialEnd end)
    {
        ArgumentNullException.ThrowIfNull(claim);
        StudyChecks.End(end);
        return Write(t => new HeldTrial(t, claim).Finish(end));
    }

    /// <inheritdoc/>
    public bool Release(TrialClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Write(t => new HeldTrial(t, claim).Release());
    }

    /// <summary>Closes the database; studies stay as they are.</summary>
    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    private T Read<T>(Func<StudyTransaction, T> call) => Call(isWrite: false, call);

    private T Write<T>(Func<StudyTransaction, T> call) => Call(isWrite: true, call);

    private T Call<T>(bool isWrite, Func<StudyTransaction, T> call)
    {
        for (var tries = 0; ; tries++)
        {
            var isSent = false;
            try
            {
                using var transaction = _database.Begin(isWrite);
                var result = call(transaction);
                // From here on the database may have taken it, whatever comes back: a second time could write it twice.
                isSent = isWrite;
                transaction.Commit();
                return result;
            }
            catch (DbException e) when (!isSent && tries < Waits.Length && _database.IsPassing(e))
            {
                Thread.Sleep(Waits[tries]);
            }
            catch (DbException e)
            {
                throw _database.Explain(e);
            }
        }
    }
}
