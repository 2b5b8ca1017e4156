using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>A small network with optimizer and batches, the same for the same seed, and what a test does with them.</summary>
internal sealed class GuardedRun : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public GuardedRun(string network = "mlp", string optimizer = "Momentum", double rate = 0.05, ScalarType type = ScalarType.Float32, int batches = 12)
    {
        random.manual_seed(7);
        Model = GuardedNetworks.Create(network, type);
        Batches = GuardedNetworks.Batches(network, type, batches);
        Optimizer = Optimizers.Create(optimizer, Model.parameters(), rate);
    }

    public nn.Module<Tensor, Tensor> Model { get; }

    public optim.Optimizer Optimizer { get; }

    public (Tensor X, Tensor Y)[] Batches { get; }

    /// <summary>A batch that no network gets a finite loss of.</summary>
    public (Tensor X, Tensor Y) Bad => (full_like(Batches[0].X, double.NaN), Batches[0].Y);

    public TrainingGuard Attach(TrainingGuardOptions? options = null) => TrainingGuard.Attach(Model, Optimizer, options);

    public Tensor Loss((Tensor X, Tensor Y) batch) => F.cross_entropy(Model.call(batch.X), batch.Y);

    /// <summary>Steps of the batches in turn.</summary>
    public void Steps(TrainingGuard guard, int count, int first = 0)
    {
        for (var i = first; i < first + count; i++)
        {
            using var step = NewDisposeScope();
            guard.Step(Batches[i % Batches.Length], Loss);
        }
    }

    /// <summary>The same by a plain loop.</summary>
    public void Plain(int count, int first = 0)
    {
        for (var i = first; i < first + count; i++)
            Plain(Batches[i % Batches.Length]);
    }

    public void Plain((Tensor X, Tensor Y) batch)
    {
        using var step = NewDisposeScope();
        Optimizer.zero_grad();
        Loss(batch).backward();
        Optimizer.step();
    }

    public byte[] Bits() => RunBits.Of(Model, Optimizer);

    public void Dispose()
    {
        Optimizer.Dispose();
        Model.Dispose();
        _scope.Dispose();
    }
}
