using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;
using MLNetDebug.Tests.Predictions;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class EvaluateTests
{
    private readonly MLContext _ml = new(1);

    private static EvaluateOptions Quiet => new() { Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    [TestMethod]
    public void Healthy_two_classes_give_MLNETs_own_metrics()
    {
        var scored = TwoClasses().Transform(PipelineData.View(_ml, 400, seed: 2));
        var evaluation = _ml.Diagnostics().Evaluate(scored, Quiet);
        var expected = _ml.BinaryClassification.Evaluate(scored);
        Assert.IsTrue(evaluation.IsValid && evaluation.Report.Worst <= Severity.Info, evaluation.Invalid);
        Assert.AreEqual(LearningTask.BinaryClassification, evaluation.Task);
        Assert.AreEqual(expected.LogLoss, ((CalibratedBinaryClassificationMetrics)evaluation.Binary!).LogLoss);
        Assert.AreEqual(expected.AreaUnderRocCurve, evaluation.Values["AreaUnderRocCurve"]);
        Assert.AreEqual(11, evaluation.Values.Count);
        Assert.AreEqual(expected.Accuracy, evaluation.Profile.Accuracy, 1e-9);
        Assert.AreEqual("Features", evaluation.Profile.Columns.Features.Single());
        CollectionAssert.IsSubsetOf(new[] { "MLD401", "MLD403", "MLD405" }, evaluation.Report.Checked.Select(c => c.Rule.Id).ToArray());
        Assert.IsFalse(evaluation.Report.Checked.Any(c => c.Rule.Id.StartsWith("MLD1")), "Rules of the data have nothing to read here.");
        Assert.AreEqual(400, evaluation.Report.Facts.Single(f => f.Name == "scored data: rows").Value);
        Assert.AreEqual(2, evaluation.Report.Timings.Count);
    }

    [TestMethod]
    public void Regressions_several_classes_and_rankings_are_told_by_their_scores()
    {
        var regression = PipelineData.Concatenate(_ml).Append(_ml.Regression.Trainers.Sdca("Target")).Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml, seed: 2));
        var targets = _ml.Diagnostics().Evaluate(regression, Quiet with { Diagnostics = Quiet.Diagnostics with { Label = "Target" } });
        Assert.AreEqual((LearningTask.Regression, _ml.Regression.Evaluate(regression, "Target").RSquared), (targets.Task, targets.Values["RSquared"]));
        Assert.IsTrue(targets.Regression is not null && targets.Binary is null);

        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Kind").Append(PipelineData.Concatenate(_ml)).Append(_ml.MulticlassClassification.Trainers.NaiveBayes("Key"))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml, seed: 2));
        var several = _ml.Diagnostics().Evaluate(keyed, Quiet with { Diagnostics = Quiet.Diagnostics with { Label = "Key" } });
        Assert.AreEqual((LearningTask.MulticlassClassification, _ml.MulticlassClassification.Evaluate(keyed, "Key").MicroAccuracy), (several.Task, several.Values["MicroAccuracy"]));
        Assert.IsTrue(several.Report.Assumptions.Any(a => a == "Predicted classes: those with the highest score, as 'PredictedLabel' is String."), string.Join("|", several.Report.Assumptions));

        var view = new MemoryView(
            6,
            MemoryColumns.Of("Label", NumberDataViewType.Int32, [2, 1, 0, 0, 2, 1]),
            MemoryColumns.Of("Score", NumberDataViewType.Single, [3f, 2, 1, 2, 3, 1]),
            MemoryColumns.Key("GroupId", [1, 1, 1, 2, 2, 2], 2));
        var ranking = _ml.Diagnostics().Evaluate(view, Quiet);
        Assert.AreEqual(LearningTask.Ranking, ranking.Task);
        Assert.IsTrue(ranking.IsValid && ranking.Values["NormalizedDiscountedCumulativeGain@1"] == ranking.Ranking!.NormalizedDiscountedCumulativeGains[0], ranking.Invalid);
    }

    [TestMethod]
    public void One_score_that_is_not_finite_makes_every_metric_invalid()
    {
        var rows = PipelineData.Rows(300, seed: 2);
        (rows[17].A, rows[40].B) = (float.NaN, float.NegativeInfinity);
        var evaluation = _ml.Diagnostics().Evaluate(TwoClasses().Transform(_ml.Data.LoadFromEnumerable(rows)), Quiet);
        Assert.IsFalse(evaluation.IsValid);
        Assert.IsTrue(evaluation.Values.Values.All(double.IsNaN) && evaluation.Values.Count == 11 && evaluation.Binary is null);
        StringAssert.StartsWith(evaluation.Invalid, "2 of 300 rows have a score that is NaN or infinite, first rows 17, 40 (counted from 0); each of them has a feature that is NaN or infinite, so mend the data.");
        Assert.IsTrue(evaluation.Report.NotChecked.Any(n => n.Reason == "the metrics: " + evaluation.Invalid));
        Assert.IsFalse(evaluation.Report.Facts.Any(f => f.Name.Contains("accuracy") || f.Name.Contains("gain")), "No figure of merit may slip out.");
    }

    [TestMethod]
    public void A_dead_model_is_not_perfect()
    {
        // ML.NET says RMSE 0 of it.
        var dead = Scored.Targets([.. Enumerable.Repeat(float.NaN, 12)], [.. Enumerable.Range(0, 12).Select(i => (float)i)]);
        Assert.AreEqual(0, _ml.Regression.Evaluate(dead).RootMeanSquaredError);
        var evaluation = _ml.Diagnostics().Evaluate(dead, Quiet);
        Assert.IsTrue(!evaluation.IsValid && double.IsNaN(evaluation.Values["RootMeanSquaredError"]) && evaluation.Regression is null);
        StringAssert.Contains(evaluation.Invalid, "no feature column is known");
        Assert.AreEqual(Severity.Error, evaluation.Report.Of(RuleIds.DeadModel).Single().Severity);

        var broken = new MemoryView(
            2, MemoryColumns.Of("Label", NumberDataViewType.Single, [1f, 2]), MemoryColumns.Of("Score", NumberDataViewType.Single, [1f, float.NaN]), MemoryColumns.Vector("Features", [[1, 2]], null));
        var sick = _ml.Diagnostics().Evaluate(broken, Quiet);
        StringAssert.Contains(sick.Invalid, "the features are finite, so it is the model that is broken");
        CollectionAssert.AreEqual(new long[] { 1 }, sick.Report.Of(RuleIds.DeadModel).Single().Subject.Rows.ToArray());
        // With features unknown, one row's NaN may be the row's own.
        var unknown = _ml.Diagnostics().Evaluate(Scored.Targets([1, float.NaN], [1, 2]), Quiet).Report;
        Assert.IsEmpty(unknown.Of(RuleIds.DeadModel));
        Assert.IsTrue(unknown.NotChecked.Any(n => n.RuleId == RuleIds.DeadModel && n.Reason.Contains("no feature column is known", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void No_rows_no_labels_and_one_class_have_no_metrics()
    {
        StringAssert.StartsWith(_ml.Diagnostics().Evaluate(Scored.Targets([], []), Quiet).Invalid, "the scored data has no rows");
        StringAssert.StartsWith(_ml.Diagnostics().Evaluate(Scored.Targets([1, 2], [float.NaN, float.NaN]), Quiet).Invalid, "none of the 2 rows has a label");
        var (scores, _) = Scored.Calibrated(30, 1);
        var one = _ml.Diagnostics().Evaluate(Scored.TwoClasses(scores, new bool[30]), Quiet);
        Assert.AreEqual("all 30 labelled rows are of the class 'false', so there is no other class to tell it from and no AUC; evaluate on rows of both.", one.Invalid);
        var unlabelled = new MemoryView(2, MemoryColumns.Of("Score", NumberDataViewType.Single, [1f, 2]));
        Assert.AreEqual("the scored data has no label to hold the scores against.", _ml.Diagnostics().Evaluate(unlabelled, Quiet).Invalid);
    }

    [TestMethod]
    public void A_metric_that_is_not_finite_is_NaN_and_said()
    {
        // R squared of a target that never changes is -Infinity.
        var evaluation = _ml.Diagnostics().Evaluate(Scored.Targets([1, 2, 3], [2, 2, 2]), Quiet);
        Assert.IsTrue(evaluation.IsValid && double.IsNaN(evaluation.Values["RSquared"]) && evaluation.Values["MeanSquaredError"] > 0);
        Assert.IsTrue(evaluation.Report.NotChecked.Any(n => n.Reason == "RSquared: ML.NET gives no finite value on these rows"));
    }

    [TestMethod]
    public void Labels_and_predictions_that_MLNETs_evaluators_refuse_are_converted()
    {
        var (scores, labels) = Scored.Calibrated(200, 3);
        var expected = _ml.BinaryClassification.Evaluate(Scored.TwoClasses(scores, labels));
        var integers = new MemoryView(
            200, MemoryColumns.Of("Label", NumberDataViewType.Int32, [.. labels.Select(l => l ? 1 : 0)]), MemoryColumns.Of("Score", NumberDataViewType.Single, scores),
            MemoryColumns.Of("Probability", NumberDataViewType.Single, [.. scores.Select(Scored.Sigmoid)]));
        var two = _ml.Diagnostics().Evaluate(integers, Quiet);
        Assert.AreEqual((expected.Accuracy, expected.LogLoss), (two.Values["Accuracy"], two.Values["LogLoss"]), two.Invalid);

        var doubles = new MemoryView(3, MemoryColumns.Of("Label", NumberDataViewType.Double, [1.0, 2, 4]), MemoryColumns.Of("Score", NumberDataViewType.Single, [1f, 2, 3]));
        Assert.AreEqual(1 / 3.0, _ml.Diagnostics().Evaluate(doubles, Quiet).Values["MeanSquaredError"], 1e-6);

        var (byClass, keys) = Scored.Distributions(200, 3, 3);
        var without = new MemoryView(200, MemoryColumns.Key("Label", keys, 3), MemoryColumns.Vector("Score", byClass, null));
        Assert.AreEqual(_ml.MulticlassClassification.Evaluate(Scored.SeveralClasses(byClass, keys)).MicroAccuracy, _ml.Diagnostics().Evaluate(without, Quiet).Values["MicroAccuracy"]);
    }

    [TestMethod]
    public void Wrong_probabilities_stand_in_the_report_and_throw_where_asked()
    {
        var (scores, labels) = Scored.Calibrated(300, 3);
        var tripled = Scored.TwoClasses(scores, labels, [.. scores.Select(s => 3 * Scored.Sigmoid(s))]);
        var report = _ml.Diagnostics().Evaluate(tripled, Quiet).Report;
        Assert.AreEqual(Severity.Error, report.Of(RuleIds.InvalidProbabilities).Single().Severity);
        var error = Assert.ThrowsExactly<DiagnosticException>(() => _ml.Diagnostics().Evaluate(tripled, Quiet with { Diagnostics = Quiet.Diagnostics with { FailOn = Severity.Error } }));
        StringAssert.Contains(error.Message, "to get the metrics all the same");
        Assert.IsFalse(_ml.Diagnostics().Evaluate(tripled, Quiet with { Diagnostics = Quiet.Diagnostics with { Silence = [RuleIds.InvalidProbabilities] } }).Report.Of(RuleIds.InvalidProbabilities).Any());
    }

    [TestMethod]
    public void A_loss_of_your_own_is_judged_with_the_others()
    {
        var (scores, labels) = Scored.Calibrated(50, 3);
        var report = _ml.Diagnostics().Evaluate(Scored.TwoClasses(scores, labels), Quiet with { Losses = [new LossValue("KL divergence", -0.4, 50)] }).Report;
        Assert.AreEqual(Severity.Error, report.Of(RuleIds.NegativeLoss).Single().Severity);
    }

    [TestMethod]
    public void A_budget_of_rows_holds_for_the_metrics_too()
    {
        float[] scores = [.. Enumerable.Range(0, 100).Select(i => i == 90 ? float.NaN : i)];
        var evaluation = _ml.Diagnostics().Evaluate(Scored.Targets(scores, [.. scores.Select((_, i) => i + 1f)]), Quiet with { Diagnostics = Quiet.Diagnostics with { MaxRows = 50 } });
        Assert.IsTrue(evaluation.IsValid && evaluation.Profile is { Rows: 50, EndedEarly: true });
        Assert.AreEqual(1, evaluation.Values["MeanSquaredError"]);
        Assert.IsTrue(evaluation.Report.NotChecked.Any(n => n.Reason.Contains("after 50 rows")));
    }

    [TestMethod]
    public void Wrong_arguments_give_a_sentence()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.Diagnostics().Evaluate(null!));
        var raw = Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Evaluate(PipelineData.View(_ml), Quiet));
        StringAssert.Contains(raw.Message, "has no column 'Score'; columns are 'Label', 'A', 'B', 'Kind', 'Target'; pass Score = \"...\" with one of them, and data that a fitted model has transformed");
        var targets = Scored.Targets([1], [1]);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Evaluate(targets, Quiet with { Diagnostics = Quiet.Diagnostics with { Label = "y" } })).Message, "no column 'y'");
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Evaluate(targets, new EvaluateOptions { Diagnostics = null! }));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Evaluate(targets, Quiet with { Losses = null! }));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Evaluate(targets, Quiet with { Diagnostics = Quiet.Diagnostics with { Silence = ["MLD999"] } }));
        Assert.ThrowsExactly<OperationCanceledException>(() => _ml.Diagnostics().Evaluate(targets, Quiet, new CancellationToken(true)));
        var clusters = _ml.Clustering.Trainers.KMeans("Features", null, 2).Fit(PipelineData.Concatenate(_ml).Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml)))
            .Transform(PipelineData.Concatenate(_ml).Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml)));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ml.Diagnostics().Evaluate(clusters, Quiet)).Message, "of the kind Clustering");
    }

    private ITransformer TwoClasses() =>
        PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.SdcaLogisticRegression()).Fit(PipelineData.View(_ml));
}
