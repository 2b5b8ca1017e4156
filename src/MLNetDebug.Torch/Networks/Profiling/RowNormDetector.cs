using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Tells a normalisation that the user wrote (RMSNorm and its like) by what it does to a few rows, its own scale divided out.</summary>
internal static class RowNormDetector
{
    // A normalised row has elements of 1; beside rounding there is the number that is added below the root.
    private const double Tolerance = 0.05;
    private const int Rows = 4;

    public static bool IsRowNorm(nn.Module module, TracedValue input, TracedValue output)
    {
        if (input.Sample.Length == 0 || output.Sample.Length == 0 || output.Facts.Rank < 2 || output.Facts.Shape[^1] < 3 || !input.Facts.Shape.SequenceEqual(output.Facts.Shape))
            return false;
        using var scope = NewDisposeScope();
        using var none = torch.no_grad();
        var (before, after) = (FewRows(input.Alias), FewRows(output.Alias));
        // A row of nothing but 0 stays one.
        var kept = before.abs().sum(1).gt(0).nonzero().flatten();
        if (kept.numel() == 0)
            return false;
        (before, after) = (before.index_select(0, kept), after.index_select(0, kept));
        var sizes = (before * before).mean([1]).sqrt();
        // Rows of one size: they may as well have been multiplied by one number, or not at all.
        if (!((sizes.max() - sizes.min()).ToDouble() > 1e-4 * sizes.max().ToDouble()))
            return false;
        if (module.parameters(recurse: false).FirstOrDefault(p => p.numel() == output.Facts.Shape[^1]) is { } scale)
            after = after / scale.detach().to(ScalarType.Float32).cpu().reshape(1, -1);
        return RowNorms.Of(before, made => (made - after).abs().max().ToDouble() < Tolerance) is not null;
    }

    private static Tensor FewRows(Tensor tensor)
    {
        var rows = tensor.detach().reshape(-1, tensor.shape[^1]);
        return rows.slice(0, 0, Math.Min(Rows, rows.shape[0]), 1).to(ScalarType.Float32).cpu();
    }
}
