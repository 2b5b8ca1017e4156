using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Zoo.Views;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Trainers;

[TestClass]
public sealed class TrainerInputTests
{
    private static readonly TorchTrainerOptions Short = new() { Epochs = 2 };

    private static readonly TorchNetwork Small = new("test-small", (shape, outputs) => Sequential(Linear(shape[0], 16), ReLU(), Linear(16, outputs)));

    [TestMethod]
    public void A_network_of_another_output_is_told_what_is_needed()
    {
        var wrong = new TorchNetwork("wrong", (shape, outputs) => Linear(shape[0], outputs + 1));
        var e = Assert.ThrowsExactly<InvalidOperationException>(() => Multiclass(wrong).Fit(Tables.Classes()));
        Assert.Contains("returns [32, 4] for 32 rows of shape [5]; [32, 3] is needed", e.Message);
    }

    [TestMethod]
    public void A_network_that_cannot_read_the_rows_is_told_their_shape()
    {
        var wrong = new TorchNetwork("wrong", (_, outputs) => Linear(7, outputs));
        var e = Assert.ThrowsExactly<InvalidOperationException>(() => Multiclass(wrong).Fit(Tables.Classes()));
        Assert.StartsWith("Network 'wrong' cannot read rows of shape [5], which come as [32, 5]: ", e.Message);
        Assert.DoesNotContain("\n", e.Message);
    }

    [TestMethod]
    public void What_libtorch_throws_in_a_loss_is_a_sentence()
    {
        var e = Assert.ThrowsExactly<InvalidOperationException>(() => Multiclass(Small, Short with { Check = null, Loss = (output, _) => (output + ones(7)).sum() }).Fit(Tables.Classes()));
        Assert.StartsWith("Training network 'test-small' failed in libtorch: ", e.Message);
        Assert.DoesNotContain("\n", e.Message);
    }

    [TestMethod]
    public void A_factory_that_throws_or_gives_nothing_is_named()
    {
        Assert.Contains("The factory of network 'a' threw", Assert.ThrowsExactly<InvalidOperationException>(
            () => Multiclass(new TorchNetwork("a", (_, _) => throw new FormatException("no"))).Fit(Tables.Classes())).Message);
        Assert.Contains("The factory of network 'b' returned null", Assert.ThrowsExactly<InvalidOperationException>(
            () => Multiclass(new TorchNetwork("b", (_, _) => null!)).Fit(Tables.Classes())).Message);
    }

    [TestMethod]
    public void Memory_that_is_used_up_is_a_sentence_before_the_first_epoch()
    {
        var huge = new TorchNetwork("huge", (shape, outputs) => Sequential(Linear(shape[0], 1L << 40), Linear(1L << 40, outputs)));
        var e = Assert.ThrowsExactly<InvalidOperationException>(() => Multiclass(huge).Fit(Tables.Classes()));
        Assert.StartsWith("The memory of cpu is used up by network 'huge' with batches of 32 rows", e.Message);
        Assert.DoesNotContain("\n", e.Message);
    }

    [TestMethod]
    public void A_device_that_is_absent_is_a_sentence_before_a_row_is_read()
    {
        if (cuda.is_available())
            Assert.Inconclusive("This machine has CUDA.");
        var e = Assert.ThrowsExactly<InvalidOperationException>(() => Multiclass(Small, Short with { Device = new Device(DeviceType.CUDA, 0) }).Fit(new WatchedView(Tables.Classes(), _ => Assert.Fail("A row was read."))));
        Assert.Contains("CUDA was asked for", e.Message);
    }

    [TestMethod]
    public void Labels_and_features_of_another_type_are_told_what_to_put_before_the_trainer()
    {
        Assert.Contains("MapValueToKey", Message(() => Multiclass(Small).Fit(Tables.Numbers())));
        Assert.Contains("a Boolean", Message(() => Tables.ML.BinaryClassification.Trainers.Torch(Small).Fit(Tables.Numbers())));
        Assert.Contains("a Single", Message(() => Tables.ML.Regression.Trainers.Torch(Small).Fit(Tables.Two())));
        Assert.Contains("no column 'Nothing'; columns are", Message(() => Multiclass(Small, Short with { FeatureColumnName = "Nothing" }).Fit(Tables.Classes())));
        Assert.Contains("a vector of Single or images", Message(() => Multiclass(Small, Short with { FeatureColumnName = "Class" }).Fit(Tables.Classes())));
    }

