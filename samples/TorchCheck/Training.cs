using MLNetDebug;
using MLNetDebug.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchCheck;

/// <summary>The check, where training would begin.</summary>
internal static class Check
{
    public static DiagnosticReport Of(Setup setup, Digits digits)
    {
        using (setup)
        {
            setup.Model.to(digits.TrainX.device);
            return NetworkCheck.Run(setup.Model, setup.Optimizer, setup.Loss, (digits.TrainX[TensorIndex.Slice(0, 64)], digits.TrainY[TensorIndex.Slice(0, 64)]));
        }
    }
}

/// <summary>A plain loop over shuffled batches.</summary>
internal static class Training
{
    private const int Epochs = 6;
    private const int Batch = 64;

    /// <summary>Accuracy on the digits held out.</summary>
    public static double Accuracy(Setup setup, Digits digits)
    {
        using (setup)
        {
            setup.Model.to(digits.TrainX.device);
            for (var epoch = 0; epoch < Epochs; epoch++)
                Epoch(setup, digits);
            using var scope = NewDisposeScope();
            using var none = no_grad();
            setup.Model.eval();
            return setup.Model.call(digits.TestX).argmax(1).eq(digits.TestY).to(ScalarType.Float32).mean().ToDouble();
        }
    }

    private static void Epoch(Setup setup, Digits digits)
    {
        using var scope = NewDisposeScope();
        var order = randperm(digits.TrainY.shape[0], device: digits.TrainY.device);
        foreach (var rows in order.split(Batch))
        {
            setup.Optimizer.zero_grad();
            setup.Loss.call(setup.Model.call(digits.TrainX.index_select(0, rows)), digits.TrainY.index_select(0, rows)).backward();
            setup.Optimizer.step();
        }
    }
}
