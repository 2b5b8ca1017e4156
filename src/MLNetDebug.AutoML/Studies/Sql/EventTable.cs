namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>The table of events: rows are added to it, never changed or deleted.</summary>
internal static class EventTable
{
    /// <summary>Adds an event; the study is locked, so its sequence has no gap.</summary>
    public static void Add(StudyTransaction t, long study, TrialEvent added)
    {
        var last = t.Query(
            "event", $"SELECT COALESCE(MAX(sequence), 0) AS sequence FROM {t["event"]} WHERE study = @study", r => r.Whole("sequence", 0, long.MaxValue - 1), ("study", study))[0];
        t.Execute(
            $"""
            INSERT INTO {t["event"]} (study, sequence, trial, attempt, kind, worker, time, epoch, metric, steps)
            VALUES (@study, @sequence, @trial, @attempt, @kind, @worker, @time, @epoch, @metric, @steps)
            """,
            ("study", study), ("sequence", last + 1), ("trial", (long)added.Trial), ("attempt", (long)added.Attempt), ("kind", (long)added.Kind), ("worker", StoredText.Of(added.Worker)),
            ("time", StoredTime.Of(added.Time)), ("epoch", (long?)added.Point?.Epoch), ("metric", added.Point is { } point ? StoredNumber.Of(point.Metric) : null), ("steps", added.Point?.Steps));
    }

    public static List<TrialEvent> All(StudyTransaction t, long study) => t.Query(
        "event", $"SELECT sequence, trial, attempt, kind, worker, time, epoch, metric, steps FROM {t["event"]} WHERE study = @study ORDER BY sequence", Event, ("study", study));

    /// <summary>What the present attempts of a study's trials have reported, by trial and in order.</summary>
    public static ILookup<int, TrialPoint> Points(StudyTransaction t, long study) => t.Query(
        "event",
        $"""
        SELECT e.trial, e.epoch, e.metric, e.steps FROM {t["event"]} e JOIN {t["trial"]} t ON t.study = e.study AND t.number = e.trial AND t.attempt = e.attempt
        WHERE e.study = @study AND e.kind = @kind ORDER BY e.sequence
        """,
        r => (Trial: r.Int("trial", 0), Point: Point(r)), ("study", study), ("kind", (long)TrialEventKind.Reported)).ToLookup(p => p.Trial, p => p.Point);

    /// <summary>How many attempts of a trial were given back.</summary>
    public static int Releases(StudyTransaction t, long study, int trial) => (int)Math.Min(int.MaxValue, t.Number(
        "event", $"SELECT COUNT(*) AS value FROM {t["event"]} WHERE study = @study AND trial = @trial AND kind = @kind",
        ("study", study), ("trial", (long)trial), ("kind", (long)TrialEventKind.Released)));

    private static TrialEvent Event(StoredRow row)
    {
        var kind = row.Enum<TrialEventKind>("kind");
        return new TrialEvent(row.Whole("sequence", 1, long.MaxValue), row.Int("trial", 0), row.Int("attempt", 1), kind, row.Text("worker"), row.Time("time"))
        {
            Point = kind == TrialEventKind.Reported ? Point(row) : null,
        };
    }

    private static TrialPoint Point(StoredRow row) => new(row.Int("epoch"), row.Number("metric"), row.Whole("steps", long.MinValue, long.MaxValue));
}
