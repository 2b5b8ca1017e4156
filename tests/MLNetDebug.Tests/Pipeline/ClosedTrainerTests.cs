using Microsoft.ML;
using Microsoft.ML.TorchSharp.AutoFormerV2;
using Microsoft.ML.TorchSharp.NasBert;
using Microsoft.ML.TorchSharp.Roberta;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

/// <summary>What the networks' trainers say of themselves to those who look for it.</summary>
[TestClass]
public sealed class ClosedTrainerTests
{
    private static readonly MLContext Ml = new(1);

    private static StandInOptions Options => new() { LabelColumnName = "y", Sentence1ColumnName = "s1", Sentence2ColumnName = "s2", BatchSize = 12 };

    [TestMethod]
    public void A_text_classifier_counts_classes_and_needs_their_values()
    {
        var facts = TrainerInspector.Inspect(new TextClassificationTrainer(Ml, Options).Guard())!;
        Assert.AreEqual(new TrainerTraits("TextClassificationTrainer", TrainerFamily.StochasticGradient, false) { CountsClassesFromRows = true, NeedsKeyValues = true }, facts.Traits);
        Assert.AreEqual((LearningTask.MulticlassClassification, "y", 12), (facts.Task, facts.Label, facts.BatchSize));
        CollectionAssert.AreEqual(new[] { "s1", "s2" }, facts.Features.ToArray());
        Assert.IsFalse(facts.IsUnsupervised);
    }

    [TestMethod]
    public void Each_of_the_five_has_its_task_and_its_needs()
    {
        Assert.AreEqual((LearningTask.Regression, false, false), Needs(new SentenceSimilarityTrainer(Ml, Options)));
        // Classes of entities are counted from KeyValues.
        Assert.AreEqual((LearningTask.MulticlassClassification, false, true), Needs(new NerTrainer(Ml, Options)));
        Assert.AreEqual((LearningTask.Unknown, false, false), Needs(new QATrainer(Ml, Options)));
        Assert.AreEqual((LearningTask.MulticlassClassification, true, true), Needs(new ObjectDetectionTrainer(Ml, Options)));
    }

    [TestMethod]
    public void Where_an_answer_begins_is_no_label()
    {
        var facts = TrainerInspector.Inspect(new QATrainer(Ml, Options))!;
        Assert.IsNull(facts.Label);
        CollectionAssert.AreEqual(new[] { "Context", "Question", "TrainingAnswer" }, facts.Features.ToArray());
        var closed = ClosedTrainer.Of(new QATrainer(Ml, Options))!;
        Assert.AreEqual("AnswerIndex", closed.Label);
        CollectionAssert.AreEqual(new[] { "Context", "Question" }, closed.Texts.ToArray());
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(-5, 1)]
    [DataRow(1, 1)]
    [DataRow(77, 77)]
    public void A_batch_has_at_least_one_row_and_images_come_one_by_one(int asked, int expected)
    {
        var options = new StandInOptions { BatchSize = asked };
        Assert.AreEqual(expected, TrainerInspector.Inspect(new TextClassificationTrainer(Ml, options))!.BatchSize);
        Assert.AreEqual(1, TrainerInspector.Inspect(new ObjectDetectionTrainer(Ml, options))!.BatchSize);
    }

    [TestMethod]
    public void Only_those_of_the_package_are_meant()
    {
        Assert.IsNull(ClosedTrainer.Of(null));
        Assert.IsNull(ClosedTrainer.Of(Ml.Regression.Trainers.Sdca()));
        Assert.IsNull(ClosedTrainer.Of(new Mine.NerTrainer()), "A name alone is not enough.");
    }

    [TestMethod]
    public void An_option_is_set_and_its_former_value_given_back()
    {
        var options = Options;
        var closed = ClosedTrainer.Of(new TextClassificationTrainer(Ml, options))!;
        Assert.AreEqual(50, closed.Set("LogEveryNStep", 1));
        Assert.AreEqual(1, options.LogEveryNStep);
        Assert.IsNull(closed.Set("Absent", 1));
        Assert.IsNull(closed.Value("Absent"));
        Assert.IsNull(closed.Number("LabelColumnName"), "A text is no number.");
    }

    private static (LearningTask Task, bool Counts, bool NeedsValues) Needs(object trainer)
    {
        var facts = TrainerInspector.Inspect(trainer)!;
        return (facts.Task, facts.Traits.CountsClassesFromRows, facts.Traits.NeedsKeyValues);
    }

    private static class Mine
    {
        internal sealed class NerTrainer;
    }
}
