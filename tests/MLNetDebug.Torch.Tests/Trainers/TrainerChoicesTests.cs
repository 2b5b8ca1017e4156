using Microsoft.ML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Trainers;

[TestClass]
public sealed class TrainerChoicesTests
{
    private static readonly TorchNetwork Small = new("test-small", (shape, outputs) => Sequential(Linear(shape[0], 16), ReLU(), Linear(16, outputs)));

    [TestMethod]
    [DataRow(TorchOptimizer.AdamW, 0.01)]
    [DataRow(TorchOptimizer.Adam, 0.01)]
    [DataRow(TorchOptimizer.Sgd, 0.05)]
    [DataRow(TorchOptimizer.RmsProp, 0.001)]
    public void Every_optimizer_learns(TorchOptimizer optimizer, double rate)
    {
        var trained = Fit(new() { Optimizer = optimizer, LearningRate = rate, Epochs = 10 });
        Assert.IsTrue(trained.Training!.Epochs[^1].Validation!.Accuracy > 0.75, $"{trained.Training.Epochs[^1].Validation!.Accuracy}");
    }

    [TestMethod]
    public void The_best_epochs_weights_are_kept_and_patience_ends_early()
    {
        // A rate that grows tenfold with every epoch spoils what the first ones learned.
        var options = new TorchTrainerOptions
        {
            Optimizer = TorchOptimizer.Sgd, LearningRate = 0.02, Epochs = 30, Patience = 2, Guard = new() { Policy = TrainingPolicy.Observe }, ValidationFraction = 0.3,
            Schedule = LearningRateSchedule.Of("growing", (epoch, _) => Math.Pow(10, Math.Floor(epoch / 2))),
        };
        var trained = Fit(options);
        var losses = trained.Training!.Epochs.Select(e => e.Validation!.Loss).ToArray();
        var best = Array.IndexOf(losses, losses.Where(double.IsFinite).Min());
        Assert.AreEqual(best, trained.Training.BestEpoch);
        Assert.AreEqual(best + 3, losses.Length);
        var alone = Fit(options with { Epochs = best + 1, Patience = null });
        Assert.AreEqual(TrainedBits.Of(alone), TrainedBits.Of(trained));
    }

    [TestMethod]
    public void Held_out_rows_of_ones_own_are_not_trained_on()
    {
        var (train, held) = (Tables.Classes(400, 1), Tables.Classes(200, 2));
        var trainer = Tables.ML.MulticlassClassification.Trainers.Torch(Small, new() { Epochs = 3 });
        var one = trainer.Fit(train, held);
        Assert.AreEqual(200, one.Training!.Epochs[0].Validation!.Rows);
        Assert.AreEqual(TrainedBits.Of(one), TrainedBits.Of(Tables.ML.MulticlassClassification.Trainers.Torch(Small, new() { Epochs = 3, Validation = held }).Fit(train)));
        var other = Assert.ThrowsExactly<ArgumentException>(() => trainer.Fit(train, Tables.Keyed(Tables.Draw(50, 3).Where(r => r.Class < 2))));
        Assert.Contains("has 2 classes in the validation data and 3 in the training data", other.Message);
    }

    [TestMethod]
    public void Biases_do_not_decay_unless_it_is_asked_for()
    {
        using var network = Small.Create([5], 3);
        using var apart = MLNetDebug.Torch.Trainers.Loop.Optimizers.Make(network, new() { WeightDecay = 0.1 });
        var groups = apart.ParamGroups.Cast<TorchSharp.Modules.AdamW.ParamGroup>().ToArray();
        CollectionAssert.AreEqual(new double?[] { 0.1, 0 }, groups.Select(g => g.Options.weight_decay).ToArray());
        Assert.IsTrue(groups[0].Parameters.All(p => p.dim() == 2) && groups[1].Parameters.All(p => p.dim() == 1));
        using var all = MLNetDebug.Torch.Trainers.Loop.Optimizers.Make(network, new() { WeightDecay = 0.1, DecayBiasesAndNorms = true });
        Assert.AreEqual(1, all.ParamGroups.Count());
    }

    [TestMethod]
    public void The_output_begins_at_what_the_labels_say()
    {
        var uneven = Tables.Keyed(Tables.Draw(600, 1).Where((r, i) => r.Class == 0 || i % 10 == 0));
        var trained = Tables.ML.MulticlassClassification.Trainers.Torch(Small, new() { Epochs = 1, ValidationFraction = 0, LearningRate = 1e-12, WeightDecay = 0 }).Fit(uneven);
        using var bias = trained.Model.Modules[0].named_parameters().Last().parameter.detach().softmax(0);
        Assert.IsTrue(bias[0].ToDouble() > 0.75, $"{bias[0].ToDouble()}");
        var number = Tables.ML.Regression.Trainers.Torch(Small, new() { Epochs = 1, LearningRate = 1e-12, WeightDecay = 0 }).Fit(Tables.Numbers(shift: 1000));
        using var mean = number.Model.Modules[0].named_parameters().Last().parameter.detach();
        Assert.AreEqual(1000, mean.ToDouble(), 1);
    }

