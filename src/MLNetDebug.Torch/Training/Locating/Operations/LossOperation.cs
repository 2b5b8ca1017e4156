using MLNetDebug.Data;
using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>
/// Names the operation within a loss. It gives one number, so that nothing can be compared; instead what looks guilty in the network's output or in the target is replaced by numbers nearer and nearer to it,
/// and how the loss grows tells the operation: a log by equal steps, a division by equal factors.
/// </summary>
internal sealed class LossOperation(Replayer replayer, PassTrace trace)
{
    private static readonly double[] Near = [1e-2, 1e-3, 1e-4];

    public NamedOperation? Find()
    {
        var step = replayer.Step;
        if (step.Batch.Any(b => b.Tensor is { IsInvalid: false } t && t.numel() == 0))
            return Mends.EmptyMean(" (an empty batch)");
        if (step.Batch.Count > 0 && step.Batch[^1].Tensor is { IsInvalid: false } target)
        {
            if (OneLabel(target) is { } label)
                return label;
            if (target.is_floating_point() && Sensitive(target, TensorReader.Facts(target), by => OfTarget(target, by)) is { } inTarget)
                return inTarget;
        }

        var output = trace.Points.LastOrDefault(p => p.IsReturn && p.Call.Path.Length == 0) ?? trace.Points.LastOrDefault(p => p.IsReturn && p.Call.Parent is null);
        return output is { IsBad: false, Tensors: [var only] } && only.Facts.IsFloatingPoint ? Sensitive(only.Object, only.Facts, by => OfOutput(output.Index, by)) : null;
    }

    /// <summary>Labels that are all the same and are left out: one of another kind, and the loss is finite.</summary>
    private NamedOperation? OneLabel(Tensor target)
    {
        if (target.is_floating_point() || target.dtype == ScalarType.Bool || target.numel() == 0)
            return null;
        using var scope = NewDisposeScope();
        var label = target.min().ToInt64();
        if (target.max().ToInt64() != label)
            return null;
        var loss = OfTarget(target, t => t.flatten().index_fill(0, tensor(0L, device: t.device), label == 0 ? 1 : 0).reshape(t.shape));
        return double.IsFinite(loss) ? Mends.EmptyMean($" (every label is {label}, which the loss leaves out)") : null;
    }

    private NamedOperation? Sensitive(Tensor _, TensorFacts facts, Func<Func<Tensor, Tensor>, double> loss)
    {
        if (facts.ZeroShare > 0 && Approached(loss, static (t, e) => t.masked_fill(t.eq(0), e)) is { } atZero)
            return atZero == Growth.Log ? Mends.Log(0) : Mends.Division();
        if (facts.Max == 1 && facts.Min >= 0 && Approached(loss, static (t, e) => t.masked_fill(t.ge(1), 1 - e)) == Growth.Log)
            return Mends.Log(0) with { Text = "log of 0 (of 1 - 1)" };
        // 0 and 1 at once, as a sigmoid that rounds gives.
        if (facts is { Min: 0, Max: 1 } && Approached(loss, static (t, e) => t.clamp(e, 1 - e)) == Growth.Log)
            return Mends.Log(0) with { Mend = "Give the loss logits: it takes sigmoid and log in one step.", MendCode = "torch.nn.BCEWithLogitsLoss()" };
        if (facts.Min < 0 && Approached(loss, static (t, e) => t.masked_fill(t.le(0), e)) == Growth.Log)
            return Mends.Log(facts.Min);
        var size = Math.Max(Math.Abs(facts.Min), Math.Abs(facts.Max));
        if (size > 80 && Levels(loss, [10, 12, 14]) is var few && IsFinite(few) && few[2] - few[1] > 4 * (few[1] - few[0]) && few[1] > few[0])
            return Mends.Exp(size);
        return size > 1e15 && IsFinite(Levels(loss, [1e3, 1e4, 1e5])) ? Mends.Overflow("a square or a product", size) : null;
    }

    private static Growth? Approached(Func<Func<Tensor, Tensor>, double> loss, Func<Tensor, double, Tensor> replace)
    {
        var at = Near.Select(e => loss(t => replace(t, e))).ToArray();
        var (first, second) = (Math.Abs(at[1] - at[0]), Math.Abs(at[2] - at[1]));
        if (!IsFinite(at) || !(second > 1e-5 * Math.Abs(at[2])))
            return null;
        return (second / first) switch { > 0.8 and < 1.25 => Growth.Log, > 8 and < 12 => Growth.Division, _ => null };
    }

    private static double[] Levels(Func<Func<Tensor, Tensor>, double> loss, double[] bounds) => [.. bounds.Select(b => loss(t => t.clamp(-b, b)))];

    private static bool IsFinite(double[] values) => Array.TrueForAll(values, double.IsFinite);

    private double OfTarget(Tensor target, Func<Tensor, Tensor> by)
    {
        using var cleaner = TensorCleaner.By(target, by);
        using var pass = replayer.Run();
        return cleaner.IsComplete && pass.Thrown is null ? pass.Value : double.NaN;
    }

    private double OfOutput(int point, Func<Tensor, Tensor> by)
    {
        using var pass = replayer.Run(new() { Changed = (point, by) });
        return pass.Thrown is null ? pass.Value : double.NaN;
    }

    private enum Growth
    {
        Log,
        Division,
    }
}
