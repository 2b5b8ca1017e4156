using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>The numbers that were known before a bad tensor was made, the latest first, cut to the same few rows where they are many.</summary>
internal sealed class KnownValues : IDisposable
{
    private const int MaxValues = 10;
    private const long MaxElements = 1 << 15;

    private readonly DisposeScope _scope = NewDisposeScope();

    /// <param name="made">The bad tensor.</param>
    /// <param name="earlier">What was known, the latest first.</param>
    public KnownValues(Tensor made, IEnumerable<Tensor> earlier)
    {
        using var none = torch.no_grad();
        var rows = RowsOf(made);
        Made = Cut(made, rows);
        var rowCount = made.Dimensions == 0 ? 0 : made.shape[0];
        // Other tensors keep their rows where theirs are others.
        All = [.. earlier.Where(t => !t.is_sparse && !t.is_complex()).Select(t => rows is not null && t.Dimensions > 0 && t.shape[0] == rowCount ? Cut(t, rows) : t)
            .Where(t => t.numel() is > 0 and <= MaxElements).Take(MaxValues).Select(t => (t.is_floating_point() ? t : t.to(ScalarType.Float32)).detach())];
    }

    /// <summary>The bad tensor.</summary>
    public Tensor Made { get; }

    /// <summary>The others, as numbers.</summary>
    public IReadOnlyList<Tensor> All { get; }

    public void Dispose() => _scope.Dispose();

    /// <summary>Rows with bad numbers and rows without, where there are too many for all; null where all can be taken.</summary>
    private static Tensor? RowsOf(Tensor made)
    {
        if (made.numel() <= MaxElements || made.Dimensions == 0)
            return null;
        var take = Math.Max(2, MaxElements / Math.Max(1, made.numel() / made.shape[0]) / 2);
        var bad = made.isfinite().logical_not().reshape(made.shape[0], -1).any(1);
        var (with, without) = (bad.nonzero().reshape(-1), bad.logical_not().nonzero().reshape(-1));
        return cat([with.slice(0, 0, Math.Min(take, with.shape[0]), 1), without.slice(0, 0, Math.Min(take, without.shape[0]), 1)]);
    }

    private static Tensor Cut(Tensor tensor, Tensor? rows) => rows is null ? tensor : tensor.index_select(0, rows.to(tensor.device));
}
