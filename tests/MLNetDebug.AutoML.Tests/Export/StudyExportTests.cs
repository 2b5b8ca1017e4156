using System.Globalization;
using System.Text.Json;
using CsCheck;
using MLNetDebug.AutoML.Export;
using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML.Tests.Export;

[TestClass]
public sealed class StudyExportTests
{
    private static readonly DateTimeOffset Time = new(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));

    private static readonly TrialRecord RangeTest = new(new TrialPlan(0, TrialKind.RangeTest, new TrialParameters([new("BatchSize", 16)]), 1, 0))
    {
        State = TrialState.Completed,
        Worker = "w",
        Started = Time,
        Ended = Time,
        Metric = double.NaN,
        Bracket = new LearningRateBracket { Moves = 1e-4, DivergesLow = 0.5, DivergesHigh = double.PositiveInfinity, Rates = [0.1, 1], Losses = [2.5, double.NaN], Steps = 100 },
    };

    private static readonly TrialRecord Search = new(new TrialPlan(1, TrialKind.Search, new TrialParameters([new("BatchSize", 32), new("LearningRate", 0.1), new("x,\"y\"", -0.25)]), -7, 20) { Arm = "=HYPERLINK(\"x\")" })
    {
        State = TrialState.Pruned,
        Attempt = 2,
        Worker = "a,\"b\"\r\nc",
        Started = Time,
        Metric = -0.5,
        TestMetric = 0.25,
        Steps = 40,
        Reason = "-1+1\U0001F600\uD83D",
        Findings = [new TrialFinding("MLD302", Severity.Warning, new string('m', 5_000)), new TrialFinding("MLD303", Severity.Info, "@x")],
        Points = [new(1, double.NegativeInfinity, 20), new(2, -0.5, 40)],
    };

    private static readonly TrialEvent[] Events =
    [
        new(1, 0, 1, TrialEventKind.Started, "w", Time), new(2, 1, 2, TrialEventKind.Reported, "w", Time) { Point = new TrialPoint(1, double.NaN, 3) },
    ];

    private static StudySnapshot Study(string settings = """{"Seed":1}""") => new(new StudyDefinition("sweep", settings), Time, Time.AddHours(1), [RangeTest, Search]);

    [TestMethod]
    public void WriteJson_HasAllOfAStudy()
    {
        var root = Json(Study());
        Assert.AreEqual("mlnetdebug/study/0", root.GetProperty("schema").GetString());
        Assert.AreEqual(1, root.GetProperty("settings").GetProperty("Seed").GetInt32());
        Assert.AreEqual(Time.UtcDateTime, root.GetProperty("created").GetDateTime());
        var (range, search) = (root.GetProperty("trials")[0], root.GetProperty("trials")[1]);
        Assert.AreEqual("rangeTest", range.GetProperty("kind").GetString());
        var bracket = range.GetProperty("bracket");
        Assert.AreEqual((1e-4, JsonValueKind.Null, JsonValueKind.Null), (bracket.GetProperty("moves").GetDouble(), bracket.GetProperty("divergesHigh").ValueKind, bracket.GetProperty("losses")[1].ValueKind));
        Assert.AreEqual(JsonValueKind.Null, range.GetProperty("metric").ValueKind);
        Assert.IsFalse(search.TryGetProperty("bracket", out _));
        Assert.AreEqual(JsonValueKind.Null, search.GetProperty("ended").ValueKind);
        Assert.AreEqual(-0.25, search.GetProperty("parameters").GetProperty("x,\"y\"").GetDouble());
        Assert.AreEqual("-1+1\U0001F600\uFFFD", search.GetProperty("reason").GetString());
        Assert.AreEqual(5_000, search.GetProperty("findings")[0].GetProperty("message").GetString()!.Length);
        Assert.AreEqual(JsonValueKind.Null, search.GetProperty("points")[0].GetProperty("metric").ValueKind);
        Assert.AreEqual(40, search.GetProperty("points")[1].GetProperty("steps").GetInt64());
        var events = root.GetProperty("events");
        Assert.IsFalse(events[0].TryGetProperty("point", out _));
        Assert.AreEqual(("reported", 3L), (events[1].GetProperty("kind").GetString(), events[1].GetProperty("point").GetProperty("steps").GetInt64()));
    }

    [TestMethod]
    public void WriteJson_TakesSettingsThatAreNoJson()
    {
        // Not rows of data: a test runner writes U+FFFD for a lone surrogate in these.
        foreach (var (settings, expected) in (ReadOnlySpan<(string, string)>)[("{no", "{no"), ("", ""), ("\uD83D", "\uFFFD"), ("{\"\uD83D\":1}", "{\"\uFFFD\":1}")])
            Assert.AreEqual(expected, Json(Study(settings)).GetProperty("settings").GetString());
    }

    [TestMethod]
    public void WriteJson_TakesSettingsWithAnEscapedLoneSurrogate() => Assert.AreEqual("\"\\ud83d\"", Json(Study("\"\\ud83d\"")).GetProperty("settings").GetRawText());

    [TestMethod]
    public void WriteJson_LeavesTheStreamOpen()
    {
        using var stream = new MemoryStream();
        StudyExport.WriteJson(Study(), [], stream);
        Assert.IsTrue(stream.CanWrite);
    }

    [TestMethod]
    public void WriteCsv_HasALineForEachTrialAndAColumnForEachParameter()
    {
        var lines = CsvReading.Parse(Csv(Study()));
        Assert.AreEqual(3, lines.Count);
        Assert.IsTrue(lines.TrueForAll(l => l.Count == lines[0].Count));
        var (range, search) = (Cells(lines, 1), Cells(lines, 2));
        Assert.AreEqual(("RangeTest", "16", "", "", "", "0.0001", "0.5", ""), (
            range["kind"], range["params_BatchSize"], range["params_LearningRate"], range["metric"], range["reason"], range["moves"], range["diverges_low"], range["diverges_high"]));
        Assert.AreEqual(("-0.25", "-7", "-0.5", "a,\"b\"\r\nc", "2", "MLD302 MLD303", ""), (
            search["params_x,\"y\""], search["seed"], search["metric"], search["worker"], search["reported"], search["findings"], search["ended"]));
        Assert.AreEqual(Time.UtcDateTime, DateTime.Parse(search["started"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind));
    }

    [TestMethod]
    public void Choices_StandByTheirText()
    {
        var settings = StudySettings.Of(new() { Metric = SweepMetric.Accuracy, Space = new() { Options = [new ChoiceOption("x,\"y\"", ["=a", "b"]), new NumberOption("LearningRate", 0, 1)] } });
        StudySnapshot Of(double value) => Study(settings) with { Trials = [RangeTest, Search with { Plan = Search.Plan with { Parameters = new([new("LearningRate", 1), new("x,\"y\"", value)]) } }] };
        var (csv, json) = (Cells(CsvReading.Parse(Csv(Of(0))), 2), Json(Of(1)).GetProperty("trials")[1].GetProperty("parameters"));
        Assert.AreEqual(("'=a", "1"), (csv["params_x,\"y\""], csv["params_LearningRate"]));
        Assert.AreEqual(("b", 1.0), (json.GetProperty("x,\"y\"").GetString(), json.GetProperty("LearningRate").GetDouble()));
        // What the settings have no text for stays a number.
        Assert.AreEqual("2", Cells(CsvReading.Parse(Csv(Of(2))), 2)["params_x,\"y\""]);
    }

    [TestMethod]
    public void WriteCsv_DefusesFormulas()
    {
        var search = Cells(CsvReading.Parse(Csv(Study())), 2);
        Assert.AreEqual("'=HYPERLINK(\"x\")", search["arm"]);
        StringAssert.StartsWith(search["reason"], "'-1+1");
    }

    [TestMethod]
    public void WriteCsv_IsTheSameInEveryCulture()
    {
        var expected = Csv(Study());
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (odd.NumberFormat.NumberDecimalSeparator, odd.NumberFormat.NegativeSign) = (",", "~");
            CultureInfo.CurrentCulture = odd;
            Assert.AreEqual(expected, Csv(Study()));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestMethod]
    public void CsvLine_ComesBack() => Gen.OneOf(Gen.String, Gen.OneOfConst("", "\"", ",", "\r\n", "=1", "+", "@a", "-", "'x", "\t")).Array[1, 5].Array[1, 4].Sample(lines =>
    {
        using var text = new StringWriter();
        var line = new CsvLine(text);
        foreach (var cells in lines)
        {
            foreach (var cell in cells)
                line.Text(cell);
            line.End();
        }

        var read = CsvReading.Parse(text.ToString());
        Assert.AreEqual(lines.Length, read.Count);
        for (var i = 0; i < lines.Length; i++)
            CollectionAssert.AreEqual(lines[i].Select(Defused).ToArray(), read[i]);
    });

    private static string Defused(string cell) => cell.Length > 0 && "=+-@\t\r\n".Contains(cell[0]) ? "'" + cell : cell;

    private static Dictionary<string, string> Cells(List<List<string>> lines, int line) => lines[0].Zip(lines[line]).ToDictionary(p => p.First, p => p.Second);

    private static string Csv(StudySnapshot study)
    {
        using var text = new StringWriter();
        StudyExport.WriteCsv(study, text);
        return text.ToString();
    }

    private static JsonElement Json(StudySnapshot study)
    {
        using var stream = new MemoryStream();
        StudyExport.WriteJson(study, Events, stream);
        using var document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }
}
