using Microsoft.ML;
using Microsoft.ML.Data;
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
            Optimizer = TorchOptimizer.Sgd,
            LearningRate = 0.02,
            Epochs = 30,
            Patience = 2,
            Guard = new() { Policy = TrainingPolicy.Observe },
            ValidationFraction = 0.3,
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
        using var apart = MLNetDebug.Torch.Trainers.Loop.Optimizers.Make("test", network, new() { WeightDecay = 0.1 });
        var groups = apart.ParamGroups.Cast<TorchSharp.Modules.AdamW.ParamGroup>().ToArray();
        CollectionAssert.AreEqual(new double?[] { 0.1, 0 }, groups.Select(g => g.Options.weight_decay).ToArray());
        Assert.IsTrue(groups[0].Parameters.All(p => p.dim() == 2) && groups[1].Parameters.All(p => p.dim() == 1));
        using var all = MLNetDebug.Torch.Trainers.Loop.Optimizers.Make("test", network, new() { WeightDecay = 0.1, DecayBiasesAndNorms = true });
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
        var loud = new TorchNetwork("loud", (shape, outputs) => Sequential(Linear(shape[0], 64), ReLU(), Linear(64, outputs), new TimesTwenty()));
        var trained = Tables.ML.MulticlassClassification.Trainers.Torch(loud, new() { Epochs = 1, LearningRate = 1e-4, Calibrate = true, Validation = Tables.Classes(300, 9) }).Fit(Tables.Classes());
        Assert.IsTrue(trained.Model.Temperature > 1.5, $"{trained.Model.Temperature}");
        var held = Tables.Classes(300, 9);
        using var hot = new TorchPredictionTransformer(Tables.ML, new TorchModelParameters(loud, trained.Model.Task, trained.Model.InputShape, 3, "Features", "Label", trained.Model.Modules), held.Schema);
        Assert.IsTrue(Tables.ML.MulticlassClassification.Evaluate(trained.Transform(held)).LogLoss < Tables.ML.MulticlassClassification.Evaluate(hot.Transform(held)).LogLoss - 0.1);
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

    [TestMethod]
    public void A_frozen_bias_stays_as_it_is()
    {
        var frozen = new TorchNetwork("frozen", (shape, outputs) =>
        {
            var head = Linear(16, outputs);
            using (no_grad())
                head.bias!.fill_(7);
            head.bias.requires_grad = false;
            return Sequential(Linear(shape[0], 16), ReLU(), head);
        });
        var trained = Tables.ML.Regression.Trainers.Torch(frozen, new() { Epochs = 1 }).Fit(Tables.Numbers());
        Assert.AreEqual(7, trained.Model.Modules[0].named_parameters().Last().parameter.ToSingle());
    }

    [TestMethod]
    public void A_network_with_nothing_to_train_is_a_sentence()
    {
        var empty = new TorchNetwork("empty", (_, outputs) => Sequential(AdaptiveAvgPool1d(outputs)));
        var e = Assert.ThrowsExactly<InvalidOperationException>(() => Tables.ML.MulticlassClassification.Trainers.Torch(empty).Fit(Tables.Classes()));
        Assert.Contains("no parameter that can be trained", e.Message);
    }

    [TestMethod]
    public void So_few_rows_that_none_is_held_out_are_a_sentence_where_they_are_needed()
    {
        var few = Tables.Classes(4);
        Assert.Contains("Calibrate needs held-out rows", Assert.ThrowsExactly<ArgumentException>(() => Tables.ML.MulticlassClassification.Trainers.Torch(Small, new() { Calibrate = true }).Fit(few)).Message);
        Assert.Contains("Patience needs held-out rows", Assert.ThrowsExactly<ArgumentException>(() => Tables.ML.MulticlassClassification.Trainers.Torch(Small, new() { Patience = 2 }).Fit(few)).Message);
        Assert.AreEqual(1, Tables.ML.MulticlassClassification.Trainers.Torch(Small, new() { Epochs = 2 }).Fit(few).Training!.BestEpoch);
        Assert.AreEqual(1, Tables.ML.Regression.Trainers.Torch(Small, new() { Epochs = 2 }).Fit(Tables.Numbers(1)).Training!.BestEpoch);
    }

    [TestMethod]
    public void Batches_of_one_row_train_and_normalisation_over_one_row_is_found()
    {
        Assert.AreEqual(Severity.None, Fit(new() { BatchSize = 1, Epochs = 2, LearningRate = 1e-3 }).Training!.NetworkReport!.Findings.Select(f => f.Severity).Where(s => s >= Severity.Error).FirstOrDefault());
        var normalised = new TorchNetwork("normalised", (shape, outputs) => Sequential(Linear(shape[0], 16), BatchNorm1d(16), ReLU(), Linear(16, outputs)));
        var e = Assert.ThrowsExactly<DiagnosticException>(() => Tables.ML.MulticlassClassification.Trainers.Torch(normalised, new() { BatchSize = 1 }).Fit(Tables.Classes()));
        Assert.Contains(RuleIds.SmallBatchNorm, e.Message);
    }

    [TestMethod]
    public void A_model_outlives_the_scope_it_was_trained_in()
    {
        var own = new TorchNetwork("own", (shape, outputs) => new OwnParameter(shape[0], outputs));
        TorchPredictionTransformer trained;
        using (NewDisposeScope())
            trained = Tables.ML.MulticlassClassification.Trainers.Torch(own, new() { Epochs = 2 }).Fit(Tables.Classes());
        Assert.IsTrue(trained.Model.Modules[0].parameters().All(p => !p.IsInvalid));
        Assert.IsTrue(trained.Transform(Tables.Classes()).GetColumn<float[]>("Score").All(s => s.All(float.IsFinite)));
    }

    private sealed class TimesTwenty() : Module<Tensor, Tensor>(nameof(TimesTwenty))
    {
        public override Tensor forward(Tensor input) => 20 * input;
    }

    private sealed class OwnParameter : Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter weight;

        public OwnParameter(long inputs, long outputs)
            : base(nameof(OwnParameter))
        {
            weight = Parameter(randn(inputs, outputs));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input.mm(weight);
    }

    private static TorchPredictionTransformer Fit(TorchTrainerOptions options) => Tables.ML.MulticlassClassification.Trainers.Torch(Small, options).Fit(Tables.Classes());
}
