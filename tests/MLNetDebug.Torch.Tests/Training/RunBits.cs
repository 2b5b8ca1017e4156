using System.Text.Json;
using System.Text.Json.Serialization;
using MLNetDebug.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>All of a run that can be compared, as bytes.</summary>
internal static class RunBits
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Parameters, buffers, modes, optimizer state with rates, and gradients.</summary>
    public static byte[] Of(nn.Module model, params optim.Optimizer[] optimizers)
    {
        using var scope = NewDisposeScope();
        return
        [
            .. model.parameters().Cast<Tensor>().Concat(model.buffers()).SelectMany(Bytes),
            .. model.named_modules().Select(m => (byte)(m.module.training ? 1 : 0)).Append((byte)(model.training ? 1 : 0)),
            .. optimizers.OfType<OptimizerHelper>().SelectMany(State),
            .. Gradients(model),
        ];
    }

    /// <summary>The gradients alone; a byte for each that is not there.</summary>
    public static byte[] Gradients(nn.Module model)
    {
        using var scope = NewDisposeScope();
        return [.. model.parameters().SelectMany(p => p.grad is { } g ? Bytes(g).Prepend((byte)1) : [0])];
    }

    /// <summary>The CPU's random state.</summary>
    public static byte[] Random()
    {
        using var state = random.get_rng_state();
        return state.bytes.ToArray();
    }

    /// <summary>Everything the guard knows.</summary>
    public static string Of(TrainingGuard guard) => JsonSerializer.Serialize(guard.Window, Json) + guard.Steps + string.Concat(guard.Events) + string.Concat(guard.Report.Facts);

    private static byte[] Bytes(Tensor tensor) => tensor.is_sparse ? tensor.to_dense().bytes.ToArray() : tensor.detach().contiguous().bytes.ToArray();

    private static byte[] State(OptimizerHelper optimizer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        optimizer.save_state_dict(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
