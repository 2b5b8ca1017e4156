using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>An operation on a x + b with unknown a and b, told by undoing it on the finite elements: what is left must stand on a line.</summary>
internal static class InnerLines
{
    private const int LeastElements = 6;

    private static readonly (Func<double, double> Undo, Func<Tensor, Tensor> Do, string Family, Func<Tensor, NamedOperation> Says)[] Operations =
    [
        (Math.Exp, z => z.log(), "log", z => Mends.Log(Math.Min(SensitiveOperations.Min(z), 0))),
        (Math.Log, z => z.exp(), "exp", z => Mends.Exp(SensitiveOperations.Max(z))),
        (y => y * y, z => z.sqrt(), "root", z => Mends.Root(SensitiveOperations.Min(z))),
        (y => 1 / y, z => z.reciprocal(), "division", _ => Mends.Division()),
        (Math.Cos, z => z.acos(), "arc", z => Mends.Arc("acos", SensitiveOperations.Max(z) > 1 ? SensitiveOperations.Max(z) : SensitiveOperations.Min(z))),
    ];

    public static IEnumerable<Trial> On(Tensor x, Tensor made)
    {
        if (!x.shape.AsSpan().SequenceEqual(made.shape))
            yield break;
        var (from, to) = (Values(x), Values(made));
        var finite = Enumerable.Range(0, to.Length).Where(i => double.IsFinite(to[i]) && double.IsFinite(from[i])).ToArray();
        if (finite.Length < LeastElements || finite.Select(i => from[i]).Distinct().Take(LeastElements).Count() < LeastElements)
            yield break;
        foreach (var (undo, apply, family, says) in Operations)
        {
            // Near the ends of the range little is left to undo.
            var clear = finite.Where(i => Math.Abs(to[i]) is > 1e-30 and < 1e30 && double.IsFinite(undo(to[i]))).ToArray();
            if (clear.Length < 3)
                continue;
            var (low, high) = (clear.MinBy(i => from[i]), clear.MaxBy(i => from[i]));
            var factor = (undo(to[high]) - undo(to[low])) / (from[high] - from[low]);
            var constant = undo(to[low]) - factor * from[low];
            // What rounding leaves of a 0 is 0.
            if (double.IsFinite(factor) && factor != 0 && double.IsFinite(constant))
            {
                Tensor Inner()
                {
                    var line = x.to(ScalarType.Float64) * factor + constant;
                    return line.where(line.abs() > 1e-5 * (Math.Abs(constant) + 1e-30), zeros_like(line));
                }

                yield return new(family, () => apply(Inner()).to(made.dtype), () => says(Inner()));
            }
        }
    }

    private static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, double>(tensor.detach().to(ScalarType.Float64, CPU).contiguous().bytes).ToArray();
    }
}
