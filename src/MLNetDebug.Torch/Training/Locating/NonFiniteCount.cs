using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>How many elements of a tensor are not finite, by kind.</summary>
internal readonly record struct NonFiniteCount(long NaN, long Positive, long Negative)
{
    public long All => NaN + Positive + Negative;

    public bool IsBad => All > 0;

    /// <summary>True where all of them are -infinity, as masks are.</summary>
    public bool IsNegativeOnly => Negative > 0 && NaN + Positive == 0;

    public static NonFiniteCount operator +(NonFiniteCount one, NonFiniteCount other) => new(one.NaN + other.NaN, one.Positive + other.Positive, one.Negative + other.Negative);

    /// <summary>Counts; nothing where a tensor is disposed, or its type holds whole numbers only or cannot be read.</summary>
    public static NonFiniteCount Of(Tensor? tensor)
    {
        if (tensor is null || tensor.IsInvalid || !tensor.is_floating_point() || tensor.numel() == 0 || TensorReader.Facts(tensor).NonFinite == 0)
            return default;
        using var none = torch.no_grad();
        using var scope = NewDisposeScope();
        try
        {
            var dense = (tensor.is_sparse ? tensor.SparseValues : tensor).detach();
            return new(dense.isnan().sum().ToInt64(), dense.isposinf().sum().ToInt64(), dense.isneginf().sum().ToInt64());
        }
        catch (ExternalException)
        {
            return default;
        }
    }

    public static NonFiniteCount Of(IEnumerable<Tensor> tensors) => tensors.Aggregate(default(NonFiniteCount), static (sum, t) => sum + Of(t));

    /// <summary>The first row along the first dimension with such an element, and in how many rows they stand; null where there are no rows.</summary>
    public static (long First, long Rows)? RowsOf(Tensor tensor)
    {
        if (tensor.is_sparse || tensor.Dimensions == 0 || tensor.numel() == 0)
            return null;
        using var none = torch.no_grad();
        using var scope = NewDisposeScope();
        var bad = tensor.detach().isfinite().logical_not().reshape(tensor.shape[0], -1).any(1);
        var rows = bad.nonzero().reshape(-1).to(ScalarType.Int64).cpu().data<long>().ToArray();
        return rows.Length > 0 ? (rows[0], rows.Length) : null;
    }

    /// <summary>
    /// The same numbers without the bad ones: the mean of the finite in their place. What stands beside an overflow is nearly as large and would be the next, so that all are bounded.
    /// </summary>
    public static Tensor Cleaned(Tensor tensor)
    {
        var bound = tensor.dtype == ScalarType.Float16 ? 100 : 1e4;
        var mean = TensorReader.Facts(tensor).Mean;
        var by = double.IsFinite(mean) ? Math.Clamp(mean, -bound, bound) : 0;
        using var filled = tensor.nan_to_num(by, by, by);
        return filled.clamp(-bound, bound);
    }
}
