using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ScoreReaderTests
{
    private readonly MLContext _ml = new(1);
    private readonly RunContext _context = DiagnosticsRun.ContextOf(new DiagnosticsOptions(), CancellationToken.None);

    [TestMethod]
    public void AnswersAreHeldAgainstTheLabels_ThatTheTrainerNames()
    {
        var rows = Rows.Draw(_ml, 200, 1);
        var trainer = _ml.BinaryClassification.Trainers.SdcaLogisticRegression(nameof(Row.IsPositive));
        var profile = Read(trainer.Fit(rows).Transform(rows), trainer)!;
        Assert.AreEqual(LearningTask.BinaryClassification, profile.Task);
        Assert.AreEqual("IsPositive", profile.Columns.Label);
        Assert.AreEqual("Probability", profile.Columns.Probability);
        Assert.IsGreaterThan(0.9, profile.Accuracy);
    }

    [TestMethod]
    public void PredictionsThatWereMappedAfterTheTrainer_AreLeftOut()
    {
        var rows = Models.Keyed(_ml, Rows.Draw(_ml, 200, 1));
        var trainer = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Key");
        var scored = trainer.Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows).Transform(rows);
        var profile = Read(scored, trainer)!;
        Assert.IsNull(profile.Columns.PredictedLabel);
        Assert.IsGreaterThan(0.9, profile.Accuracy);
    }

    [TestMethod]
    public void LabelsThatDoNotFit_LeaveTheScores()
    {
        // A label of Boolean and scores of several classes.
        var keyed = Models.Keyed(_ml, Rows.Draw(_ml, 200, 1));
        var model = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Key").Fit(keyed);
        var profile = new ScoreReader(new GuardOptions { Diagnostics = new DiagnosticsOptions { Label = nameof(Row.IsPositive) } }, _context).Read(model.Transform(keyed), null, "M")!;
        Assert.AreEqual(200, profile.Rows);
        Assert.IsNull(profile.Columns.Label);
        Assert.Contains("answers against the labels", _context.Unanswered.Single().Reason);
    }

    [TestMethod]
    public void Outputs_AreNoFeatures()
    {
        // Without a trainer or a column 'Features', every other column is a feature, and a NaN score would excuse itself.
        var rows = _ml.Transforms.Expression("Score", "x => 0f / 0f", "Label").Append(_ml.Transforms.SelectColumns("Label", "Score")).Fit(Rows.Draw(_ml, 50, 1)).Transform(Rows.Draw(_ml, 50, 1));
        var scores = Read(rows, null)!.Scores;
        Assert.AreEqual(50, scores.NonFinite);
        Assert.AreEqual(0, scores.NonFiniteFeatures);
    }

    [TestMethod]
    public void NoScore_IsSaid()
    {
        Assert.IsNull(Read(Rows.Draw(_ml, 9, 1), null));
        Assert.IsNull(Read(_ml.Transforms.CopyColumns("Score", nameof(Row.IsPositive)).Fit(Rows.Draw(_ml, 9, 1)).Transform(Rows.Draw(_ml, 9, 1)), null));
        Assert.IsTrue(_context.Unanswered.Count >= 2 && _context.Unanswered.All(n => n.RuleId == RuleIds.DeadModel));
    }

    private PredictionProfile? Read(IDataView scored, object? trainer) => new ScoreReader(new GuardOptions(), _context).Read(scored, trainer, "M");
}
