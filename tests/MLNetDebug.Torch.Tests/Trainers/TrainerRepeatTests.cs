using Microsoft.ML;
using MLNetDebug.Torch.Tests.Runtime;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Trainers;

[TestClass]
public sealed class TrainerRepeatTests
{
    private static readonly TorchNetwork Noisy = new("test-noisy", (shape, outputs) => Sequential(Linear(shape[0], 32), BatchNorm1d(32), ReLU(), Dropout(0.3), Linear(32, outputs)));

    private static readonly TorchTrainerOptions Options = new() { Epochs = 4, BatchSize = 16, Optimizer = TorchOptimizer.Adam, Schedule = LearningRateSchedule.Cosine() };

    private static readonly IDataView Rows = Tables.Classes(300);

    [TestMethod]
    public void A_seed_gives_the_same_bits_again_and_another_seed_others()
    {
        Assert.AreEqual(Bits(Options), Bits(Options));
        Assert.AreNotEqual(Bits(Options), Bits(Options with { Seed = 2 }));
    }

    [TestMethod]
    public void A_guard_that_finds_nothing_and_a_check_change_no_bit() =>
        Assert.AreEqual(Bits(Options with { Guard = null, Check = null }), Bits(Options with { Guard = new() { Policy = TrainingPolicy.Mend } }));

    [TestMethod]
    public void Checkpoints_change_no_bit_and_a_finished_training_is_not_trained_again()
    {
        using var folder = new TemporaryFolder();
        var options = Options with { CheckpointFolder = folder.Path, CheckpointInterval = TimeSpan.Zero };
        var first = Fit(options);
        Assert.AreEqual(Bits(Options), TrainedBits.Of(first));
        var again = Fit(options);
        Assert.AreEqual(TrainedBits.Of(first), TrainedBits.Of(again));
        Assert.AreEqual(0, again.Training!.Epochs.Count);
        Assert.AreEqual(first.Training!.BestEpoch, again.Training.BestEpoch);
    }

    [TestMethod]
    public void One_that_was_cancelled_at_any_step_goes_on_and_ends_in_the_same_bits()
    {
        var whole = Bits(Options);
        foreach (var at in new[] { 1, 17, 18, 40 })
        {
            using var folder = new TemporaryFolder();
            using var cancel = new CancellationTokenSource();
            var options = Options with { CheckpointFolder = folder.Path, CheckpointInterval = TimeSpan.Zero };
            var steps = 0;
            var cut = options with { CancellationToken = cancel.Token };
            var network = new TorchNetwork(Noisy.Name, (shape, outputs) =>
            {
                var made = (TorchSharp.Modules.Sequential)Noisy.Create(shape, outputs);
                made.register_forward_hook((m, _, y) =>
                {
                    // The check before the first step runs the network as well, in the mode of training.
                    if (m.training && ++steps == at + 1)
                        cancel.Cancel();
                    return y;
                });
                return made;
            });
            Assert.ThrowsExactly<OperationCanceledException>(() => Tables.ML.MulticlassClassification.Trainers.Torch(network, cut).Fit(Rows));
            var resumed = Fit(options);
            Assert.AreEqual(whole, TrainedBits.Of(resumed), $"cancelled at step {at}");
            Assert.IsTrue(Directory.GetFiles(folder.Path, "*.checkpoint", SearchOption.AllDirectories).Length is 1 or 2);
        }
    }

    [TestMethod]
    public void A_checkpoint_of_another_network_loss_or_option_is_not_gone_on_with()
    {
        using var folder = new TemporaryFolder();
        var options = Options with { CheckpointFolder = folder.Path, Epochs = 2 };
        Module<Tensor, Tensor> Made(IReadOnlyList<long> shape, int outputs, Module<Tensor, Tensor> between, double drop) =>
            Sequential(Linear(shape[0], 32), between, Dropout(drop), Linear(32, outputs));
        int Epochs(Func<IReadOnlyList<long>, int, Module<Tensor, Tensor>> factory, TorchTrainerOptions how) =>
            Tables.ML.MulticlassClassification.Trainers.Torch(new TorchNetwork("one-name", factory), how).Fit(Rows).Training!.Epochs.Count;

        Assert.AreEqual(2, Epochs((s, o) => Made(s, o, ReLU(), 0.1), options));
        Assert.AreEqual(0, Epochs((s, o) => Made(s, o, ReLU(), 0.1), options));
        Assert.AreEqual(2, Epochs((s, o) => Made(s, o, Tanh(), 0.1), options));
        Assert.AreEqual(2, Epochs((s, o) => Made(s, o, ReLU(), 0.5), options));
        Assert.AreEqual(2, Epochs((s, o) => Made(s, o, ReLU(), 0.1), options with { Loss = (output, target) => functional.cross_entropy(output, target, label_smoothing: 0.1) }));
        Assert.AreEqual(2, Epochs((s, o) => Made(s, o, ReLU(), 0.1), options with { LearningRate = 2e-3 }));
        Assert.AreEqual(0, Epochs((s, o) => Made(s, o, ReLU(), 0.1), options with { ScoreBatchSize = 7, CheckpointInterval = TimeSpan.Zero }));
    }

