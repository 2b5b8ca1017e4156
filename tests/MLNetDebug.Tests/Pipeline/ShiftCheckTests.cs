using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class ShiftCheckTests
{
    private readonly MLContext _ml = new(1);

    private static DiagnosticsOptions Quiet => new() { Sinks = [], TrainingBudget = TimeSpan.Zero, FailOn = Severity.None };

    private ITransformer Model() => PipelineData.Concatenate(_ml)
        .Append(_ml.Transforms.NormalizeMeanVariance("Features"))
        .Append(_ml.Regression.Trainers.Sdca("Target"))
        .AppendDiagnostics(Quiet)
        .Fit(PipelineData.View(_ml, 2000));

    [TestMethod]
    public void SameDistribution_IsSilent()
    {
        var report = Model().CheckShift(_ml, PipelineData.View(_ml, 1000, seed: 5), Quiet with { FailOn = Severity.Warning });
        Assert.IsTrue(report.Worst <= Severity.Info, string.Join("; ", report.Findings.Select(f => f.Message)));
        Assert.IsTrue(report.Checked.Any(c => c.Rule.Id == RuleIds.SplitShift));
        Assert.IsFalse(report.Checked.Any(c => c.Rule.Id is RuleIds.SplitLeakage or RuleIds.GroupLeakage or RuleIds.FeatureScale));
    }

    [TestMethod]
    public void MovedColumn_IsNamed_AsTheModelSeesIt()
    {
        var rows = PipelineData.Rows(1000, seed: 5);
        foreach (var row in rows)
            row.A += 0.5f;
        var report = Model().CheckShift(_ml, _ml.Data.LoadFromEnumerable(rows), Quiet);
        var finding = report.Of(RuleIds.SplitShift).First(f => f.Severity == Severity.Warning);
        Assert.AreEqual("Features", finding.Subject.Name);
        Assert.AreEqual(0, finding.Subject.Slot);
        StringAssert.Contains(finding.Message, "new data");
        Assert.IsEmpty(report.Mends, "new data is no split that could be made anew");
        Assert.IsFalse(report.Findings.SelectMany(f => f.Advice).Any(a => $"{a.Text} {a.Code}".Contains("split", StringComparison.OrdinalIgnoreCase)));
        Assert.ThrowsExactly<DiagnosticException>(() => Model().CheckShift(_ml, _ml.Data.LoadFromEnumerable(rows), Quiet with { FailOn = Severity.Warning }));
    }

    [TestMethod]
    public void ClassesThatMoved_AreNoReasonToSplitAnew()
    {
        var model = _ml.Transforms.Conversion.MapValueToKey("Label", "Kind").Append(PipelineData.Concatenate(_ml))
            .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 2))
            .AppendDiagnostics(Quiet).Fit(PipelineData.View(_ml, 2000));
        var rows = PipelineData.Rows(2000, seed: 9);
        var most = rows.Where(r => r.Kind == rows[0].Kind).Concat(rows.Where(r => r.Kind != rows[0].Kind).Take(100));
        var report = model.CheckShift(_ml, _ml.Data.LoadFromEnumerable(most), Quiet);
        Assert.AreEqual(Severity.Warning, report.Of(RuleIds.LabelShift).First().Severity);
        Assert.IsEmpty(report.Mends);
    }

    [TestMethod]
    public void NewDataWithoutALabel_IsComparedAndStagesThatNeedItAreSaid()
    {
        var model = _ml.Transforms.Conversion.MapValueToKey("Label", "Kind").Append(PipelineData.Concatenate(_ml))
            .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 2))
            .AppendDiagnostics(Quiet).Fit(PipelineData.View(_ml, 500));
        var unlabelled = _ml.Data.LoadFromEnumerable(PipelineData.Rows(500, seed: 9).Select(r => new { r.A, r.B }));
        var report = model.CheckShift(_ml, unlabelled, Quiet);
        Assert.IsTrue(report.Checked.Any(c => c.Rule.Id == RuleIds.SplitShift && c.Tests > 0));
        Assert.IsTrue(report.NotChecked.Any(n => n.Reason.Contains("ValueToKeyMappingTransformer", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void ModelWithoutAProfile_GivesASentence()
    {
        var plain = PipelineData.Concatenate(_ml).Fit(PipelineData.View(_ml));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => plain.CheckShift(_ml, PipelineData.View(_ml)));
        StringAssert.Contains(error.Message, "fit a pipeline with AppendDiagnostics()");
    }

    [TestMethod]
    public void NewDataWithoutTheFeatures_GivesASentence()
    {
        var other = _ml.Data.LoadFromEnumerable(new[] { new { Other = 1f } });
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Model().CheckShift(_ml, other, Quiet));
        StringAssert.Contains(error.Message, "none of the features the model was trained on ('Features'); columns are 'Other'");
    }
}
