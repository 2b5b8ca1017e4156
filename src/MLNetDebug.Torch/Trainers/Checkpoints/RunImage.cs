using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Checkpoints;

/// <summary>Everything that the rest of a training depends on: parameters and buffers, the best of them so far, the optimizer's state, the random state, and the position.</summary>
internal sealed class RunImage(IReadOnlyList<Tensor> state, IReadOnlyList<Tensor> best, OptimizerHelper optimizer)
{
    /// <summary>Bytes of the weights, the best weights and about as much again twice for the optimizer.</summary>
    public long Size { get; } = 4 * state.Sum(t => t.NumberOfElements * t.ElementSize);

    public void Write(Stream stream, LoopPosition position)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        position.Write(writer);
        writer.Write(state.Count);
        writer.Flush();
        foreach (var tensor in state.Concat(best))
            TensorStream.Write(stream, tensor);
        using var drawn = RandomState.Get();
        writer.Write(drawn.NumberOfElements);
        writer.Flush();
        TensorStream.Write(stream, drawn);
        optimizer.save_state_dict(writer);
        writer.Flush();
    }

    /// <exception cref="InvalidDataException">The image is that of another network.</exception>
    public LoopPosition Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var position = LoopPosition.Read(reader);
        if (reader.ReadInt32() != state.Count)
            throw new InvalidDataException("The checkpoint holds another number of parameters and buffers.");
        foreach (var tensor in state.Concat(best))
            TensorStream.Read(stream, tensor);
        using var drawn = empty(reader.ReadInt64(), ScalarType.Byte);
        TensorStream.Read(stream, drawn);
        RandomState.Set(drawn);
        optimizer.load_state_dict(reader);
        return position;
    }
}
