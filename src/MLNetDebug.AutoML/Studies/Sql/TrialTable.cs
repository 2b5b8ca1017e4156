namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>The table of trials.</summary>
internal static class TrialTable
{
    /// <summary>All trials of a study, each at its number.</summary>
    public static IReadOnlyList<TrialRecord> All(StudyTransaction t, long study)
    {
        var points = EventTable.Points(t, study);
        var expected = 0;
        return t.Query(
            "trial",
            $"""
            SELECT number, kind, arm, parameters, seed, epochs, state, attempt, worker, started, ended, metric, test_metric, steps, reason, findings, bracket
            FROM {t["trial"]} WHERE study = @study ORDER BY number
            """,
            row =>
            {
                var record = TrialRows.Record(row);
                if (record.Plan.Number != expected++)
                    throw row.Damaged("number", (long)record.Plan.Number, $"{expected - 1}, the next,");
                return record with { Points = [.. points[record.Plan.Number]] };
            },
            ("study", study));
    }

    /// <summary>Adds a trial if its number is the next; the study is locked.</summary>
    public static bool TryAdd(StudyTransaction t, long study, TrialPlan plan, string worker)
    {
        var count = t.Number("trial", $"SELECT COUNT(*) AS value FROM {t["trial"]} WHERE study = @study", ("study", study));
        if (plan.Number != count)
            return false;
        var now = t.Now();
        t.Execute(
            $"""
            INSERT INTO {t["trial"]} (study, number, kind, arm, parameters, seed, epochs, state, attempt, worker, started, heartbeat, metric, test_metric, steps, findings)
            VALUES (@study, @number, @kind, @arm, @parameters, @seed, @epochs, @state, 1, @worker, @now, @now, @none, @none, 0, @findings)
            """,
            ("study", study), ("number", (long)plan.Number), ("kind", (long)plan.Kind), ("arm", StoredText.Of(plan.Arm)), ("parameters", StoredJson.Of(plan.Parameters.Values.ToDictionary())), ("seed", (long)plan.Seed),
            ("epochs", (long)plan.Epochs), ("state", (long)TrialState.Running), ("worker", StoredText.Of(worker)), ("now", now),
            ("none", StoredNumber.Of(double.NaN)), ("findings", StoredJson.Of<List<TrialFinding>>([])));
        EventTable.Add(t, study, new TrialEvent(0, plan.Number, 1, TrialEventKind.Started, worker, StoredTime.Of(now)));
        return true;
    }

    /// <summary>Gives a worker the first running trial that was given back, or not heard of for longer than the expiry; the study is locked.</summary>
    public static (TrialPlan Plan, int Attempt, int Deaths)? TryTakeOver(StudyTransaction t, long study, string worker, TimeSpan expiry)
    {
        var now = t.Now();
        var silence = expiry.Ticks / TimeSpan.TicksPerMicrosecond;
        // A heartbeat far ahead is from before the clock was set back: a trial whose worker is dead must not wait until the clock has caught up.
        var silent = t.Query(
            "trial",
            $"""
            SELECT number, kind, arm, parameters, seed, epochs, attempt FROM {t["trial"]}
            WHERE study = @study AND state = @state AND (heartbeat < @before OR heartbeat > @after) ORDER BY number LIMIT 1
            """,
            row => (Plan: TrialRows.Plan(row), Attempt: (int)row.Whole("attempt", 1, int.MaxValue - 1)),
            ("study", study), ("state", (long)TrialState.Running), ("before", now - silence), ("after", now + silence));
        if (silent is not [var (plan, last)])
            return null;
        t.Execute(
            $"UPDATE {t["trial"]} SET attempt = @attempt, worker = @worker, started = @now, heartbeat = @now, steps = 0 WHERE study = @study AND number = @number",
            ("attempt", last + 1L), ("worker", StoredText.Of(worker)), ("now", now), ("study", study), ("number", (long)plan.Number));
        EventTable.Add(t, study, new TrialEvent(0, plan.Number, last + 1, TrialEventKind.TakenOver, worker, StoredTime.Of(now)));
        return (plan, last + 1, Math.Max(0, last - EventTable.Releases(t, study, plan.Number)));
    }
}
