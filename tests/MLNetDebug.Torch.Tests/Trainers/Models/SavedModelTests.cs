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
    public void AModelThatWasSaved_AndLoadedPlainly_AnswersAsTheTrainedOneDoesRowByRow(TorchTask task)
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
    public void ALoadedModelInBatches_AnswersToTheBitAsBeforeItWasSaved_AlsoWhenSavedTwice(TorchTask task)
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
    public void ALoadedModel_LeavesNoColumnOfItsOwnBehind(TorchTask task)
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
