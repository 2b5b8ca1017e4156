using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>A network, an optimizer and a batch size over rows of a base, whose learning rate is looked for.</summary>
/// <param name="Base">The rows' base.</param>
/// <param name="Network">The network.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="BatchSize">The batch size.</param>
/// <param name="Seed">The seed of the draw and of the trainings.</param>
internal sealed record SweepPair(SweepBase Base, TorchNetwork Network, TorchOptimizer Optimizer, int BatchSize, int Seed)
{
    private static readonly MLContext ML = new(1);

    public string Id => $"{Base.Id} {Network.Name} {Optimizer} {BatchSize} seed {Seed}";

    /// <summary>Training rows, then rows to validate by.</summary>
    public (IDataView Train, IDataView Validation) Rows() => Base.Draw(Seed);

    /// <summary>The trainer; its rate is a usual one.</summary>
    public TorchTrainer Trainer()
    {
        var options = new TorchTrainerOptions { Optimizer = Optimizer, BatchSize = BatchSize, Seed = Seed };
        return Base.Classes switch
        {
            0 => ML.Regression.Trainers.Torch(Network, options),
            2 => ML.BinaryClassification.Trainers.Torch(Network, options),
            _ => ML.MulticlassClassification.Trainers.Torch(Network, options),
        };
    }
}
