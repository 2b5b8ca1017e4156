using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Zoo.Models;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

[TestClass]
public sealed class PredictionEngineTests
{
    private static readonly PredictionEngineOptions Borrowed = new() { OwnsTransformer = false };

    [TestMethod]
    public void AnEngine_AnswersAsBatchesOfOneRow_BeforeSavingAndAfterLoading()
    {
        using var trained = ModelCase.Create(TorchTask.BinaryClassification, temperature: 3);
        using var file = new ModelFile(trained);
        var plain = trained.Ml.Model.Load(file.Path, out _);
        var rows = ModelRow.Draw(50, seed: 9);
        var scored = trained.Predictor.WithBatchSize(1).Transform(trained.Preparation.Transform(trained.Ml.Data.LoadFromEnumerable(rows)));
        var expected = trained.Ml.Data.CreateEnumerable<ModelAnswer>(scored, reuseRowObject: false).ToArray();
        foreach (var model in new[] { trained.Model, plain, TorchModel.From(plain) })
        {
            using var engine = trained.Ml.Model.CreatePredictionEngine<ModelRow, ModelAnswer>(model, Borrowed);
            for (var i = 0; i < rows.Length; i++)
            {
                var answer = engine.Predict(rows[i]);
                Assert.AreEqual((expected[i].Score, expected[i].PredictedLabel, expected[i].Probability), (answer.Score, answer.PredictedLabel, answer.Probability));
            }
        }
    }

    [TestMethod]
    public void AnEngineOfSeveralClasses_GivesTheKey_AndItsValueByMapKeyToValue()
    {
        using var trained = ModelCase.Create(TorchTask.MulticlassClassification);
        using var file = new ModelFile(trained);
        var row = ModelRow.Draw(1, seed: 4)[0];
        foreach (var model in new[] { trained.Model, trained.Ml.Model.Load(file.Path, out _) })
        {
            var named = trained.Ml.Transforms.Conversion.MapKeyToValue("PredictedClass", "PredictedLabel").Fit(model.Transform(trained.Data));
            using var engine = trained.Ml.Model.CreatePredictionEngine<ModelRow, ModelClasses>(new TransformerChain<ITransformer>(model, named), Borrowed);
            var answer = engine.Predict(row);
            Assert.AreEqual($"class {answer.PredictedLabel - 1}", answer.PredictedClass);
            Assert.AreEqual((int)answer.PredictedLabel - 1, Array.IndexOf(answer.Score, answer.Score.Max()));
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void TwentyThousandPredictions_LeaveNoTensor(bool isLoaded)
    {
        using var trained = ModelCase.Create(TorchTask.MulticlassClassification);
        using var file = new ModelFile(trained);
        using var engine = trained.Ml.Model.CreatePredictionEngine<ModelRow, ModelClasses>(isLoaded ? trained.Ml.Model.Load(file.Path, out _) : trained.Model, Borrowed);
        var (row, answer) = (ModelRow.Draw(1)[0], new ModelClasses());
        engine.Predict(row, ref answer);
        var before = TensorCount.Settled();
        for (var i = 0; i < 20_000; i++)
            engine.Predict(row, ref answer);
        Assert.AreEqual(before, Tensor.TotalCount);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void EnginesOnManyThreads_AnswerAsOneDoes_AndShareTheNetwork(bool isLoaded)
    {
        using var trained = ModelCase.Create(TorchTask.BinaryClassification);
        using var file = new ModelFile(trained);
        var model = isLoaded ? trained.Ml.Model.Load(file.Path, out _) : trained.Model;
        var rows = ModelRow.Draw(200, seed: 3);
        using var one = trained.Ml.Model.CreatePredictionEngine<ModelRow, ModelAnswer>(model, Borrowed);
        var expected = rows.Select(r => one.Predict(r).Score).ToArray();
        var before = TensorCount.Settled();
        var wrong = 0;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var engine = trained.Ml.Model.CreatePredictionEngine<ModelRow, ModelAnswer>(model, Borrowed);
            for (var i = 0; i < rows.Length; i++)
                wrong += engine.Predict(rows[i]).Score == expected[i] ? 0 : 1;
        });
        Assert.AreEqual(0, wrong);
        // One tensor of rows for each engine or thread; the weights once.
        Assert.IsInRange(before, before + 8, TensorCount.Settled());
    }

    [TestMethod]
    public void ARow_TakesOnlyWhatIsAskedOfIt()
    {
        using var trained = ModelCase.Create(TorchTask.Regression);
        var mapper = trained.Predictor.GetRowToRowMapper(trained.Prepared.Schema);
        string[] Taken(params string[] asked) => [.. mapper.GetDependencies(mapper.OutputSchema.Where(c => asked.Contains(c.Name))).Select(c => c.Name)];
        CollectionAssert.AreEqual(new[] { "Features" }, Taken("Score"));
        CollectionAssert.AreEqual(new[] { "Features", "Note" }, Taken("Score", "Note"));
        CollectionAssert.AreEqual(new[] { "Note" }, Taken("Note"));
        Assert.IsEmpty(Taken());
    }

    [TestMethod]
    public void AModelThatAnEngineDisposedOf_SaysSo()
    {
        using var trained = ModelCase.Create(TorchTask.BinaryClassification);
        trained.Ml.Model.CreatePredictionEngine<ModelRow, ModelAnswer>(trained.Model).Dispose();
        var error = Assert.ThrowsExactly<ObjectDisposedException>(() => ModelCase.Answers(trained.Model, trained.Data));
        Assert.Contains("PredictionEngineOptions.OwnsTransformer = false", error.Message);
    }

    [TestMethod]
    public void AModelThatIsDisposedOf_WhileItScores_EndsThatCallAndRefusesTheNext()
    {
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(ModelRow.Draw(3));
        var linear = TorchSharp.torch.nn.Linear(ModelRow.Slots, 1);
        var probe = new Probe(x =>
        {
            entered.Set();
            go.Wait();
            return x.narrow(1, 0, 1);
        });
        var model = Probe.Around(ml, data.Schema, TorchTask.Regression, [TorchSharp.torch.nn.Sequential(linear, TorchSharp.torch.nn.Linear(1, ModelRow.Slots), probe)]);
        var scoring = Task.Run(() => model.Transform(data).GetColumn<float>("Score").ToArray());
        entered.Wait();
        model.Dispose();
        Assert.IsFalse(linear.weight!.IsInvalid, "The weights are there as long as the call is.");
        go.Set();
        Assert.HasCount(3, scoring.Result);
        Assert.ThrowsExactly<ObjectDisposedException>(() => model.Transform(data).GetColumn<float>("Score").ToArray());
    }
}
