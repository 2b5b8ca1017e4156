using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>
/// Names the operation that spoiled a gradient by trying functions that have one: the function must give what was seen behind it in the forward pass, and its gradient must be bad at the very elements
/// at which that of the network is.
/// </summary>
internal static class GradientTrials
{
    private static readonly Func<NamedOperation> Log = () => GradientWords.Of("LogBackward0")!;

    /// <param name="argument">What the gradient is of.</param>
    /// <param name="gradient">The bad gradient.</param>
    /// <param name="results">What was seen behind, finite.</param>
    public static NamedOperation? Find(Tensor argument, Tensor gradient, IReadOnlyList<Tensor> results)
    {
        if (argument.numel() > 1 << 16 || !argument.shape.AsSpan().SequenceEqual(gradient.shape))
            return null;
        using var outer = NewDisposeScope();
        using var grad = enable_grad();
        foreach (var (function, says) in Functions(argument))
        {
            using var scope = NewDisposeScope();
            try
            {
                var leaf = argument.detach().clone().requires_grad_();
                var made = function(leaf);
                if (NonFiniteCount.Of(made).IsBad || !results.Any(r => Explains(made, r)))
                    continue;
                made.sum().backward();
                using var own = leaf.grad;
                if (own is not null && own.isfinite().eq(gradient.isfinite()).all().ToBoolean())
                    return says();
            }
            catch (Exception e) when (e is ExternalException or ArgumentException or InvalidOperationException)
            {
                // Not for tensors of these shapes or this type.
            }
        }

        return null;
    }

    private static IEnumerable<(Func<Tensor, Tensor> Function, Func<NamedOperation> Says)> Functions(Tensor argument)
    {
        var root = () => GradientWords.Root;
        var division = () => GradientWords.Division;
        yield return (x => x.sqrt(), root);
        yield return (x => x.abs().sqrt(), root);
        yield return (x => x.relu().sqrt(), root);
        yield return (x => x.sign() * x.abs().sqrt(), root);
        yield return (x => where(x > 0, x.log(), zeros_like(x)), Log);
        yield return (x => where(x > 0, x * x.log(), zeros_like(x)), Log);
        yield return (x => where(x > 0, x.sqrt(), zeros_like(x)), root);
        yield return (x => where(x.ne(0), x.reciprocal(), zeros_like(x)), division);
        yield return (x => where(x.ne(0), x / x.abs(), zeros_like(x)), division);
        foreach (var exponent in new[] { 0.25, 1 / 3.0, 0.3, 0.4, 0.6, 2 / 3.0, 0.7, 0.75, 0.8, 0.9 })
        {
            yield return (x => x.pow(exponent), () => GradientWords.Power);
            yield return (x => x.abs().pow(exponent), () => GradientWords.Power);
            yield return (x => x.sign() * x.abs().pow(exponent), () => GradientWords.Power);
        }

        yield return (x => x.acos(), () => GradientWords.Of("AcosBackward0")!);
        yield return (x => x.asin(), () => GradientWords.Of("AsinBackward0")!);
        foreach (var dim in SensitiveOperations.Dimensions(argument))
        {
            foreach (var keep in new[] { false, true })
            {
                yield return (x => (x * x).sum(dim, keep).sqrt(), root);
                yield return (x => (x * x).mean([dim], keep).sqrt(), root);
                yield return (x => x.var(dim, false, keep).sqrt(), root);
                yield return (x => x.var(dim, true, keep).sqrt(), root);
                yield return (x => x.abs().sum(dim, keep).sqrt(), root);
            }

            yield return (x => x / ((x * x).sum(dim, true).sqrt() + 1e-8), root);
            yield return (x => x / (x * x).sum(dim, true).sqrt().clamp(min: 1e-8), root);
            yield return (x => (x - x.mean([dim], true)) / (x.var(dim, false, true).sqrt() + 1e-5), root);
            yield return (x => (x - x.mean([dim], true)) / (x.var(dim, true, true).sqrt() + 1e-5), root);
        }

        yield return (x => (x * x).sum().sqrt(), root);
        yield return (x => (x * x).mean().sqrt(), root);
    }

    private static bool Explains(Tensor made, Tensor seen)
    {
        // A loss is a mean or a sum of what was tried.
        if (seen.Dimensions == 0 && made.Dimensions > 0)
            return Explains(made.mean(), seen) || Explains(made.sum(), seen);
        if (!made.shape.AsSpan().SequenceEqual(seen.shape))
            return false;
        // Nothing but zeros is explained by anything.
        var size = seen.abs().max().ToDouble();
        if (size == 0)
            return false;
        var tolerance = seen.dtype switch { ScalarType.BFloat16 => 0.03, ScalarType.Float16 => 4e-3, _ => 1e-4 };
        return (made.detach().to(seen.dtype) - seen).abs().le(tolerance * (seen.abs() + 1e-3 * size)).all().ToBoolean();
    }
}
