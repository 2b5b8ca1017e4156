using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>
/// Batches that can be learnt: noise about the pattern of a row's class. A tenth of the labels are drawn anew, so that the loss stays away from 0 and gradients stay alive, as on real data.
/// </summary>
internal sealed class ClassBatches(BenchmarkNetwork network) : IDisposable
{
    private readonly Tensor _patterns = (0.2 * randn([BenchmarkNetwork.Classes, .. network.Pattern])).DetachFromDisposeScope();

    /// <summary>The next batch, outside of any scope: whoever asks for it disposes it.</summary>
    public (Tensor X, Tensor Y) Next()
    {
        using var scope = NewDisposeScope();
        var truth = randint(BenchmarkNetwork.Classes, [network.Rows]);
        var x = randn(network.Shape) + _patterns.index_select(0, truth);
        var y = where(rand(network.Rows) < 0.1, randint(BenchmarkNetwork.Classes, [network.Rows]), truth);
        return (x.DetachFromDisposeScope(), y.DetachFromDisposeScope());
    }

    public void Dispose() => _patterns.Dispose();
}
