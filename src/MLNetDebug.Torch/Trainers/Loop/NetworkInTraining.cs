using MLNetDebug.Torch.Trainers.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>The network that is trained, on its device, with its loss.</summary>
internal sealed class NetworkInTraining : IDisposable
{
    private readonly TorchTask _task;
    private readonly Func<Tensor, Tensor, Tensor> _loss;
    private bool _isHandedOver;

    private NetworkInTraining(IReadOnlyList<nn.Module<Tensor, Tensor>> parts, TorchTask task, TorchTrainerOptions options)
    {
        (Parts, _task, Device) = (parts, task, options.Device ?? CPU);
        Whole = task == TorchTask.OneVersusAll ? new OneVersusAllNetwork(parts) : parts[0];
        _loss = options.Loss ?? (task switch
        {
            TorchTask.Regression => (output, target) => nn.functional.mse_loss(output, target),
            TorchTask.MulticlassClassification => (output, target) => nn.functional.cross_entropy(output, target),
            _ => (output, target) => nn.functional.binary_cross_entropy_with_logits(output, target),
        });
    }

    /// <summary>One network, or one for each class.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Parts { get; }

    /// <summary>What is trained.</summary>
    public nn.Module<Tensor, Tensor> Whole { get; }

    public Device Device { get; }

    /// <summary>Makes the network anew and sets its output bias.</summary>
    /// <exception cref="InvalidOperationException">The factory threw, or what it made does not fit the rows.</exception>
    public static NetworkInTraining Create(TorchTrainer trainer, TrainingRows rows, Tensor sample)
    {
        var (options, shape) = (trainer.Options, rows.Columns.Shape);
        var (count, outputs) = trainer.Task switch
        {
            TorchTask.OneVersusAll => (rows.Columns.Classes, 1),
            TorchTask.MulticlassClassification => (1, rows.Columns.Classes),
            _ => (1, 1),
        };
        List<nn.Module<Tensor, Tensor>> parts = [];
        try
        {
            for (var i = 0; i < count; i++)
                parts.Add(trainer.Network.Create(shape, outputs));
        }
        catch
        {
            parts.ForEach(p => p.Dispose());
            throw;
        }

        var network = new NetworkInTraining(parts, trainer.Task, options);
        try
        {
            network.Whole.to(network.Device);
            network.Whole.eval();
            foreach (var part in parts)
                OutputShape.ThrowIfWrong(trainer.Network.Name, part, sample, shape, outputs);
            if (options.InitializeOutputBias)
                network.SetBiases(sample, Prior.Of(rows, trainer.Task));
            network.Whole.train();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The loss of outputs and the targets of a batch.</summary>
    public Tensor Loss(Tensor output, Tensor target)
    {
        if (_task != TorchTask.OneVersusAll)
            return _loss(output, target);
        using var scope = NewDisposeScope();
        return _loss(output, nn.functional.one_hot(target, Parts.Count).to(ScalarType.Float32)).MoveToOuterDisposeScope();
    }

    /// <summary>The network belongs to the model from now on.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> HandOver()
    {
        _isHandedOver = true;
        return Parts;
    }

    public void Dispose()
    {
        if (!_isHandedOver)
            Whole.Dispose();
    }

    private void SetBiases(Tensor sample, float[] prior)
    {
        for (var i = 0; i < Parts.Count; i++)
            OutputBias.Set(Parts[i], sample, Parts.Count == 1 ? prior : prior.AsSpan(i, 1));
    }
}
