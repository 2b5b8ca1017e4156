using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>An operation that was tried on known numbers.</summary>
/// <param name="Family">Trials of one family would be told in the same words.</param>
/// <param name="Made">What it gives.</param>
/// <param name="Says">The words for it.</param>
internal sealed record Trial(string Family, Func<Tensor> Made, Func<NamedOperation> Says);

/// <summary>Operations that leave the finite numbers, with one argument.</summary>
internal static class SensitiveOperations
{
    /// <summary>Each with what was done to the argument before, where that changes the mend.</summary>
    public static IEnumerable<Trial> On(Tensor z, string? before)
    {
        yield return new("log", z.log, () => Mends.Log(NotPositive(z), before));
        yield return new("log", z.log1p, () => Mends.Log(1 + Min(z)));
        yield return new("log", () => z * z.log(), () => Mends.Log(NotPositive(z), before));
        yield return new("log", () => (z * z.log()).sum(-1), () => Mends.Log(NotPositive(z), before));
        yield return new("log", () => z.log() - (1 - z).log(), () => Mends.Log(0, before));
        yield return new("exp", z.exp, () => Mends.Exp(Max(z)));
        yield return new("exp", () => z.exp().log1p(), () => Mends.Exp(Max(z), "softplus"));
        yield return new("exp", z.cosh, () => Mends.Exp(z.abs().max().ToDouble()));
        foreach (var dim in Dimensions(z))
        {
            yield return new("exp", () => z.exp() / z.exp().sum(dim, keepdim: true), () => Mends.Exp(Max(z), "softmax"));
            yield return new("exp", () => z.exp().sum(dim).log(), () => Mends.Exp(Max(z), "logsumexp"));
            yield return new("exp", () => z.exp().sum(dim, keepdim: true).log(), () => Mends.Exp(Max(z), "logsumexp"));
            yield return new("exp", () => z - z.exp().sum(dim, keepdim: true).log(), () => Mends.Exp(Max(z), "softmax"));
            yield return new("division", () => z / z.sum(dim, keepdim: true), () => Mends.Division());
            yield return new("division", () => z / z.abs().sum(dim, keepdim: true), () => Mends.Division());
            yield return new("division", () => z / (z * z).sum(dim, keepdim: true).sqrt(), () => Mends.Division("division by a norm of 0"));
            yield return new("division", () => z / z.amax([dim], true), () => Mends.Division());
            yield return new("division", () => z / z.abs().amax([dim], true), () => Mends.Division());
            yield return new("division", () => z / z.mean([dim], true), () => Mends.Division());
            yield return new("division", () => (z - z.amin([dim], true)) / (z.amax([dim], true) - z.amin([dim], true)), () => Mends.Division("division by a range of 0"));
            yield return new("deviation", () => z.std(dim, true, true), Mends.OneElement);
            yield return new("deviation", () => z.std(dim, true), Mends.OneElement);
            yield return new("deviation", () => z.var(dim, true, true), Mends.OneElement);
            foreach (var unbiased in z.shape[(int)(dim < 0 ? dim + z.Dimensions : dim)] > 1 ? new[] { true, false } : [false])
                yield return new("division", () => (z - z.mean([dim], true)) / z.std(dim, unbiased, true), () => Mends.Division("division by a standard deviation of 0"));
            if (z.shape[(int)(dim < 0 ? dim + z.Dimensions : dim)] == 1)
                yield return new("deviation", () => (z - z.mean([dim], true)) / z.std(dim, true, true), Mends.OneElement);
            yield return new("sum", () => z.sum(dim), () => Mends.Overflow("a sum", Size(z)));
            yield return new("sum", () => z.mean([dim]), () => Mends.Overflow("a sum", Size(z)));
            yield return new("square", () => (z * z).sum(dim), () => Mends.Overflow("a square", Size(z)));
            yield return new("square", () => (z * z).mean([dim]), () => Mends.Overflow("a square", Size(z)));
        }

        yield return new("division", () => z / z.sum(), () => Mends.Division());
        yield return new("division", () => z / z.max(), () => Mends.Division());
        yield return new("division", () => z / z.abs(), () => Mends.Division());
        yield return new("division", z.reciprocal, () => Mends.Division());
        yield return new("division", () => (z * z).reciprocal(), () => Mends.Division());
        yield return new("root", z.sqrt, () => Mends.Root(Min(z)));
        yield return new("division", z.rsqrt, () => Min(z) < 0 ? Mends.Root(Min(z)) : Mends.Division());
        yield return new("square", () => z * z, () => Mends.Overflow("a square", Size(z)));
        yield return new("square", () => z * z * z, () => Mends.Overflow("a third power", Size(z)));
        yield return new("arc", z.acos, () => Mends.Arc("acos", Farthest(z)));
        yield return new("arc sine", z.asin, () => Mends.Arc("asin", Farthest(z)));
        yield return new("atanh", z.atanh, () => Mends.Arc("atanh", Farthest(z)));
        yield return new("acosh", z.acosh, () => Mends.Arc("acosh", Min(z)));
        foreach (var exponent in new[] { 1.5, 1 / 3.0, 0.25, 0.75, 2.5, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, -1.5, -0.25 })
            yield return new("power", () => z.pow(exponent), () => Mends.Power(NotPositive(z)));
    }

    /// <summary>A softmax, whose argument may hold -infinity.</summary>
    public static IEnumerable<Trial> Softmax(Tensor z)
    {
        foreach (var dim in Dimensions(z))
        {
            yield return new("softmax", () => z.softmax(dim), Mends.EmptySoftmax);
            yield return new("softmax", () => nn.functional.log_softmax(z, dim), Mends.EmptySoftmax);
        }
    }

    public static IEnumerable<long> Dimensions(Tensor z) => z.Dimensions switch { 0 => [], 1 => [0], 2 => [1, 0], _ => [z.Dimensions - 1, 1, 0] };

    public static double Min(Tensor z) => z.min().ToDouble();

    public static double Max(Tensor z) => z.max().ToDouble();

    private static double Size(Tensor z) => z.abs().max().ToDouble();

    private static double NotPositive(Tensor z) => Math.Min(Min(z), 0);

    private static double Farthest(Tensor z) => Max(z) >= -Min(z) ? Max(z) : Min(z);
}
