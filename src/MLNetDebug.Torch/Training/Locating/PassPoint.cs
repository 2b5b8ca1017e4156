using MLNetDebug.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>A call of a module in a replayed pass.</summary>
/// <param name="Index">Calls are numbered as they begin.</param>
/// <param name="Path">The module's path.</param>
/// <param name="Module">The module.</param>
/// <param name="Parent">The call within which it was made; null where none was listened to.</param>
internal sealed record PassCall(int Index, string Path, nn.Module Module, PassCall? Parent);

/// <summary>A tensor as it was at a point of a replayed pass.</summary>
/// <param name="Object">The tensor itself, to tell it from others; it may be disposed.</param>
/// <param name="Facts">Its shape and statistics.</param>
/// <param name="Count">What is not finite in it.</param>
/// <param name="Copy">Its numbers, where they were kept.</param>
internal sealed record PointTensor(Tensor Object, TensorFacts Facts, NonFiniteCount Count, Tensor? Copy);

/// <summary>A module is given its arguments, or returns: what passes there.</summary>
/// <param name="Index">Points are numbered as they are passed.</param>
/// <param name="Call">The call.</param>
/// <param name="IsReturn">False for the arguments.</param>
/// <param name="Tensors">The tensors that pass.</param>
internal sealed record PassPoint(int Index, PassCall Call, bool IsReturn, IReadOnlyList<PointTensor> Tensors)
{
    public NonFiniteCount Count { get; } = Tensors.Aggregate(default(NonFiniteCount), static (sum, t) => sum + t.Count);

    public bool IsBad => Count.IsBad;
}
