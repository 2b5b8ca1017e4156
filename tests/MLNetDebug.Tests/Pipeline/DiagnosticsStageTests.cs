using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class DiagnosticsStageTests
{
    private readonly MLContext _ml = new(1);

    private static DiagnosticsOptions With(UserRule rule, Severity failOn = Severity.Error) =>
        new() { Rules = [rule], Sinks = [], TrainingBudget = TimeSpan.Zero, FailOn = failOn };

    [TestMethod]
    public void Finding_AtTheSeverityToFailOn_ThrowsBeforeTrainingWithTheReport()
    {
        var trained = false;
        _ml.Log += (_, e) => trained |= e.Source.Contains("Sdca", StringComparison.Ordinal);
        var pipeline = PipelineData.Concatenate(_ml).Append(_ml.Regression.Trainers.Sdca("Target")).AppendDiagnostics(With(new UserRule(severity: Severity.Error)));
        var error = Assert.ThrowsExactly<DiagnosticException>(() => pipeline.Fit(PipelineData.View(_ml)));
        Assert.AreEqual(1, error.Report.Of("ACME1").Count());
        StringAssert.Contains(error.Message, "ACME1 UserRule (Error) training data: {braces} are text.");
        Assert.IsFalse(trained);
    }

    [TestMethod]
    [DataRow(Severity.Error, Severity.Warning, false)]
    [DataRow(Severity.Warning, Severity.Warning, true)]
    [DataRow(Severity.Warning, Severity.Info, false)]
    [DataRow(Severity.Info, Severity.Info, true)]
    [DataRow(Severity.None, Severity.Error, false)]
    public void FailOn_Boundary(Severity failOn, Severity found, bool throws)
    {
        var pipeline = PipelineData.Concatenate(_ml).AppendDiagnostics(With(new UserRule(severity: found), failOn) with { Label = "Label" });
        if (throws)
            Assert.ThrowsExactly<DiagnosticException>(() => pipeline.Fit(PipelineData.View(_ml)));
        else
            Assert.AreEqual(found, pipeline.Fit(PipelineData.View(_ml)).DiagnosticReports().Single().Of("ACME1").Single().Severity);
    }

    [TestMethod]
    public void SilencedRule_DoesNotRunAndSeverityOverridesWin()
    {
        var rule = new UserRule();
        var silenced = With(rule) with { Silence = ["ACME1"] };
        Assert.AreEqual(0, PipelineData.Concatenate(_ml).AppendDiagnostics(silenced).Fit(PipelineData.View(_ml)).DiagnosticReports()[0].Of("ACME1").Count());
        Assert.AreEqual(0, rule.Seen.Count);
        var raised = With(rule) with { Severities = new Dictionary<string, Severity> { ["ACME1"] = Severity.Error } };
        Assert.ThrowsExactly<DiagnosticException>(() => PipelineData.Concatenate(_ml).AppendDiagnostics(raised).Fit(PipelineData.View(_ml)));
    }

    [TestMethod]
    public void Stage_HandsTheVeryViewThrough()
    {
        var stage = PipelineData.Concatenate(_ml).AppendDiagnostics(With(new UserRule())).Fit(PipelineData.View(_ml)).LastTransformer;
        var view = PipelineData.View(_ml, seed: 2);
        Assert.AreSame(view, stage.Transform(view));
        Assert.AreSame(view.Schema, stage.GetOutputSchema(view.Schema));
        Assert.IsTrue(stage.IsRowToRowMapper);
    }

    [TestMethod]
    public void HoldOut_GoesThroughTheFittedStagesBeforeTheCheck_AtEveryFit()
    {
        var rule = new UserRule();
        var holdOut = PipelineData.View(_ml, 80, seed: 7);
        var inner = _ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(_ml.Regression.Trainers.Sdca("Target"));
        var pipeline = PipelineData.Concatenate(_ml).Append(inner).AppendDiagnostics(With(rule) with { HoldOut = holdOut });
        var model = pipeline.Fit(PipelineData.View(_ml));
        pipeline.Fit(PipelineData.View(_ml, seed: 3));
        Assert.AreEqual(2, rule.Seen.Count);
        var expected = model.Transform(holdOut).GetColumn<float[]>("Features").ToArray();
        var seen = rule.Seen[0].Test!.GetColumn<float[]>("Features").ToArray();
        Assert.AreEqual(80, seen.Length);
        for (var i = 0; i < seen.Length; i++)
            CollectionAssert.AreEqual(expected[i], seen[i]);
        Assert.AreNotEqual(seen[0][0], rule.Seen[1].Test!.GetColumn<float[]>("Features").First()[0]);
    }

    [TestMethod]
    public void HoldOut_ThatDoesNotFit_GivesASentence()
    {
        var wrong = _ml.Data.LoadFromEnumerable(new[] { new { Other = 1f } });
        var pipeline = PipelineData.Concatenate(_ml).AppendDiagnostics(With(new UserRule()) with { HoldOut = wrong });
        var error = Assert.ThrowsExactly<ArgumentException>(() => pipeline.Fit(PipelineData.View(_ml)));
        StringAssert.Contains(error.Message, "The hold-out data does not fit the pipeline");
    }

    [TestMethod]
    public void Sinks_GetTheReportBeforeTheException()
    {
        var told = new List<DiagnosticReport>();
        var text = new StringWriter();
        var quiet = new StringWriter();
        var logger = new ListLogger();
        var messages = new List<(string Source, string Message)>();
        _ml.Log += (_, e) => messages.Add((e.Source, e.Message));
        var options = With(new UserRule(severity: Severity.Error)) with
        {
            Sinks = [DiagnosticsSink.Callback(told.Add), DiagnosticsSink.Text(text), DiagnosticsSink.Text(quiet, (Severity)4), DiagnosticsSink.Log(logger), DiagnosticsSink.Log(_ml)],
        };
        Assert.ThrowsExactly<DiagnosticException>(() => PipelineData.Concatenate(_ml).AppendDiagnostics(options).Fit(PipelineData.View(_ml)));
        Assert.AreEqual(1, told.Count);
        StringAssert.Contains(text.ToString(), "ACME1");
        Assert.AreEqual(string.Empty, quiet.ToString());
        Assert.AreEqual((LogLevel.Error, "ACME1 UserRule training data: {braces} are text."), logger.Entries[0]);
        Assert.IsTrue(messages.Any(m => m.Source.Contains("MLNetDebug", StringComparison.Ordinal) && m.Message.Contains("ACME1 UserRule training data: {braces} are text.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void DefaultSinks_ReachTheContextsLog()
    {
        var messages = new List<string>();
        _ml.Log += (_, e) => messages.Add(e.Message);
        var options = new DiagnosticsOptions { Rules = [new UserRule(severity: Severity.Info)], TrainingBudget = TimeSpan.Zero };
        PipelineData.Concatenate(_ml).AppendDiagnostics(options).Fit(PipelineData.View(_ml));
        Assert.IsTrue(messages.Any(m => m.Contains("ACME1", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Cancelled_Throws()
    {
        var options = With(new UserRule()) with { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsExactly<OperationCanceledException>(() => PipelineData.Concatenate(_ml).AppendDiagnostics(options).Fit(PipelineData.View(_ml)));
    }

    [TestMethod]
    public void AbsentLabel_GivesASentenceAtFit()
    {
        var pipeline = PipelineData.Concatenate(_ml).AppendDiagnostics(With(new UserRule()) with { Label = "Outcome" });
        var error = Assert.ThrowsExactly<ArgumentException>(() => pipeline.Fit(PipelineData.View(_ml)));
        StringAssert.Contains(error.Message, "The data has no column 'Outcome'; columns are 'Label'");
    }

    private sealed class ListLogger : ILogger
    {
        public List<(LogLevel Level, string Text)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, formatter(state, exception)));
    }
}
