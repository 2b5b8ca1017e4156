using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class DiagnosticsCatalogTests
{
    private readonly MLContext _ml = new(1);

    private static DiagnosticsOptions Quiet => new() { Label = "Label", Features = ["A", "B"], Sinks = [], TrainingBudget = TimeSpan.Zero };

    [TestMethod]
    public void HealthyData_HasNothingAboveInfo_AndSaysWhatItLookedAt()
    {
        var report = _ml.Diagnostics().Validate(PipelineData.View(_ml, 2000), PipelineData.View(_ml, 1000, seed: 2), Quiet);
        Assert.IsTrue(report.Worst <= Severity.Info, string.Join("; ", report.Findings.Select(f => f.Message)));
        Assert.AreEqual("training data and hold-out data", report.Title);
        Assert.AreEqual(2000, report.Facts.Single(f => f.Name == "training data: rows").Value);
        Assert.AreEqual(1000, report.Facts.Single(f => f.Name == "hold-out data: rows").Value);
        CollectionAssert.AreEqual(new[] { "Task: BinaryClassification, as 'Label' is Boolean; pass Task = LearningTask.... if it is another." }, report.Assumptions.ToArray());
        Assert.IsTrue(report.Timings.Any(t => t.Name == nameof(DataProfile)));
        Assert.IsTrue(report.Checked.Count >= 15, $"{report.Checked.Count} rules");
    }

    [TestMethod]
    public void Facts_AreErrors_AndThrowOnlyWhereAsked()
    {
        var rows = PipelineData.Rows(200);
        foreach (var row in rows)
            row.Label = true;
        rows[17].A = float.PositiveInfinity;
        var data = _ml.Data.LoadFromEnumerable(rows);
        var report = _ml.Diagnostics().Validate(data, options: Quiet);
        Assert.AreEqual(Severity.Error, report.Of(RuleIds.OneClass).Single().Severity);
        Assert.AreEqual("A", report.Of(RuleIds.InfiniteFeature).Single().Subject.Name);
        var error = Assert.ThrowsExactly<DiagnosticException>(() => _ml.Diagnostics().Validate(data, options: Quiet with { FailOn = Severity.Error }));
        StringAssert.Contains(error.Message, "MLD120");
        StringAssert.Contains(error.Message, "MLD102");
    }

    [TestMethod]
    public void Mends_OfAReport_MendWhatItFound()
    {
        PipelineData.Row[] rows = [.. PipelineData.Rows(2000).OrderBy(r => r.Label)];
        foreach (var row in rows)
            row.B *= 1e5f;
        var data = _ml.Data.LoadFromEnumerable(rows);
        var report = _ml.Diagnostics().Validate(data, options: Quiet with { Trainer = _ml.BinaryClassification.Trainers.AveragedPerceptron() });
        Assert.IsTrue(report.Mends.OfType<ShuffleMend>().Any() && report.Mends.OfType<NormalizeMend>().Any(), string.Join(", ", report.Findings.Select(f => f.Rule.Name)));
        var mended = report.Mends.Aggregate(data, (view, mend) => mend.Apply(_ml, view));
        var after = _ml.Diagnostics().Validate(mended, options: Quiet);
        Assert.IsTrue(after.Worst <= Severity.Info, string.Join("; ", after.Findings.Select(f => f.Message)));
    }

    [TestMethod]
    public void EmptyData_IsSaidAndDoesNotCrash()
    {
        var report = _ml.Diagnostics().Validate(_ml.Data.LoadFromEnumerable(Array.Empty<PipelineData.Row>()), options: Quiet);
        Assert.IsTrue(report.Findings.Count + report.NotChecked.Count > 0);
    }

    [TestMethod]
    public void Budget_MaxRows_IsSaid()
    {
        var report = _ml.Diagnostics().Validate(PipelineData.View(_ml, 2000), options: Quiet with { MaxRows = 500 });
        Assert.AreEqual(500, report.Facts.Single(f => f.Name == "training data: rows").Value);
        Assert.IsTrue(report.NotChecked.Any(n => n.Reason.Contains("500", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Profile_HasNoJudgement()
    {
        var profile = _ml.Diagnostics().Profile(PipelineData.View(_ml), new DiagnosticsOptions { Features = ["A"] });
        Assert.AreEqual(300, profile.RowCount);
        Assert.AreEqual(ColumnRole.Feature, profile.Column("A")!.Role);
    }

    [TestMethod]
    public void WrongArguments_GiveASentence()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.Diagnostics().Validate(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => ((MLContext)null!).Diagnostics());
        Assert.ThrowsExactly<OperationCanceledException>(() => _ml.Diagnostics().Validate(PipelineData.View(_ml), options: Quiet, cancellationToken: new CancellationToken(true)));
        var error = Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Validate(PipelineData.View(_ml), options: Quiet with { Label = "y" }));
        StringAssert.Contains(error.Message, "no column 'y'");
    }
}
