using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>Reads the parameters and buffers of a module into one that a factory made.</summary>
internal static class StateReader
{
    /// <summary>Reads them, by name; whatever the module has must be there, and nothing else.</summary>
    /// <exception cref="TorchModelException">They are damaged, or those of a network that was made otherwise.</exception>
    public static void Read(PayloadReader reader, nn.Module<Tensor, Tensor> module, string network)
    {
        using var noGrad = no_grad();
        var state = module.state_dict();
        var count = reader.ReadInt32();
        var missing = new HashSet<string>(state.Keys, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadText();
            var type = (ScalarType)reader.ReadInt32();
            var shape = reader.ReadShape(smallest: 0);
            var length = reader.ReadInt64();
            if (!state.TryGetValue(name, out var tensor))
                throw Other(network, $"has no parameter or buffer '{name}', which the saved model has");
            if (!missing.Remove(name))
                throw WeightReader.Damaged($"'{name}' stands in it twice");
            if (!tensor.shape.SequenceEqual(shape))
                throw Other(network, $"gives '{name}' the shape [{string.Join(", ", tensor.shape)}], and the saved model has it with [{string.Join(", ", shape)}]");
            if (tensor.dtype != type)
                throw Other(network, $"makes '{name}' of type {tensor.dtype}, and the saved model has it as {type}");
            // The tensor is there already: its size bounds what is read.
            if (length != tensor.NumberOfElements * tensor.ElementSize || length > reader.Left)
                throw WeightReader.Damaged($"'{name}' says it is {length} bytes long");
            Fill(reader, tensor);
        }

        if (missing.Count > 0)
            throw Other(network, $"has '{state.Keys.First(missing.Contains)}', which the saved model has not");
    }

    private static void Fill(PayloadReader reader, Tensor tensor)
    {
        if (tensor.NumberOfElements == 0)
            return;
        using var scope = NewDisposeScope();
        var plain = zeros(tensor.shape, tensor.dtype, CPU);
        reader.Read(plain.bytes);
        tensor.copy_(plain);
    }

    private static TorchModelException Other(string network, string what) => new(
        $"The factory registered for network '{network}' {what}. Register the factory the model was trained with: TorchNetwork.Register(new TorchNetwork(\"{network}\", ...)).");
}
