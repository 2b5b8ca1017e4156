using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>Operations that leave the finite numbers, with two arguments.</summary>
internal static class PairOperations
{
    private const int MaxArguments = 6;

    public static IEnumerable<Trial> On(IReadOnlyList<Tensor> known)
    {
        var some = known.Take(MaxArguments).ToArray();
        foreach (var a in some)
        {
            foreach (var b in some.Where(b => !ReferenceEquals(a, b)))
            {
                if (CanBroadcast(a.shape, b.shape))
                {
                    yield return new("division", () => a / b, () => Mends.Division());
                    yield return new("division", () => (a - b) / b, () => Mends.Division());
                    yield return new("division", () => a / (a + b), () => Mends.Division());
                    yield return new("division", () => (a - b) / (a + b), () => Mends.Division());
                    yield return new("product", () => a * b, () => Mends.Overflow("a product", Size(a, b)));
                    yield return new("product", () => a * b.exp(), () => Mends.Exp(b.max().ToDouble()));
                    yield return new("sum", () => a + b, () => Mends.Overflow("a sum", Size(a, b)));
                    yield return new("sum", () => a - b, () => Mends.Overflow("a sum", Size(a, b)));
                    yield return new("log", () => a * b.log(), () => Mends.Log(Math.Min(b.min().ToDouble(), 0)));
                    yield return new("log", () => (a / b).log(), () => Mends.Log(0));
                    yield return new("power", () => a.pow(b), () => Mends.Power(Math.Min(a.min().ToDouble(), 0)));
                    foreach (var dim in SensitiveOperations.Dimensions(a))
                        yield return new("division", () => (a * b).sum(dim) / ((a * a).sum(dim).sqrt() * (b * b).sum(dim).sqrt()), () => Mends.Division("division by a norm of 0"));
                }

                foreach (var trial in MaskedMeans(a, b))
                    yield return trial;
            }
        }
    }

    public static bool CanBroadcast(long[] a, long[] b) => Enumerable.Range(1, Math.Min(a.Length, b.Length)).All(i => a[^i] == b[^i] || a[^i] == 1 || b[^i] == 1);

    // The mean of values [n, t, d] or [n, t] over those t that a mask [n, t] leaves.
    private static IEnumerable<Trial> MaskedMeans(Tensor values, Tensor mask)
    {
        if (mask.Dimensions != 2 || values.Dimensions is not (2 or 3) || values.shape[0] != mask.shape[0] || values.shape[1] != mask.shape[1])
            yield break;
        foreach (var kept in new[] { mask, 1 - mask })
        {
            foreach (var keep in new[] { false, true })
            {
                yield return new("empty mean", () => (values * (values.Dimensions == 3 ? kept.unsqueeze(-1) : kept)).sum(1, keep) / (values.Dimensions == 3 ? kept.sum(1, keepdim: true) is var n && keep ? n.unsqueeze(-1) : n : kept.sum(1, keep)),
                    () => Mends.EmptyMean(" (a mask that leaves none of a row)"));
            }
        }
    }

    private static double Size(Tensor a, Tensor b) => Math.Max(a.abs().max().ToDouble(), b.abs().max().ToDouble());
}
