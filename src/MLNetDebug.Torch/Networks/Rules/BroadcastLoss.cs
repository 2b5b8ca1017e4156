using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>A loss whose input and target have different shapes that libtorch stretches against each other: every output is compared with every target.</summary>
internal sealed class BroadcastLoss : Rule<NetworkProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.BroadcastLoss, nameof(RuleIds.BroadcastLoss), "Output and target of a loss are stretched against each other.", RuleCategory.LossAndOutput, Severity.Error, ProofKind.Fact);

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Loss is not { Kind: >= LossKind.BinaryCrossEntropy and <= LossKind.KullbackLeibler } loss)
            return;
        var (input, target) = (loss.Input, loss.Target);
        if (input.Shape.SequenceEqual(target.Shape) || !Losses.LossShapes.Broadcasts(input.Shape, target.Shape))
            return;
        var terms = Losses.LossShapes.Stretched(input.Shape, target.Shape).Aggregate(1L, (n, s) => n * s);
        var areBoth = terms > input.Count && terms > target.Count;
        // One number for all, and one shape with further dimensions of 1, change nothing. A divergence is often taken from one distribution for all rows.
        var isOne = terms > Math.Min(input.Count, target.Count) && Math.Min(input.Count, target.Count) > 1 && loss.Kind != LossKind.KullbackLeibler;
        if (loss.Error is null ? !areBoth && !isOne : loss.Kind is not (LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits))
            return;
        var step = LossSteps.Last(measured);
        var reshape = LossCode.Reshape(input, target);
        sink.Report(new FindingDraft(Places.Loss(loss), Message(loss, step, terms, areBoth))
        {
            Severity = areBoth || loss.Error is not null ? null : Severity.Warning,
            Evidence = [new Evidence("terms of the loss", terms) { Threshold = Math.Max(input.Count, target.Count) }, new Evidence("outputs", input.Count), new Evidence("targets", target.Count)],
            Advice =
            [
                reshape is not null ? new Advice($"Give the target the output's shape {input.ShapeText}.", reshape)
                    : new Advice($"Give the network one output per target, or each output its own target: {input.ShapeText} against {target.ShapeText}."),
            ],
        });
    }

    private static string Message(LossProfile loss, FlowStep? step, long terms, bool areBoth)
    {
        var shapes = $"{LossSteps.Named(loss)} is given {loss.Input.ShapeText} ({LossSteps.Output(step)}) and a target of {loss.Target.ShapeText}";
        return loss.Error is { } error ? $"{shapes}, and takes equal shapes only. It threw \"{error}\"."
            : areBoth ? $"{shapes}. libtorch stretches both to {Words.Number(terms)} terms: every output is compared with every target, and the best answer is the targets' mean for every row."
            : $"{shapes}. libtorch stretches the smaller one to {Words.Number(terms)} terms: one value is compared with several that stand for other things.";
    }
}
