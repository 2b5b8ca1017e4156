using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.TorchSharp.NasBert;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;
using MLNetDebug.Tests.Predictions.Parameters;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Closed;

/// <summary>The weights of a fitted network: in place, or as they are saved by ML.NET itself.</summary>
[TestClass]
public sealed class NetworkParametersTests
{
    private static readonly byte[] Network = TorchModelWriter.Write(TorchModelWriter.Floats("dense.weight", 1, -3, float.NaN), TorchModelWriter.Floats("dense.bias", 0));

    private static readonly DataViewSchema Schema = Letters.Draw(5).ToClasses().Schema;

    [TestMethod]
    public void A_saved_network_is_read_back()
    {
        var (parameters, reason) = NetworkParameters.Saved(new SavedNetwork("TSModel", Network), Schema);
        Assert.IsNull(reason);
        CollectionAssert.AreEqual(new[] { new ParameterTensor("dense.weight", 3, 1, 3), new ParameterTensor("dense.bias", 1, 0, 0) }, parameters!.Tensors.ToArray());
    }

    [TestMethod]
    public void A_network_inside_a_chain_is_read_back()
    {
        var ml = new MLContext(1);
        var data = Letters.Draw(5).ToClasses();
        var chain = new TransformerChain<ITransformer>(ml.Transforms.CopyColumns("Copy", "Label").Fit(data), new SavedNetwork("TSModel", Network));
        Assert.AreEqual(1, NetworkParameters.Saved(chain, Schema).Parameters!.NonFinite);
    }

    [TestMethod]
    public void A_network_of_another_format_is_a_reason_and_no_exception()
    {
        foreach (var damaged in new byte[][] { [], [0xFF, 0xFF, 0xFF], Network[..^2], [1, 1, (byte)'w', 99, 0] })
        {
            var (parameters, reason) = NetworkParameters.Saved(new SavedNetwork("TSModel", damaged), Schema);
            Assert.IsNull(parameters);
            Assert.StartsWith("the model could not be saved and read back (T", reason, "In the reader's words, which begin with TSModel or Tensor.");
        }
    }

    [TestMethod]
    public void A_model_without_a_network_is_a_reason()
    {
        Assert.AreEqual("the saved model holds no network", NetworkParameters.Saved(new SavedNetwork("Other", Network), Schema).Reason);
        var stock = StockRows.Draw(30, 3).ToView();
        Assert.AreEqual("the saved model holds no network", NetworkParameters.Saved(new MLContext(1).Regression.Trainers.OnlineGradientDescent(StockRows.Target).Fit(stock), stock.Schema).Reason);
    }

    [TestMethod]
    public void A_model_that_cannot_be_saved_is_a_reason()
    {
        var fitted = new TextClassificationTrainer(new MLContext(1), new StandInOptions()).Fit(Letters.Draw(20).ToClasses());
        Assert.Contains("The stand-in is not saved.", NetworkParameters.Saved(fitted, Schema).Reason!);
    }

    [TestMethod]
    public void In_place_every_tensor_is_scanned()
    {
        var trainer = new TextClassificationTrainer(new MLContext(1), new StandInOptions { MaxEpoch = 1 });
        var fitted = trainer.Fit(Letters.Draw(20).ToClasses());
        Assert.AreSame(fitted.Fitted, NetworkParameters.ModelOf(fitted));
        fitted.Fitted.Head.Weight.Values[5] = float.NegativeInfinity;
        var (parameters, reason) = NetworkParameters.Of(ClosedTrainer.Of(trainer)!, fitted, Schema);
        Assert.IsNull(reason);
        Assert.AreEqual("network", parameters!.Source);
        Assert.AreEqual("PredictionHead.Classifier.dense.weight 81 1, PredictionHead.Classifier.dense.bias 3 0", string.Join(", ", parameters.Tensors.Select(t => $"{t.Name} {t.Count} {t.NonFinite}")));
    }

    [TestMethod]
    public void A_network_that_is_not_shown_is_read_as_it_is_saved()
    {
        var trainer = ClosedTrainer.Of(new NerTrainer(new MLContext(1), new StandInOptions()))!;
        Assert.AreEqual("saved model's TSModel", NetworkParameters.Of(trainer, new SavedNetwork("TSModel", Network), Schema).Parameters!.Source);
    }
}
