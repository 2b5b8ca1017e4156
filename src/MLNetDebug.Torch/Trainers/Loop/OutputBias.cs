using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>
/// Sets the bias of a network's output layer. Which parameter that is, is measured: moved by a different number for each output, it moves each output by that number, in every row. A network without
/// one is left as it is, and so is one that is frozen.
/// </summary>
internal static class OutputBias
{
    private const double Tolerance = 1e-3;

    /// <summary>True where such a bias was found and set.</summary>
    public static bool Set(nn.Module<Tensor, Tensor> network, Tensor rows, ReadOnlySpan<float> values)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var wanted = tensor(values.ToArray(), device: rows.device);
        var moves = arange(1, values.Length + 1, ScalarType.Float32, rows.device);
        var before = network.call(rows).to(ScalarType.Float32);
        // Most networks end in their last parameter.
        foreach (var (_, bias) in network.named_parameters().Reverse().Where(p => p.parameter.requires_grad && p.parameter.dim() == 1 && p.parameter.NumberOfElements == wanted.NumberOfElements))
        {
            var kept = bias.detach().clone();
            bias.add_(moves);
            var moved = network.call(rows).to(ScalarType.Float32) - before;
            if (moved.sub(moves).abs().max().ToDouble() <= Tolerance * values.Length)
            {
                bias.copy_(wanted);
                return true;
            }

            bias.copy_(kept);
        }

        return false;
    }
}
