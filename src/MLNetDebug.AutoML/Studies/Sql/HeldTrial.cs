namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>
/// A trial that a worker claims to have. It is written to only while it runs and its attempt is the worker's: a worker that was taken for dead, and wakes, changes nothing (fencing; M. Kleppmann, Designing
/// Data-Intensive Applications, chapter 8).
/// </summary>
internal sealed class HeldTrial
{
    // Before every moment: whoever asks for a silent trial gets one that was given back, and who gave it back is refused.
    private const long Released = long.MinValue;

    private readonly StudyTransaction _transaction;
    private readonly TrialClaim _claim;
    private readonly long _study;
    private readonly long _now;

    /// <exception cref="KeyNotFoundException">There is no such study.</exception>
    public HeldTrial(StudyTransaction transaction, TrialClaim claim)
    {
        (_transaction, _claim) = (transaction, claim);
        _study = StudyTable.Lock(transaction, claim.Study);
        _now = transaction.Now();
    }

    public bool Beat() => Update("");

    public bool Report(TrialPoint point)
    {
        if (!Update(", steps = @steps", ("steps", point.Steps)))
            return false;
        Add(TrialEventKind.Reported, point);
        return true;
    }

    public bool Finish(TrialEnd end)
    {
        var isHeld = Update(
            ", state = @end, ended = @now, metric = @metric, test_metric = @test, steps = @steps, reason = @reason, findings = @findings, bracket = @bracket",
            ("end", (long)end.State), ("metric", StoredNumber.Of(end.Metric)), ("test", StoredNumber.Of(end.TestMetric)), ("steps", end.Steps),
            ("reason", end.Reason is { } reason ? StoredText.Of(reason) : null), ("findings", StoredJson.Of(end.Findings.ToList())), ("bracket", end.Bracket is { } bracket ? StoredJson.Of(bracket) : null));
        if (!isHeld)
            return false;
        Add(end.State switch { TrialState.Completed => TrialEventKind.Completed, TrialState.Pruned => TrialEventKind.Pruned, _ => TrialEventKind.Failed });
        return true;
    }

    public bool Release()
    {
        if (!Write("heartbeat = @released"))
            return false;
        Add(TrialEventKind.Released);
        return true;
    }

    private bool Update(string set, params ReadOnlySpan<(string Name, object? Value)> values) => Write($"heartbeat = @now{set}", [("now", _now), .. values]);

    private bool Write(string set, params ReadOnlySpan<(string Name, object? Value)> values) => _transaction.Execute(
        $"UPDATE {_transaction["trial"]} SET {set} WHERE study = @study AND number = @number AND attempt = @attempt AND state = @running AND heartbeat > @released",
        [
            ("study", _study), ("number", (long)_claim.Plan.Number), ("attempt", (long)_claim.Attempt), ("running", (long)TrialState.Running), ("released", Released), .. values,
        ]) == 1;

    /// <summary>Adds an event of this attempt, under the name of the worker that has it.</summary>
    private void Add(TrialEventKind kind, TrialPoint? point = null)
    {
        var worker = _transaction.Query(
            "trial", $"SELECT worker FROM {_transaction["trial"]} WHERE study = @study AND number = @number", r => r.Text("worker"), ("study", _study), ("number", (long)_claim.Plan.Number))[0];
        EventTable.Add(_transaction, _study, new TrialEvent(0, _claim.Plan.Number, _claim.Attempt, kind, worker, StoredTime.Of(_now)) { Point = point });
    }
}
