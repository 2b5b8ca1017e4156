using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>
/// Finds out which loss a function computes: TorchSharp's own are evaluated on the same tensors, each only where types, shapes and values allow it, and compared with what the function gave.
/// </summary>
internal sealed class LossSearch(Tensor input, Tensor target, Tensor value, TensorFacts inputFacts, TensorFacts targetFacts, bool areLogProbabilities)
{
    private const double Tolerance = 1e-5;

    // Nine losses of so many elements would cost more than they tell.
    private const long MaxElements = 1 << 26;

    // Label that TorchSharp's functions leave out.
    private const long Ignored = -100;

    public LossIdentity Find()
    {
        if (value.NumberOfElements == 0 || !inputFacts.IsFloatingPoint || inputFacts.Count is 0 or > MaxElements || inputFacts.NonFinite > 0 || targetFacts.NonFinite > 0 || input.is_sparse || target.is_sparse)
            return new(LossKind.Unknown);
        var given = TensorReader.Facts(value);
        // Nothing can be told by a loss of 0.
        if (given.NonFinite > 0 || !(given.Max > 0 || given.Min < 0))
            return new(LossKind.Unknown);
        using var noGrad = no_grad();
        foreach (var (kind, name, logTarget, compute) in Candidates())
        {
            if (ReductionOf(compute, kind, given) is { } reduction)
                return new(kind, reduction) { Name = $"functional.{name}", LogTarget = logTarget, IgnoreIndex = HoldsIndices ? Ignored : null };
        }

        return new(LossKind.Unknown);
    }

    private bool HoldsIndices => !targetFacts.IsFloatingPoint;

    private IEnumerable<(LossKind Kind, string Name, bool? LogTarget, Func<Tensor> Compute)> Candidates()
    {
        if (HoldsIndices)
        {
            if (!FitsIndices())
                yield break;
            if (areLogProbabilities)
                yield return (LossKind.NegativeLogLikelihood, "nll_loss", null, () => F.nll_loss(input, target, reduction: nn.Reduction.None));
            yield return (LossKind.CrossEntropy, "cross_entropy", null, () => F.cross_entropy(input, target, reduction: nn.Reduction.None));
            if (!areLogProbabilities)
                yield return (LossKind.NegativeLogLikelihood, "nll_loss", null, () => F.nll_loss(input, target, reduction: nn.Reduction.None));
            yield break;
        }

        if (input.dtype != target.dtype || input.device_type != target.device_type)
            yield break;
        var isSame = inputFacts.Shape.SequenceEqual(targetFacts.Shape);
        if (isSame && inputFacts is { Min: >= 0, Max: <= 1 })
            yield return (LossKind.BinaryCrossEntropy, "binary_cross_entropy", null, () => F.binary_cross_entropy(input, target, reduction: nn.Reduction.None));
        if (isSame && inputFacts.Rank > 1)
            yield return (LossKind.CrossEntropy, "cross_entropy", null, () => F.cross_entropy(input, target, reduction: nn.Reduction.None));
        if (isSame)
        {
            yield return (LossKind.BinaryCrossEntropyWithLogits, "binary_cross_entropy_with_logits", null, () => F.binary_cross_entropy_with_logits(input, target, reduction: nn.Reduction.None));
            yield return (LossKind.KullbackLeibler, "kl_div", false, () => F.kl_div(input, target, log_target: false, nn.Reduction.None));
            yield return (LossKind.KullbackLeibler, "kl_div", true, () => F.kl_div(input, target, log_target: true, nn.Reduction.None));
        }

        if (!LossShapes.Broadcasts(inputFacts.Shape, targetFacts.Shape))
            yield break;
        yield return (LossKind.MeanSquaredError, "mse_loss", null, () => F.mse_loss(input, target, nn.Reduction.None));
        yield return (LossKind.AbsoluteError, "l1_loss", null, () => F.l1_loss(input, target, nn.Reduction.None));
        yield return (LossKind.Huber, "smooth_l1_loss", null, () => F.smooth_l1_loss(input, target, nn.Reduction.None));
    }

    private bool FitsIndices() =>
        target.dtype == ScalarType.Int64 && inputFacts.Rank > 0 && input.device_type == target.device_type &&
        targetFacts.Shape.SequenceEqual(LossShapes.WithoutClasses(inputFacts.Shape)) &&
        targetFacts.Max < inputFacts.Shape[RowReader.Dimension(inputFacts.Rank)] && targetFacts.Min is >= 0 or Ignored;

    private LossReduction? ReductionOf(Func<Tensor> compute, LossKind kind, TensorFacts given)
    {
        try
        {
            using var each = compute();
            var facts = TensorReader.Facts(each);
            if (facts.NonFinite > 0)
                return null;
            if (given.Count > 1)
                return given.Shape.SequenceEqual(facts.Shape) && Same(given.Mean, facts.Mean) && Same(given.Max, facts.Max) && Same(given.Min, facts.Min) ? LossReduction.None : null;
            var sum = facts.Mean * facts.Count;
            return Same(given.Mean, sum / LossShapes.Counted(target, facts.Count, HoldsIndices ? Ignored : null)) ? LossReduction.Mean
                : Same(given.Mean, sum) ? LossReduction.Sum
                // A sum over the batch: the true divergence, or the cross-entropy of whole sequences. It is neither of the reductions that have a name.
                : kind is LossKind.KullbackLeibler or LossKind.CrossEntropy && inputFacts.Rank > 0 && Same(given.Mean, sum / inputFacts.Shape[0]) ? LossReduction.Unknown
                : null;
        }
        catch (ExternalException)
        {
            // A combination that libtorch refuses in spite of all that was checked is not this loss.
            return null;
        }
    }

    private static bool Same(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}
