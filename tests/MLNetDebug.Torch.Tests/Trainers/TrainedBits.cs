using System.IO.Hashing;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Checkpoints;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.Tests.Trainers;

/// <summary>The bits of a trained network.</summary>
internal static class TrainedBits
{
    public static string Of(TorchPredictionTransformer trained)
    {
        var hash = new XxHash128();
        using var stream = new HashingStream(Stream.Null, hash);
        foreach (var tensor in trained.Model.Modules.SelectMany(TrainingLoop.StateOf))
            TensorStream.Write(stream, tensor);
        return Convert.ToHexString(hash.GetCurrentHash());
    }
}
