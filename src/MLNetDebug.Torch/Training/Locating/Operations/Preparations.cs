using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>What is often done to numbers right before an operation that leaves the finite ones.</summary>
internal static class Preparations
{
    public static IEnumerable<(string? Name, Func<Tensor> Made)> Of(Tensor x)
    {
        yield return (null, () => x);
        yield return (null, x.relu);
        yield return ("sigmoid", x.sigmoid);
        yield return ("sigmoid", () => 1 - x.sigmoid());
        foreach (var dim in SensitiveOperations.Dimensions(x))
        {
            yield return ("softmax", () => x.softmax(dim));
            yield return (null, () => x - x.mean([dim], true));
            yield return (null, () => x.sum(dim, keepdim: true));
            yield return (null, () => x.sum(dim));
            yield return (null, () => x.mean([dim], true));
            yield return (null, () => x.mean([dim]));
            yield return (null, () => x.var(dim, false, true));
            yield return (null, () => x.var(dim, false));
            yield return (null, () => x.relu().sum(dim, keepdim: true));
            yield return (null, () => x.std(dim, true, true));
        }

        yield return (null, x.tanh);
        yield return (null, x.abs);
        yield return (null, () => -x);
        yield return (null, () => 1 - x);
        yield return (null, () => 1 + x);
        yield return (null, () => 1 - x * x);
        yield return (null, () => x * x);
        yield return (null, x.exp);
        yield return (null, x.sin);
        yield return (null, x.cos);
        yield return (null, () => x.round());
        yield return (null, x.floor);
    }
}
