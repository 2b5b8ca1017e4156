using Microsoft.ML;
using MLNetDebug.Torch.Trainers;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Trainers;

/// <summary>A tensor that nothing holds any more may be finalised while the native call that it was handed to still reads it: the process ends.</summary>
[TestClass]
public sealed class TrainerTensorTests
{
    private static readonly DigitsView Digits = DigitsView.Load();

    private static readonly TorchNetwork Network = new("tensors", (_, outputs) => Sequential(Flatten(), Linear(64, 16), BatchNorm1d(16), ReLU(), Linear(16, outputs)));

    private static readonly Dictionary<string, TorchTrainerOptions> All = new()
    {
        ["plain"] = new() { Guard = null, Check = null, ValidationFraction = 0 },
        ["held out"] = new() { Guard = null, Check = null },
        ["checked"] = new() { Guard = null, ValidationFraction = 0 },
        ["guarded"] = new() { Check = null, ValidationFraction = 0 },
        ["calibrated"] = new() { Calibrate = true, InitializeOutputBias = true },
        ["diverging"] = new() { LearningRate = 1000, Optimizer = TorchOptimizer.Sgd },
    };

    public static IEnumerable<object[]> Cases => All.Keys.Select(k => new object[] { k });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Fit_LeavesNoTensorToTheFinalizer(string name)
    {
        var trainer = Digits.ML.MulticlassClassification.Trainers.Torch(Network, All[name] with { Epochs = 2 });
        TensorCount.AssertLeft(
            // A module of TorchSharp's leaves its parameters behind as it is disposed of.
            () => Network.Create([1, 8, 8], 10).Dispose(),
            () =>
            {
                try
                {
                    trainer.Fit(Digits.Train).Dispose();
                }
                catch (DiagnosticException)
                {
                    // What diverges may die.
                }
            });
    }
}
