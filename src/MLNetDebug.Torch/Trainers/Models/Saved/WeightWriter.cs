using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>
/// Writes a network: its name, what it learned and from what shape, then for each module its parameters and buffers by name, with type, shape and bytes. No type of .NET is named in it.
/// </summary>
internal static class WeightWriter
{
    /// <summary>Writes it.</summary>
    /// <param name="transformer">The trained network.</param>
    /// <param name="limit">Most bytes in a piece.</param>
    public static (WeightPieces Pieces, string Seal) Write(TorchPredictionTransformer transformer, int limit = WeightPieces.DefaultLimit)
    {
        var (model, writer) = (transformer.Model, new PayloadWriter(limit));
        model.Enter();
        try
        {
            writer.Write((int)model.Task);
            writer.Write(model.Network.Name);
            writer.Write(model.InputShape);
            writer.Write(model.Classes);
            writer.Write(model.FeatureColumn);
            writer.Write(model.LabelColumn ?? "");
            writer.Write(model.Temperature);
            Write(writer, transformer.FeatureColumnType);
            writer.Write(LabelKeys.DigestOf(transformer.Keys));
            writer.Write(model.Modules.Count);
            foreach (var module in model.Modules)
                Write(writer, module, model.Network.Name);
        }
        finally
        {
            model.Exit();
        }

        return WeightPieces.Finish(writer.ToPieces());
    }

    private static void Write(PayloadWriter writer, DataViewType type)
    {
        writer.Write(type is ImageDataViewType ? 1 : 0);
        writer.Write(type is ImageDataViewType image ? [image.Height, image.Width] : [.. ((VectorDataViewType)type).Dimensions.Select(d => (long)d)]);
    }

    private static void Write(PayloadWriter writer, nn.Module<Tensor, Tensor> module, string network)
    {
        using var noGrad = no_grad();
        var state = module.state_dict();
        writer.Write(state.Count);
        foreach (var (name, tensor) in state)
        {
            using var scope = NewDisposeScope();
            if (tensor.NumberOfElements * tensor.ElementSize > int.MaxValue)
                throw new NotSupportedException($"Tensor '{name}' of network '{network}' is larger than 2 GB, which cannot be saved; split it into several parameters.");
            writer.Write(name);
            writer.Write((int)tensor.dtype);
            writer.Write(tensor.shape);
            var plain = tensor.detach().cpu().contiguous();
            var bytes = plain.NumberOfElements == 0 ? default : plain.bytes;
            writer.Write((long)bytes.Length);
            writer.Write(bytes);
        }
    }
}
