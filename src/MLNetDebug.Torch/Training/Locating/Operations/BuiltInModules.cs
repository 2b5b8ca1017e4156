using MLNetDebug.Data;
using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>What TorchSharp's own modules do when finite numbers come in and others go out, told by their type and what they were given.</summary>
internal static class BuiltInModules
{
    public static NamedOperation? Find(nn.Module module, IReadOnlyList<PointTensor> given, IEnumerable<Tensor> weights)
    {
        if (!ModuleReader.IsBuiltIn(module.GetType()) || given.Count == 0)
            return null;
        var kind = ModuleReader.KindOf(module);
        if (kind == ModuleKind.Attention && given.Skip(1).Any(HidesAll))
            return Mends.EmptySoftmax();
        var size = Size(given[0].Facts);
        var limit = given[0].Facts.DType switch { "Float16" => 65504, "Float64" => double.MaxValue, _ => float.MaxValue };
        if (kind is ModuleKind.BatchNorm or ModuleKind.RowNorm)
        {
            if (size >= Math.Sqrt(limit) / Math.Sqrt(Math.Max(1, given[0].Facts.Count)))
                return Mends.Overflow("a variance", size);
            var variance = Named(module, "running_var");
            return variance < 0 ? Mends.Root(variance) with { Mend = "A variance is never negative: set the running statistics anew, and look at what wrote them.", MendCode = "bn.reset_running_stats()" } : null;
        }

        if (kind is ModuleKind.Linear or ModuleKind.Convolution or ModuleKind.Recurrent or ModuleKind.Attention)
        {
            var weight = weights.Select(w => Size(TensorReader.Facts(w))).DefaultIfEmpty(0).Max();
            if (size * weight >= limit / 1e4)
                return Mends.Overflow("a sum of products", size, $", weights up to {Words.Number(weight)}");
        }

        return null;
    }

    private static double Size(TensorFacts facts) => Math.Max(Math.Abs(facts.Min), Math.Abs(facts.Max));

    private static double Named(nn.Module module, string name) =>
        module.named_buffers().FirstOrDefault(b => b.name == name).buffer is { IsInvalid: false } buffer ? TensorReader.Facts(buffer).Min : 0;

    /// <summary>True for a mask of which one row hides every place.</summary>
    private static bool HidesAll(PointTensor mask)
    {
        if (mask.Copy is not { Dimensions: > 0 } copy)
            return false;
        using var none = torch.no_grad();
        using var scope = NewDisposeScope();
        var hidden = copy.dtype == ScalarType.Bool ? copy : copy.is_floating_point() ? copy.isneginf() : null;
        return hidden is not null && hidden.all(-1).any().ToBoolean();
    }
}
