using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Zoo.Models;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

[TestClass]
public sealed class SavedModelTests
{
    [TestMethod]
    [DataRow(TorchTask.Regression)]
    [DataRow(TorchTask.BinaryClassification)]
    [DataRow(TorchTask.MulticlassClassification)]
    [DataRow(TorchTask.OneVersusAll)]
    public void A_model_that_was_saved_and_loaded_plainly_answers_as_the_trained_one_does_row_by_row(TorchTask task)
    {
        using var trained = ModelCase.Create(task, temperature: 1.5);
        using var file = new ModelFile(trained);
        var loaded = new MLContext().Model.Load(file.Path, out var schema);

        var rowByRow = new TransformerChain<ITransformer>(trained.Preparation, trained.Predictor.WithBatchSize(1));
        Assert.AreEqual(ModelCase.Answers(rowByRow, trained.Data), ModelCase.Answers(loaded, trained.Data));
        Assert.AreEqual(trained.Data.Schema.Count, schema.Count);
    }

    [TestMethod]
    [DataRow(TorchTask.Regression)]
    [DataRow(TorchTask.BinaryClassification)]
    [DataRow(TorchTask.MulticlassClassification)]
    [DataRow(TorchTask.OneVersusAll)]
    public void A_loaded_model_in_batches_answers_to_the_bit_as_before_it_was_saved_also_when_saved_twice(TorchTask task)
    {
        using var trained = ModelCase.Create(task, temperature: 0.7);
        using var file = new ModelFile(trained);
        var ml = new MLContext();
        var expected = ModelCase.Answers(trained.Model, trained.Data);

        using var once = TorchModel.From(ml.Model.Load(file.Path, out var schema));
        Assert.AreEqual(expected, ModelCase.Answers(once, trained.Data));
        ml.Model.Save(once, schema, file.Path);
        using var twice = TorchModel.Load(ml, file.Path, out _);
        Assert.AreEqual(expected, ModelCase.Answers(twice, trained.Data));
    }

    [TestMethod]
    [DataRow(TorchTask.BinaryClassification)]
    [DataRow(TorchTask.MulticlassClassification)]
    public void A_loaded_model_leaves_no_column_of_its_own_behind(TorchTask task)
    {
        using var trained = ModelCase.Create(task);
        using var file = new ModelFile(trained);
        var plain = trained.Ml.Model.Load(file.Path, out _);
        foreach (var model in new[] { trained.Model, plain, TorchModel.From(plain) })
        {
            var added = model.GetOutputSchema(trained.Data.Schema).Skip(trained.Data.Schema.Count).Select(c => c.Name);
            string[] expected = task == TorchTask.BinaryClassification ? ["Label", "PredictedLabel", "Probability", "Score"] : ["Label", "PredictedLabel", "Score"];
            CollectionAssert.AreEqual(expected, added.Order().ToArray());
        }
    }
}
