using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards;

/// <summary>What a guard says of validation rows, against a count by hand over every one of them.</summary>
[TestClass]
public sealed class ValidationPassTests
{
    private const string AccuracyFact = "validation: accuracy over all rows";

    private static readonly IDataView Train = StockRows.Draw(200, 5, noise: 2).ToView();

    // Another number than any batch or buffer divides.
    private static readonly StockRows Held = StockRows.Draw(331, 5, seed: 2, noise: 2);

    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Accuracy_of_two_classes()
    {
        var (model, report) = Fit(_ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Positive).Guard(Options(Held.ToView())));
        var scored = model.Transform(Held.ToView());
        var right = scored.GetColumn<bool>("PredictedLabel").Zip(scored.GetColumn<bool>(StockRows.Positive)).Count(p => p.First == p.Second);
        Assert.IsInRange(1, 330, right);
        Assert.AreEqual(right / 331.0, Fact(report, AccuracyFact), 1e-12);
    }

    [TestMethod]
    public void Accuracy_of_several_classes_leaves_out_rows_without_a_label()
    {
        var rows = _ml.Transforms.CustomMapping<Keyed, Keyed>((i, o) => o.Class = i.Class == 2 && i.Target > 0 ? 0 : i.Class, null).Fit(Held.ToView()).Transform(Held.ToView());
        var (model, report) = Fit(_ml.MulticlassClassification.Trainers.NaiveBayes(StockRows.Class).Guard(Options(rows)));
        var scored = model.Transform(rows);
        (uint Predicted, uint Label)[] labelled = [.. scored.GetColumn<uint>("PredictedLabel").Zip(scored.GetColumn<uint>(StockRows.Class)).Where(p => p.Second != 0)];
        Assert.IsLessThan(331, labelled.Length);
        Assert.AreEqual(labelled.Count(p => p.Predicted == p.Label) / (double)labelled.Length, Fact(report, AccuracyFact), 1e-12);
    }

    [TestMethod]
    public void Squared_error_of_a_regression()
    {
        var (model, report) = Fit(_ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, learningRate: 0.01f).Guard(Options(Held.ToView())));
        var scored = model.Transform(Held.ToView());
        var mean = scored.GetColumn<float>("Score").Zip(scored.GetColumn<float>(StockRows.Target)).Average(p => Math.Pow((double)p.First - p.Second, 2));
        Assert.AreEqual(mean, Fact(report, "validation: squared error"), 1e-9 * mean);
        Assert.IsFalse(report.Facts.Any(f => f.Name == AccuracyFact));
    }

    [TestMethod]
    public void Without_validation_rows_nothing_is_said()
    {
        var (_, report) = Fit(_ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target).Guard(Options(null)));
        Assert.IsFalse(report.Facts.Any(f => f.Name.StartsWith("validation", StringComparison.Ordinal)));
        Assert.IsFalse(report.NotChecked.Any(n => n.Subject.Name == "validation data"));
        Assert.IsEmpty(ValidationPass.FactsOf(null, 0.5));
    }

    [TestMethod]
    public void Rows_that_cannot_be_scored_are_said_and_cost_no_model()
    {
        var (model, report) = Fit(_ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target).Guard(Options(_ml.Transforms.DropColumns("Features").Fit(Train).Transform(Train))));
        Assert.IsNotNull(model);
        Assert.Contains("could not score it", Unscored(report));
    }

    [TestMethod]
    public void Answers_that_no_label_can_judge_are_said()
    {
        var (_, report) = Fit(_ml.Clustering.Trainers.KMeans().Guard(Options(Held.ToView())));
        Assert.Contains("KMeansTrainer learns no label", Unscored(report));
    }

    [TestMethod]
    public void A_model_that_scores_nothing_is_said_and_returned()
    {
        var options = Options(Held.ToView()) with { CheckModel = false, Diagnostics = new DiagnosticsOptions { Sinks = [], Task = LearningTask.Regression, Label = StockRows.Target } };
        var (_, refusing) = Fit(new MuteTrainer(refuses: true).Guard(options));
        Assert.Contains("It scores nothing.", Unscored(refusing));
        var (_, silent) = Fit(new MuteTrainer(refuses: false).Guard(options));
        Assert.Contains("no score of a kind that is known", Unscored(silent));
    }

    [TestMethod]
    public void A_reported_accuracy_stands_beside_the_true_one()
    {
        var profile = Scored(correct: 6, judged: 8);
        CollectionAssert.AreEqual(
            new[] { (AccuracyFact, 0.75), ("validation: accuracy as the trainer reports it, of its last batch only", 1.0) },
            ValidationPass.FactsOf(profile, 1).Select(f => (f.Name, f.Value)).ToArray());
        Assert.IsEmpty(ValidationPass.FactsOf(Scored(correct: 0, judged: 0), null), "No row, no accuracy.");
    }

    // The list of classes is bounded, the count of right answers is not.
    private static PredictionProfile Scored(long correct, long judged) => new()
    {
        Name = "validation data",
        Task = LearningTask.MulticlassClassification,
        Columns = new PredictionColumns("Score"),
        Rows = judged,
        Judged = judged,
        Correct = correct,
        Scores = new ScoreSummary(),
        Classes = [],
    };

    private static GuardOptions Options(IDataView? validation) => new() { Data = DataChecks.None, Validation = validation, Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    private static (ITransformer Model, DiagnosticReport Report) Fit<T>(IEstimator<T> guarded)
        where T : class, ITransformer
    {
        var model = guarded.Fit(Train);
        return (model, model.DiagnosticReports().Single());
    }

    private static double Fact(DiagnosticReport report, string name) => report.Facts.Single(f => f.Name == name).Value;

    private static string Unscored(DiagnosticReport report) => report.NotChecked.Single(n => n.Subject.Name == "validation data").Reason;

    private sealed class Keyed
    {
        [KeyType(3)]
        public uint Class { get; set; }

        public float Target { get; set; }
    }
}
