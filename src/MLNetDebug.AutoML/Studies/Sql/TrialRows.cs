namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>Reads trials from their rows.</summary>
internal static class TrialRows
{
    public static TrialPlan Plan(StoredRow row) => new(row.Int("number", 0), row.Enum<TrialKind>("kind"), Parameters(row), row.Int("seed"), row.Int("epochs")) { Arm = row.Text("arm") };

    public static TrialRecord Record(StoredRow row) => new(Plan(row))
    {
        State = row.Enum<TrialState>("state"),
        Attempt = row.Int("attempt", 1),
        Worker = row.Text("worker"),
        Started = row.Time("started"),
        Ended = row.IsNull("ended") ? null : row.Time("ended"),
        Metric = row.Number("metric"),
        TestMetric = row.Number("test_metric"),
        Steps = row.Whole("steps", long.MinValue, long.MaxValue),
        Reason = row.OptionalText("reason"),
        Findings = Findings(row),
        Bracket = row.IsNull("bracket") ? null : row.Json<LearningRateBracket>("bracket"),
    };

    private static TrialParameters Parameters(StoredRow row)
    {
        try
        {
            return new TrialParameters(row.Json<Dictionary<string, double>>("parameters"));
        }
        catch (ArgumentException e)
        {
            throw row.Damaged("parameters", "another text", "finite numbers by name", e);
        }
    }

    private static IReadOnlyList<TrialFinding> Findings(StoredRow row)
    {
        var findings = row.Json<List<TrialFinding>>("findings");
        return findings.TrueForAll(f => f is not null) ? findings : throw row.Damaged("findings", "a null", "findings");
    }
}
