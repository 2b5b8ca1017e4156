using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Trainers;

/// <summary>A training of some seconds that is killed and taken up again: each draws random numbers in another way, keeps other state, and holds its rows elsewhere.</summary>
/// <param name="Name">What is peculiar to it.</param>
/// <param name="Train">Trains it with a folder for checkpoints; null for none.</param>
internal sealed record TrainerPlan(string Name, Func<string?, TorchPredictionTransformer> Train)
{
    private const int Rows = 2000;

    private static readonly MLContext ML = new(1);

    private static readonly TorchNetwork Dropout = new("zoo-dropout", (shape, outputs) =>
        Sequential(Flatten(), Linear(shape.Aggregate((a, b) => a * b), 64), BatchNorm1d(64), ReLU(), nn.Dropout(0.3), Linear(64, outputs)));

    private static readonly TorchNetwork Convolutions = new("zoo-convolutions", (_, outputs) => Sequential(Conv2d(16, 16, 3, padding: 1), BatchNorm2d(16), ReLU(), Flatten(), nn.Dropout(0.2), Linear(16 * 4, outputs)));

    public static IReadOnlyList<TrainerPlan> All { get; } =
    [
        new("dropout and batch normalisation", folder => Multiclass(Options(folder) with { Schedule = LearningRateSchedule.Cosine() }).Fit(Classes())),
        // Channels by sixteens: of others libtorch reads beyond them on some processors.
        new("convolutions", folder => ML.MulticlassClassification.Trainers.Torch(Convolutions, Options(folder) with { Optimizer = TorchOptimizer.Adam, FeatureColumnName = "Image", Epochs = 10 }).Fit(Classes())),
        new("rows in a file, momentum", folder => ML.Regression.Trainers.Torch(Dropout, Options(folder) with { Optimizer = TorchOptimizer.Sgd, LearningRate = 0.005, MemoryLimit = 0, Schedule = LearningRateSchedule.Steps(3) }).Fit(Numbers())),
        new("ended by patience", folder => ML.BinaryClassification.Trainers.Torch(Dropout, Options(folder) with { Optimizer = TorchOptimizer.RmsProp, Patience = 2, ValidationFraction = 0.3 }).Fit(Two())),
        new("one versus all", folder => ML.MulticlassClassification.Trainers.OneVersusAll(ML.BinaryClassification.Trainers.Torch(Dropout, Options(folder) with { Calibrate = true })).Fit(Classes())),
    ];

    private static TorchTrainerOptions Options(string? folder) => new() { Epochs = 20, BatchSize = 16, CheckpointFolder = folder, CheckpointInterval = TimeSpan.FromMilliseconds(20), Seed = 3 };

    private static TorchMulticlassTrainer Multiclass(TorchTrainerOptions options) => ML.MulticlassClassification.Trainers.Torch(Dropout, options);

    private static IDataView Classes()
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Image)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 16, 2, 2);
        var view = ML.Data.LoadFromEnumerable(Draw(), schema);
        return ML.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Class)).Fit(view).Transform(view);
    }

    private static IDataView Two() => ML.Transforms.CopyColumns("Label", nameof(Row.IsFirst)).Fit(ML.Data.LoadFromEnumerable(Draw())).Transform(ML.Data.LoadFromEnumerable(Draw()));

    private static IDataView Numbers() => ML.Transforms.CopyColumns("Label", nameof(Row.Number)).Fit(ML.Data.LoadFromEnumerable(Draw())).Transform(ML.Data.LoadFromEnumerable(Draw()));

    private static Row[] Draw()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, Rows).Select(_ =>
        {
            var label = random.Next(4);
            float[] features = [.. Enumerable.Range(0, 64).Select(j => (float)(random.NextDouble() - 0.5 + (j % 4 == label ? 0.2 : 0)))];
            return new Row { Class = label, IsFirst = label < 2, Number = features[0] - features[1], Features = features, Image = features };
        })];
    }

    private sealed class Row
    {
        [VectorType(64)]
        public float[] Features { get; set; } = [];

        [VectorType(64)]
        public float[] Image { get; set; } = [];

        public int Class { get; set; }

        public bool IsFirst { get; set; }

        public float Number { get; set; }
    }
}