    [TestMethod]
    public void Rows_without_label_or_with_features_that_are_no_numbers_are_left_out_and_counted()
    {
        var rows = Tables.Draw(300, 1);
        rows[3].Features[2] = float.NaN;
        rows[4].Features[0] = float.PositiveInfinity;
        var keyed = Tables.Keyed(rows);
        var trained = Multiclass(Small).Fit(keyed);
        Assert.AreEqual(2, trained.Training!.RowsNotFinite);
        Assert.AreEqual(0, trained.Training.RowsWithoutLabel);
        var numbers = Tables.ML.Data.LoadFromEnumerable(rows.Select((r, i) => new Tables.NumberRow { Features = r.Features, Label = i == 7 ? float.NaN : i }));
        Assert.AreEqual(1, Tables.ML.Regression.Trainers.Torch(Small, Short).Fit(numbers).Training!.RowsWithoutLabel);
        var none = Tables.ML.Data.LoadFromEnumerable(rows.Select(r => new Tables.NumberRow { Features = r.Features, Label = float.NaN }));
        Assert.Contains("None of the 300 rows", Message(() => Tables.ML.Regression.Trainers.Torch(Small).Fit(none)));
        Assert.Contains("There is no row", Message(() => Tables.ML.Regression.Trainers.Torch(Small).Fit(Tables.Numbers(0))));
    }

    [TestMethod]
    public void All_wrong_options_are_in_one_message()
    {
        var e = Assert.ThrowsExactly<ArgumentException>(() => Tables.ML.Regression.Trainers.Torch(Small, new()
        {
            BatchSize = 0,
            Epochs = 0,
            LearningRate = double.NaN,
            Momentum = 1,
            LabelColumnName = "Features",
            Calibrate = true,
            ValidationFraction = 0,
            Patience = 3,
            CheckpointFolder = " ",
        }));
        foreach (var part in new[] { "BatchSize", "Epochs", "LearningRate", "Momentum", "one column has one role", "no probabilities to calibrate", "Patience needs held-out rows", "CheckpointFolder is empty" })
            Assert.Contains(part, e.Message);
    }

    [TestMethod]
    public void Sparse_features_train_to_the_bits_of_dense_ones()
    {
        var rows = Tables.Draw(200, 3);
        foreach (var row in rows)
            row.Features[0] = row.Features[1] = row.Features[2] = 0;
        var dense = Tables.Keyed(rows);
        var sparse = Tables.Keyed(rows.Select(r => new Tables.SparseRow { Class = r.Class, Features = new VBuffer<float>(5, 2, [r.Features[3], r.Features[4]], [3, 4]) }));
        Assert.AreEqual(TrainedBits.Of(Multiclass(Small).Fit(dense)), TrainedBits.Of(Multiclass(Small).Fit(sparse)));
    }

    [TestMethod]
    public void Rows_beyond_the_memory_limit_train_to_the_same_bits() =>
        Assert.AreEqual(TrainedBits.Of(Multiclass(Small).Fit(Tables.Classes())), TrainedBits.Of(Multiclass(Small, Short with { MemoryLimit = 0 }).Fit(Tables.Classes())));

    [TestMethod]
    public void The_source_is_read_once()
    {
        var watched = new WatchedView(Tables.Classes(), _ => { });
        Multiclass(Small, Short with { Epochs = 5 }).Fit(watched);
        Assert.AreEqual(600, watched.RowsRead);
    }

    private static string Message(Action fit) => Assert.ThrowsExactly<ArgumentException>(fit).Message;

    private static TorchMulticlassTrainer Multiclass(TorchNetwork network, TorchTrainerOptions? options = null) => Tables.ML.MulticlassClassification.Trainers.Torch(network, options ?? Short);
}
