using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Loop;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Trainers.Loop;

[TestClass]
public sealed class TemperatureFitTests
{
    [TestMethod]
    public void The_temperature_of_two_classes_is_that_of_the_odds_however_sure_the_network_is()
    {
        // Right in 95 of 100 rows at logits of 100 and -100: a probability of 0.95 needs a logit of ln 19.
        float[] logits = [.. Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? 100f : -100f)];
        long[] labels = [.. Enumerable.Range(0, 2000).Select(i => (i % 2 == 0) == (i / 2 % 20 != 0) ? 1L : 0)];
        using var held = new HeldOutAnswers(TorchTask.BinaryClassification, 1, 0.95, tensor(logits).view(-1, 1), tensor(labels));
        Assert.AreEqual(100 / Math.Log(19), TemperatureFit.Of(held), 0.1);
    }

    [TestMethod]
    public void Logits_that_were_multiplied_get_the_factor_back()
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        var logits = 1.5 * randn(20_000, 4);
        var labels = multinomial(logits.softmax(1), 1).view(-1);
        foreach (var factor in new[] { 0.5, 1, 8, 30 })
        {
            using var held = new HeldOutAnswers(TorchTask.MulticlassClassification, 1, 0.5, logits * factor, labels.clone());
            Assert.AreEqual(factor, TemperatureFit.Of(held), 0.05 * factor);
        }
    }

    [TestMethod]
    public void One_versus_all_is_fitted_by_the_formula_it_answers_with()
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        var logits = (1.5 * randn(20_000, 3)) - 1;
        var labels = multinomial(HeldOutAnswers.LogProbabilities(TorchTask.OneVersusAll, logits).exp(), 1).view(-1);
        using var held = new HeldOutAnswers(TorchTask.OneVersusAll, 1, 0.5, logits * 6, labels);
        Assert.AreEqual(6, TemperatureFit.Of(held), 0.4);
    }
}