    [TestMethod]
    public void A_target_far_from_0_is_learned()
    {
        var trained = Tables.ML.Regression.Trainers.Torch(Small, new() { Epochs = 20, LearningRate = 0.01 }).Fit(Tables.Numbers(shift: 1000));
        Assert.IsTrue(trained.Training!.Epochs[^1].Validation!.Loss < 0.1, $"{trained.Training.Epochs[^1].Validation!.Loss}");
    }

    [TestMethod]
    public void Two_classes_are_learned_by_one_logit()
    {
        var trained = Tables.ML.BinaryClassification.Trainers.Torch(Small, new() { Epochs = 10, LearningRate = 0.01 }).Fit(Tables.Two());
        Assert.AreEqual(2, trained.Model.Classes);
        Assert.IsTrue(trained.Training!.Epochs[^1].Validation!.Accuracy > 0.8, $"{trained.Training.Epochs[^1].Validation!.Accuracy}");
    }

    [TestMethod]
    public void A_network_that_is_too_sure_gets_a_temperature_above_1()
    {
        // Labels that are wrong at random, learned by heart.
        var rows = Tables.Draw(150, 1);
        var random = new Random(1);
        foreach (var row in rows.Where(_ => random.NextDouble() < 0.4))
            row.Class = random.Next(3);
        var wide = new TorchNetwork("wide", (shape, outputs) => Sequential(Linear(shape[0], 256), ReLU(), Linear(256, 256), ReLU(), Linear(256, outputs)));
        var trained = Tables.ML.MulticlassClassification.Trainers.Torch(wide, new() { Epochs = 60, LearningRate = 0.01, Calibrate = true, Validation = Tables.Classes(300, 9) }).Fit(Tables.Keyed(rows));
        Assert.IsTrue(trained.Model.Temperature != 1);
        Assert.AreEqual(1, Fit(new() { Epochs = 1 }).Model.Temperature);
    }

    [TestMethod]
    public void A_network_that_cannot_learn_is_stopped_before_its_first_step()
    {
        var steps = 0;
        // A softmax over one output is 1, whatever the weights.
        var constant = new TorchNetwork("constant", (shape, outputs) =>
        {
            var made = Sequential(Linear(shape[0], outputs), Softmax(1));
            made.register_forward_hook((m, _, y) =>
            {
                steps++;
                return y;
            });
            return made;
        });
        var trainer = Tables.ML.BinaryClassification.Trainers.Torch(constant, new());
        var e = Assert.ThrowsExactly<DiagnosticException>(() => trainer.Fit(Tables.Two()));
        Assert.Contains(e.Report.Findings[0].Rule.Id, e.Message);
        Assert.IsTrue(steps < 20, $"{steps}");
        var trained = Tables.ML.BinaryClassification.Trainers.Torch(constant, new() { Epochs = 1, FailOn = Severity.None }).Fit(Tables.Two());
        Assert.AreEqual(Severity.Error, trained.Training!.NetworkReport!.Worst);
    }

    [TestMethod]
    public void A_training_that_blows_up_stops_with_a_report_and_is_mended_where_that_is_allowed()
    {
        var options = new TorchTrainerOptions { Optimizer = TorchOptimizer.Sgd, LearningRate = 900, Epochs = 5 };
        var e = Assert.ThrowsExactly<TrainingStoppedException>(() => Tables.ML.Regression.Trainers.Torch(Small, options).Fit(Tables.Numbers()));
        Assert.IsTrue(e.Report.Findings.Any(f => f.Rule.Id == RuleIds.NonFinite));
        Assert.ThrowsExactly<DiagnosticException>(() => Tables.ML.Regression.Trainers.Torch(Small, options with { Guard = null }).Fit(Tables.Numbers()));
    }

    [TestMethod]
    public void One_versus_all_learns_a_network_for_each_class()
    {
        var trained = Tables.ML.MulticlassClassification.Trainers.OneVersusAll(Tables.ML.BinaryClassification.Trainers.Torch(Small, new() { Epochs = 15, LearningRate = 0.01 })).Fit(Tables.Classes());
        Assert.AreEqual(3, trained.Model.Modules.Count);
        Assert.AreEqual(TorchTask.OneVersusAll, trained.Model.Task);
        Assert.IsTrue(trained.Training!.Epochs[^1].Validation!.Accuracy > 0.75, $"{trained.Training.Epochs[^1].Validation!.Accuracy}");
    }

    private static TorchPredictionTransformer Fit(TorchTrainerOptions options) => Tables.ML.MulticlassClassification.Trainers.Torch(Small, options).Fit(Tables.Classes());
}
