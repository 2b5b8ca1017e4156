using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Zoo.Models;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

[TestClass]
public sealed class TorchModelTests
{
    [TestMethod]
    public void AModelWithoutANetwork_IsRefused()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(ModelRow.Draw(5));
        var other = ml.Transforms.CopyColumns("Copy", "Note").Fit(data);
        Assert.Contains("The model holds no network of TorchSharp's", Assert.ThrowsExactly<ArgumentException>(() => TorchModel.From(new TransformerChain<ITransformer>(other))).Message);
        Assert.ThrowsExactly<ArgumentNullException>(() => TorchModel.From(null!));
        using var file = new ModelFile();
        ml.Model.Save(other, data.Schema, file.Path);
        Assert.Contains("cannot be loaded as a model with a network: The model holds no network", Assert.ThrowsExactly<TorchModelException>(() => TorchModel.Load(ml, file.Path, out _)).Message);
    }

    [TestMethod]
    public void ATrainedModel_IsTakenAsItIs_AndATorchModelToo()
    {
        using var trained = ModelCase.Create(TorchTask.Regression);
        using var model = TorchModel.From(trained.Model);
        Assert.AreSame(trained.Predictor, model.Predictor);
        Assert.AreSame(model, TorchModel.From(model));
        Assert.AreSame(trained.Predictor, TorchModel.From(trained.Predictor).Predictor);
    }

    [TestMethod]
    public void StagesAroundTheNetwork_StayTheirs_WithTheirScopes_HoweverDeepItLies()
    {
        using var trained = ModelCase.Create(TorchTask.Regression);
        var ml = trained.Ml;
        var twice = ml.Transforms.CopyColumns("Twice", "Score").Fit(trained.Model.Transform(trained.Data));
        var once = ml.Transforms.CopyColumns("Once", "Note").Fit(trained.Data);
        var chain = new TransformerChain<ITransformer>([once, new TransformerChain<ITransformer>(trained.Model), twice], [TransformerScope.Training, TransformerScope.Everything, TransformerScope.Scoring]);
        using var file = new ModelFile();
        ml.Model.Save(chain, trained.Data.Schema, file.Path);
        var loaded = (TransformerChain<ITransformer>)ml.Model.Load(file.Path, out _);
        // A chain of another kind around it, as a user gets who appends to what he loaded.
        using var model = TorchModel.From(loaded.Append(ml.Transforms.CopyColumns("Last", "Score").Fit(loaded.Transform(trained.Data))));

        var scored = model.Transform(trained.Data);
        CollectionAssert.AreEqual(new[] { "Label", "Last", "Score", "Twice" }, scored.Schema.Skip(trained.Data.Schema.Count).Select(c => c.Name).Order().ToArray());
        CollectionAssert.AreEqual(trained.Model.Transform(trained.Data).GetColumn<float>("Score").ToArray(), scored.GetColumn<float>("Last").ToArray());
    }

    [TestMethod]
    public void ALoadedNetwork_KnowsWhatItWas()
    {
        using var trained = ModelCase.Create(TorchTask.MulticlassClassification, temperature: 1.25);
        using var file = new ModelFile(trained);
        using var model = TorchModel.Load(trained.Ml, file.Path, out var schema);
        Assert.AreEqual(trained.Data.Schema.Count, schema.Count);
        var (was, now) = (trained.Predictor, model.Predictor);
        Assert.AreEqual((was.FeatureColumnName, was.FeatureColumnType, was.BatchSize), (now.FeatureColumnName, now.FeatureColumnType, now.BatchSize));
        Assert.AreEqual((was.Model.Task, was.Model.Classes, was.Model.Temperature), (now.Model.Task, now.Model.Classes, now.Model.Temperature));
        CollectionAssert.AreEqual(was.Model.InputShape.ToArray(), now.Model.InputShape.ToArray());
        Assert.AreEqual(was.Model.LabelColumn, now.Model.LabelColumn);
        Assert.IsNull(now.Training);
    }

    [TestMethod]
    public void AnotherProcessThatOnlyRegisteredTheNetwork_LoadsAndAnswersTheSame()
    {
        foreach (var task in Enum.GetValues<TorchTask>())
        {
            using var trained = ModelCase.Create(task);
            using var file = new ModelFile(trained);
            using var answers = new ModelFile();
            using var child = ScoreModel.Start(ScoreModel.Command, file.Path, answers.Path);
            child.WaitForExit();
            Assert.AreEqual(0, child.ExitCode);
            var expected = ModelCase.Answers(trained.Ml.Model.Load(file.Path, out _), trained.Ml.Data.LoadFromEnumerable(ModelRow.Draw(50)));
            Assert.AreEqual(expected, File.ReadAllText(answers.Path));
        }
    }

    [TestMethod]
    public void ADamagedFile_IsSaidToBe_BeforeAnythingIsMadeOfIt()
    {
        using var trained = ModelCase.Create(TorchTask.Regression);
        using var file = new ModelFile(trained);
        var bytes = File.ReadAllBytes(file.Path);
        File.WriteAllBytes(file.Path, bytes[..(bytes.Length / 2)]);
        var error = Assert.ThrowsExactly<TorchModelException>(() => TorchModel.Load(trained.Ml, file.Path, out _));
        Assert.StartsWith($"The model file '{file.Path}' is damaged: it is no whole zip file", error.Message);
        File.WriteAllBytes(file.Path, []);
        Assert.ThrowsExactly<TorchModelException>(() => TorchModel.Load(trained.Ml, file.Path, out _));
        Assert.ThrowsExactly<FileNotFoundException>(() => TorchModel.Load(trained.Ml, file.Path + ".none", out _));
    }

    [TestMethod]
    public void FortyDamagedFiles_EndInAClearSentenceOrInTheSameAnswers()
    {
        var rows = FuzzModelCommand.Rows(40, seed: 77).ToDictionary(r => r.Name);
        Assert.IsTrue(rows["5.fuzz"] is { N: 40, Value: 0, Op: "==", Bar: 0 }, $"{rows["5.fuzz"].Value} other outcomes");
    }
}
