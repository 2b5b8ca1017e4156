using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class CompareTests
{
    private readonly MLContext _ml = new(1);

    private static CompareOptions Quiet => new() { Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    [TestMethod]
    public void Splits_that_are_alike_have_nothing_above_Info()
    {
        var report = _ml.Diagnostics().Compare(Model(), PipelineData.View(_ml, 600, seed: 2), PipelineData.View(_ml, 600, seed: 3), Quiet with { Train = PipelineData.View(_ml) });
        Assert.IsTrue(report.Worst <= Severity.Info, string.Join("; ", report.Findings.Select(f => f.Message)));
        Assert.AreEqual("validation data and test data", report.Title);
        CollectionAssert.IsSubsetOf(new[] { "MLD111", "MLD112", "MLD113", "MLD401", "MLD402" }, report.Checked.Select(c => c.Rule.Id).ToArray());
        Assert.IsFalse(report.Checked.Any(c => c.Rule.Id is "MLD101" or "MLD104" or "MLD114"), "Rules on training data have nothing to read here.");
        Assert.IsTrue(report.Assumptions.Any(a => a == "Features: 'Features', as the model's predictor reads them."), string.Join("|", report.Assumptions));
        Assert.AreEqual(600, report.Facts.Single(f => f.Name == "test data: rows judged").Value);
        Assert.IsTrue(report.Timings.Any(t => t.Name == nameof(EvaluationPair)));
    }

    [TestMethod]
    public void A_test_split_that_moved_is_found_with_its_column()
    {
        PipelineData.Row[] moved = [.. PipelineData.Rows(600, seed: 3)];
        foreach (var row in moved)
            row.A += 0.6f;
        moved[0].A += 20;
        var report = _ml.Diagnostics().Compare(Model(), PipelineData.View(_ml, 600, seed: 2), _ml.Data.LoadFromEnumerable(moved), Quiet);
        var gap = report.Of(RuleIds.ValidationTestGap).Single();
        Assert.Contains("1 feature column is distributed differently: Features[0] (A)", gap.Message);
        var column = report.Of(RuleIds.SplitShift).Single(f => f.Subject.Slot == 0);
        Assert.AreEqual(Severity.Warning, column.Severity);
        Assert.Contains("lie above the greatest value of the validation data", column.Message);
    }

    [TestMethod]
    public void Validation_rows_that_were_trained_on_are_found_and_dropped_by_the_mend()
    {
        // Trees that learn by heart labels nothing can predict.
        var random = new Random(9);
        PipelineData.Row[] rows = [.. PipelineData.Rows(900)];
        foreach (var row in rows)
            (row.Label, row.A) = (random.Next(2) == 0, (float)random.NextDouble());
        var train = _ml.Data.LoadFromEnumerable(rows[..400]);
        var model = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.FastTree(numberOfTrees: 100, minimumExampleCountPerLeaf: 1, learningRate: 0.4)).Fit(train);
        var validation = _ml.Data.LoadFromEnumerable(rows[..200].Concat(rows[400..600]));
        var report = _ml.Diagnostics().Compare(model, validation, _ml.Data.LoadFromEnumerable(rows[600..]), Quiet with { Train = train });
        var gap = report.Of(RuleIds.ValidationTestGap).Single();
        Assert.Contains("200 validation rows of 400 stand in the training data", gap.Message);
        var mended = _ml.Diagnostics().Compare(model, gap.Mend!.Apply(_ml, validation), _ml.Data.LoadFromEnumerable(rows[600..]), Quiet with { Train = train });
        Assert.IsFalse(mended.Of(RuleIds.ValidationTestGap).Any());
    }

    [TestMethod]
    public void A_reported_metric_is_computed_anew()
    {
        var (validation, test) = (PipelineData.View(_ml, 600, seed: 2), PipelineData.View(_ml, 600, seed: 3));
        var model = Model();
        var accuracy = _ml.BinaryClassification.Evaluate(model.Transform(validation)).Accuracy;
        Assert.IsFalse(_ml.Diagnostics().Compare(model, validation, test, Quiet with { ReportedValidationMetric = new ReportedMetric("Accuracy", Math.Round(accuracy, 3)) }).Of(RuleIds.ValidationTestGap).Any());
        var report = _ml.Diagnostics().Compare(model, validation, test, Quiet with { ReportedValidationMetric = new ReportedMetric("Accuracy", 1) });
        Assert.Contains("is not theirs", report.Of(RuleIds.ValidationTestGap).Single().Message);
        var unknown = Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Compare(model, validation, test, Quiet with { ReportedValidationMetric = new ReportedMetric("Lift", 1) }));
        StringAssert.Contains(unknown.Message, "There is no metric 'Lift' of binary classification; metrics are AreaUnderRocCurve, Accuracy");
    }

    [TestMethod]
    public void A_calibrated_model_is_read_by_its_trainers_features()
    {
        var train = PipelineData.View(_ml);
        var model = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron()).Append(_ml.BinaryClassification.Calibrators.Platt()).Fit(train);
        Assert.AreEqual("Features", ModelFeatures.Of(model));
        var several = _ml.Transforms.Conversion.MapValueToKey("Label", "Kind").Append(_ml.Transforms.Concatenate("Inputs", "A", "B"))
            .Append(_ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.AveragedPerceptron("Label", "Inputs"), "Label")).Fit(train);
        Assert.AreEqual("Inputs", ModelFeatures.Of(several));
        Assert.IsNull(ModelFeatures.Of(PipelineData.Concatenate(_ml).Fit(train)));
        Assert.IsTrue(_ml.Diagnostics().Compare(several, PipelineData.View(_ml, 200, 2), PipelineData.View(_ml, 200, 3), Quiet).Checked.Any(c => c.Rule.Id == RuleIds.SplitShift));
    }

    [TestMethod]
    public void A_test_split_without_labels_is_compared_by_its_columns()
    {
        var rows = PipelineData.Rows(300, seed: 3).Select(r => new { A = r.A + 2, r.B });
        var report = _ml.Diagnostics().Compare(Model(), PipelineData.View(_ml, 300, 2), _ml.Data.LoadFromEnumerable(rows), Quiet);
        Assert.IsTrue(report.Of(RuleIds.SplitShift).Any());
        Assert.IsTrue(report.NotChecked.Any(n => n.RuleId == RuleIds.ValidationTestGap && n.Reason.Contains("the test data has no label")), string.Join("|", report.NotChecked.Select(n => n.Reason)));
    }

    [TestMethod]
    public void Wrong_arguments_give_a_sentence()
    {
        var (model, view) = (Model(), PipelineData.View(_ml));
        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.Diagnostics().Compare(null!, view, view));
        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.Diagnostics().Compare(model, null!, view));
        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.Diagnostics().Compare(model, view, null!));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Compare(model, view, view, new CompareOptions { Diagnostics = null! }));
        var other = _ml.Data.LoadFromEnumerable(new[] { new { X = 1f } });
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Compare(model, view, other, Quiet)).Message, "The test data does not fit the model:");
        Assert.ThrowsExactly<OperationCanceledException>(() => _ml.Diagnostics().Compare(model, view, view, Quiet, new CancellationToken(true)));
        Assert.ThrowsExactly<DiagnosticException>(() => _ml.Diagnostics().Compare(
            model, view, PipelineData.View(_ml, seed: 2), Quiet with { ReportedValidationMetric = new ReportedMetric("Accuracy", 0.1), Diagnostics = Quiet.Diagnostics with { FailOn = Severity.Warning } }));
    }

    private ITransformer Model() =>
        PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.SdcaLogisticRegression()).Fit(PipelineData.View(_ml));
}
