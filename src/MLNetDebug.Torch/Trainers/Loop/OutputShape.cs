using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>Whether a network takes the rows and returns what the task needs.</summary>
internal static class OutputShape
{
    /// <exception cref="InvalidOperationException">It does not; in one sentence.</exception>
    public static void ThrowIfWrong(string name, nn.Module<Tensor, Tensor> network, Tensor rows, IReadOnlyList<long> shape, int outputs)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        Tensor output;
        try
        {
            output = network.call(rows);
        }
        catch (Exception e) when (!TrainerFailures.IsMemory(e))
        {
            throw new InvalidOperationException($"Network '{name}' cannot read rows of shape [{string.Join(", ", shape)}], which come as [{string.Join(", ", rows.shape)}]: {TrainerFailures.FirstLine(e.Message)}", e);
        }

        if (output.dim() != 2 || output.size(0) != rows.size(0) || output.size(1) != outputs)
            throw new InvalidOperationException($"Network '{name}' returns [{string.Join(", ", output.shape)}] for {rows.size(0)} rows of shape [{string.Join(", ", shape)}]; [{rows.size(0)}, {outputs}] is needed: end it in a layer of as many outputs as the factory is told.");
        if (!is_floating_point(output))
            throw new InvalidOperationException($"Network '{name}' returns {output.dtype}; numbers with a fraction are needed, logits or the number to predict.");
    }
}