    [TestMethod]
    public void One_that_goes_on_long_after_its_start_is_not_taken_for_one_that_learns_nothing()
    {
        using var folder = new TemporaryFolder();
        var rows = Tables.Numbers(700);
        var small = new TorchNetwork("test-long", (shape, outputs) =>
        {
            return Sequential(Linear(shape[0], 16), ReLU(), Linear(16, outputs));
        });
        var options = new TorchTrainerOptions { Epochs = 60, LearningRate = 0.01, CheckpointFolder = folder.Path };
        using var cancel = new CancellationTokenSource();
        var cut = options with
        {
            CancellationToken = cancel.Token,
            Schedule = LearningRateSchedule.Of("same", (epoch, _) =>
            {
                if (epoch >= 52.5)
                    cancel.Cancel();
                return 1;
            }),
        };
        Assert.ThrowsExactly<OperationCanceledException>(() => Tables.ML.Regression.Trainers.Torch(small, cut).Fit(rows));
        var resumed = Tables.ML.Regression.Trainers.Torch(small, options with { Schedule = LearningRateSchedule.Of("same", (_, _) => 1) }).Fit(rows);
        Assert.IsTrue(resumed.Training!.Epochs.Count is > 0 and < 20);
        Assert.IsTrue(resumed.Training.Report!.Worst < Severity.Warning, resumed.Training.Report.ToText());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_step_that_TorchSharps_finalizer_spoils_is_done_again_to_the_same_bits(bool isGuarded)
    {
        var options = Options with { Guard = isGuarded ? Options.Guard : null, Check = null };
        foreach (var at in new[] { 1, 20, 60 })
        {
            var calls = 0;
            Tensor Loss(Tensor output, Tensor target) => ++calls == at ? throw new System.Runtime.InteropServices.ExternalException("Expected false to be true, but got false.") : functional.cross_entropy(output, target);
            var spoilt = Fit(options with { Loss = Loss });
            Assert.AreEqual(Bits(options), TrainedBits.Of(spoilt), $"at {at}");
            Assert.AreEqual(isGuarded ? 4 : 0, spoilt.Training!.Epochs.Count);
        }

        // One that comes at every try is thrown.
        var tries = 0;
        Assert.ThrowsExactly<System.Runtime.InteropServices.ExternalException>(() => Fit(options with
        {
            Loss = (output, target) => ++tries > 40 ? throw new System.Runtime.InteropServices.ExternalException("Expected false to be true, but got false.") : functional.cross_entropy(output, target),
        }));
        var (inEpoch, failures) = (0, 0);
        Assert.ThrowsExactly<System.Runtime.InteropServices.ExternalException>(() => Fit(options with
        {
            Schedule = LearningRateSchedule.Of("counting", (epoch, _) =>
            {
                inEpoch = (int)epoch;
                return 1;
            }),
            Loss = (output, target) => inEpoch == 2 && output.requires_grad
                ? throw new System.Runtime.InteropServices.ExternalException($"Expected false to be true, but got false ({++failures}).") : functional.cross_entropy(output, target),
        }));
        Assert.AreEqual(4, failures);
    }

    [TestMethod]
    public void The_callers_random_numbers_go_on_as_if_nothing_had_been_trained()
    {
        random.manual_seed(5);
        using var untouched = rand(3);
        random.manual_seed(5);
        Fit(Options with { Epochs = 1 });
        using var after = rand(3);
        Assert.IsTrue(untouched.allclose(after, 0, 0));
    }

    [TestMethod]
    public void No_tensor_is_left_behind_but_what_any_network_leaves()
    {
        // TorchSharp counts the parameters of a module that was disposed as alive.
        long Left(Action of)
        {
            of();
            var before = TensorCount.Settled();
            for (var i = 0; i < 3; i++)
                of();
            return TensorCount.Settled() - before;
        }

        // Fewer where another test's were still to be collected: the first round takes them.
        Left(() => { });
        Assert.IsTrue(Left(() => Fit(Options with { Calibrate = true }).Model.Dispose()) <= Left(() => Noisy.Create([5], 3).Dispose()));
    }

    private static string Bits(TorchTrainerOptions options) => TrainedBits.Of(Fit(options));

    private static TorchPredictionTransformer Fit(TorchTrainerOptions options) => Tables.ML.MulticlassClassification.Trainers.Torch(Noisy, options).Fit(Rows);
}
