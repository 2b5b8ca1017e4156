namespace MLNetDebug.AutoML.Tests.Studies;

/// <summary>What someone may have done to a study file that has the study <c>sweep</c> with four trials.</summary>
internal static class HostileSql
{
    /// <summary>The same table without what guards its columns.</summary>
    private const string Loose = "CREATE TABLE loose AS SELECT * FROM trial; DROP TABLE trial; ALTER TABLE loose RENAME TO trial; ";

    public static IEnumerable<object[]> Statements =>
        [.. Values("trial", TrialValues), .. Values("event", EventValues), .. Values("study", StudyValues), .. Whole.Select(sql => new object[] { sql })];

    private static string[] TrialValues =>
    [
        "state = 4", "state = -1", "state = 'x'", "state = 4294967296", "kind = 4", "attempt = 0", "attempt = 2147483648", "attempt = 9223372036854775807", "seed = 2147483648", "epochs = 1.5", "number = number + 10",
        "number = -number", "number = 'x' || number", "metric = 'abc'", "metric = ''", "metric = '1,5'", "test_metric = x'00'", "started = -1", "started = 9223372036854775807", "ended = 'now'", "worker = x'ff'", "arm = x'00'",
        "parameters = ''", "parameters = 'null'", "parameters = '[]'", "parameters = '{\"a\":1e999}'", "parameters = '{\"a\":\"NaN\"}'", "parameters = '{\"a\":1,\"a\":2}'", "parameters = '{\"a\":{}}'", "parameters = '{\"a\":null}'",
        $"parameters = '{Deep}'", $"findings = '{Deep}'", "findings = 'null'", "findings = '[null]'", "findings = '{}'", "findings = '[{\"RuleId\":null,\"Severity\":\"Info\",\"Message\":\"m\"}]'",
        "findings = '[{\"RuleId\":\"x\",\"Severity\":\"Fatal\",\"Message\":\"m\"}]'", "findings = '[{\"RuleId\":\"x\",\"Severity\":3,\"Message\":\"m\"}]'", "findings = '[{\"$type\":\"System.Diagnostics.Process\"}]'",
        "bracket = '[]'", "bracket = 'null'", "bracket = '{\"Rates\":null}'", "bracket = '{\"Rates\":[\"x\"]}'", "bracket = '{\"Steps\":1.5}'", $"bracket = '{Deep}'", "reason = x'0001'", "parameters = '{\"\\ud800\":1}'", "parameters = '{\"' || char(26) || 'D800\":1}'",
        "findings = '[{\"RuleId\":\"\\ud800\",\"Severity\":\"Info\",\"Message\":\"m\"}]'", "steps = 'many'",
    ];

    private static string[] EventValues =>
    [
        "kind = 7", "kind = 'x'", "attempt = 'one'", "trial = -1", "sequence = -sequence", "sequence = 9223372036854775807 - sequence + 1", "time = -5", "epoch = NULL", "epoch = 2147483648", "metric = NULL", "metric = 'x'", "steps = 'x'", "worker = x'00'",
    ];

    private static string[] StudyValues => ["name = x'00'", "settings = 'x'", "settings = '{\"Seed\":2}'", $"settings = '{Deep}'", "created = -1", "created = 'x'", "settings = x'00'"];

    private static string[] Whole =>
    [
        "DELETE FROM trial WHERE number = 1", Loose + "UPDATE trial SET parameters = NULL", Loose + "UPDATE trial SET worker = NULL", Loose + "UPDATE trial SET metric = NULL", Loose + "INSERT INTO trial SELECT * FROM trial",
        "DROP TABLE event", "DROP TABLE event; CREATE VIEW event AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS study, x AS sequence, x AS trial FROM c",
        "DROP TABLE trial; CREATE TABLE trial (x)", "DELETE FROM mlnetdebug_version", "INSERT INTO mlnetdebug_version VALUES (1)", "UPDATE mlnetdebug_version SET version = 'x'", "UPDATE mlnetdebug_version SET version = 0",
        "UPDATE mlnetdebug_version SET version = 9223372036854775807", "CREATE TRIGGER t BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE TRIGGER t AFTER INSERT ON event BEGIN INSERT INTO event VALUES (NEW.study, NEW.sequence, 0, 1, 2, 'x', 1, 1, '1', 1); END",
    ];

    private static string Deep => new string('[', 5_000) + new string(']', 5_000);

    private static IEnumerable<object[]> Values(string table, string[] values) => values.Select(v => new object[] { $"UPDATE {table} SET {v}" });
}
