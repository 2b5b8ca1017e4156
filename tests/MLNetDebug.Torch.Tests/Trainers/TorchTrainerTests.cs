using Microsoft.ML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Trainers.Loop;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Trainers;

[TestClass]
public sealed class TorchTrainerTests
{
    private static readonly DigitsView Digits = DigitsView.Load();

    internal static TorchNetwork Mlp { get; } = new("test-mlp", (shape, outputs) =>
        Sequential(Flatten(), Linear(shape.Aggregate((a, b) => a * b), 64), ReLU(), Linear(64, outputs)));

    [TestMethod]
    public void Digits_are_learned_as_well_as_by_a_loop_of_ones_own()
    {
        var options = new TorchTrainerOptions { Epochs = 15, BatchSize = 32, LearningRate = 2e-3, ValidationFraction = 0 };
        var trained = Digits.ML.MulticlassClassification.Trainers.Torch(Mlp, options).Fit(Digits.Train);
        var guarded = Right(trained.Model.Modules[0]);
        var byHand = Right(ByHand(options));
        // One standard error of an accuracy on 597 rows.
        var error = Math.Sqrt(byHand * (1 - byHand) / 597);
        Console.WriteLine($"trainer {guarded:0.0000}, by hand {byHand:0.0000}, standard error {error:0.0000}");
        Assert.IsTrue(guarded >= byHand - error, $"{guarded} and {byHand}");
        Assert.IsNull(trained.Training!.Report!.Findings.FirstOrDefault(f => f.Severity >= Severity.Warning));
    }

    private static Module<Tensor, Tensor> ByHand(TorchTrainerOptions options)
    {
        random.manual_seed(2);
        using var rows = TrainingRows.Read(Digits.Train, null, options, TorchTask.MulticlassClassification);
        var model = Mlp.Create([1, 8, 8], 10);
        using var optimizer = optim.AdamW(model.parameters(), options.LearningRate, weight_decay: 0.01);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            using var feed = rows.Epoch(5, epoch, new BatchForm([1, 8, 8], true, options.BatchSize));
            foreach (var batch in feed.Take(CancellationToken.None))
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                functional.cross_entropy(model.call(batch.X), batch.Y).backward();
                optimizer.step();
            }
        }

        return model;
    }

    private static double Right(Module<Tensor, Tensor> model)
    {
        using var rows = TrainingRows.Read(Digits.Test, null, new() { ValidationFraction = 0 }, TorchTask.MulticlassClassification);
        using var scope = NewDisposeScope();
        using var none = no_grad();
        model.eval();
        using var feed = rows.Epoch(1, 0, new BatchForm([1, 8, 8], true, 597));
        var batch = feed.Take(CancellationToken.None).First();
        return model.call(batch.X).argmax(1).eq(batch.Y).to(ScalarType.Float32).mean().ToDouble();
    }
}
