using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>How well a tensor that was tried explains another.</summary>
internal enum PatternMatch
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>All elements are not finite, in the same way in both: many operations give that.</summary>
    Trivial = 1,

    /// <summary>Not finite at the same places in the same way, finite at the others.</summary>
    Places = 2,

    /// <summary>And the finite elements are equal, or equal up to a factor and a constant.</summary>
    Numbers = 3,
}

/// <summary>Which elements of a tensor are not finite and how, and what the others are.</summary>
internal sealed class NumberPattern
{
    // A line through two points goes through anything: as many more must lie on it.
    private const int LeastForLine = 4;

    private readonly long[] _shape;
    private readonly double[] _values;
    private readonly double _tolerance;

    public NumberPattern(Tensor tensor)
    {
        (_shape, _values) = (tensor.shape, Values(tensor));
        _tolerance = tensor.dtype switch { ScalarType.BFloat16 => 0.03, ScalarType.Float16 => 4e-3, _ => 1e-4 };
        HasFinite = _values.Any(double.IsFinite);
        var width = _shape.Length > 1 ? (int)_shape[^1] : 1;
        IsMixedWithinRows = width > 1 && _values.Chunk(width).Any(r => r.Any(double.IsFinite) && !Array.TrueForAll(r, double.IsFinite));
    }

    public bool HasFinite { get; }

    /// <summary>True where a row along the last dimension holds both kinds.</summary>
    public bool IsMixedWithinRows { get; }

    public long[] Shape => _shape;

    public PatternMatch Compare(Tensor made)
    {
        if (!made.shape.AsSpan().SequenceEqual(_shape))
            return PatternMatch.None;
        var values = Values(made);
        var (same, mirrored, bad) = (true, true, 0);
        for (var i = 0; i < values.Length && (same || mirrored); i++)
        {
            var (kind, wanted) = (Kind(values[i]), Kind(_values[i]));
            same &= kind == wanted;
            mirrored &= (kind is 2 or 3 ? 5 - kind : kind) == wanted;
            bad += wanted == 0 ? 0 : 1;
        }

        if ((!same && !mirrored) || bad == 0)
            return PatternMatch.None;
        if (!HasFinite)
            return PatternMatch.Trivial;
        return (same && AreEqual(values)) || AreOnLine(values, same, mirrored) ? PatternMatch.Numbers : PatternMatch.Places;
    }

    private bool AreEqual(double[] values)
    {
        var any = false;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(_values[i]))
                continue;
            if (!Near(values[i], _values[i], Math.Abs(_values[i])))
                return false;
            any |= _values[i] != 0;
        }

        return any;
    }

    private bool AreOnLine(double[] values, bool same, bool mirrored)
    {
        var finite = Enumerable.Range(0, values.Length).Where(i => double.IsFinite(_values[i])).ToArray();
        if (finite.Length < LeastForLine || finite.Select(i => values[i]).Distinct().Take(LeastForLine).Count() < LeastForLine)
            return false;
        // Through the smallest and the one farthest from it: a few huge elements would hide that the others do not fit.
        var low = finite.MinBy(i => Math.Abs(values[i]));
        var high = finite.MaxBy(i => Math.Abs(values[i] - values[low]));
        var factor = (_values[high] - _values[low]) / (values[high] - values[low]);
        if (factor == 0 || !double.IsFinite(factor) || !(factor > 0 ? same : mirrored))
            return false;
        var constant = _values[low] - factor * values[low];
        return Array.TrueForAll(finite, i => Near(factor * values[i] + constant, _values[i], Math.Abs(factor * values[i]) + Math.Abs(constant)));
    }

    private bool Near(double one, double other, double scale) => Math.Abs(one - other) <= _tolerance * (1e-6 + scale);

    private static int Kind(double value) => double.IsFinite(value) ? 0 : double.IsNaN(value) ? 1 : value > 0 ? 2 : 3;

    private static double[] Values(Tensor tensor)
    {
        using var none = torch.no_grad();
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, double>(tensor.detach().to(ScalarType.Float64, CPU).contiguous().bytes).ToArray();
    }
}
