using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>
/// Weights on a scale at which the network cannot start: so large that logits or activations stand at their edges, or so small that nothing of the input reaches the loss. The scale alone is
/// no fault; it must show.
/// </summary>
internal sealed class InitialScale(InitialScaleOptions? options = null) : Rule<NetworkProfile>
{
    // 24 ln 2: from this lead of the right logit on, a cross-entropy in 32 bits is exactly 0.
    private const double ExactZeroMargin = 16.6;

    private readonly InitialScaleOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.InitialScale, nameof(RuleIds.InitialScale), "A layer's initial weights are far too large or too small.",
        RuleCategory.Structure, Severity.Warning, ProofKind.Fact)
    { Notes = [1] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        var flow = new NetworkFlow(measured);
        var weights = WeightScale.Of(measured, flow);
        JudgeLarge(measured, flow, weights, sink);
        JudgeSmall(measured, flow, weights, sink);
    }

    private void JudgeLarge(NetworkProfile profile, NetworkFlow flow, IReadOnlyList<WeightScale> weights, FindingSink sink)
    {
        var bar = profile.Modules.Any(m => m.BatchesTracked > 0) ? _options.TrainedGain : _options.LargeGain;
        var large = weights.Where(w => w.Gain > bar).OrderByDescending(w => w.Gain).ToArray();
        // A network that answers better than a constant has learned with these weights.
        if (large.Length == 0 || profile.Loss is { } loss && loss.MeanLoss <= loss.ConstantLoss)
            return;
        if (AtLoss(profile.Loss) is { } shown)
            sink.Report(Draft(profile, flow, large, bar, shown.Says, shown.Evidence));
        else if (large.Select(w => (Weight: w, Edge: Saturated(profile, flow, w))).FirstOrDefault(e => e.Edge is not null) is { Edge: { } edge } at)
            sink.Report(Draft(profile, flow, [at.Weight, .. large.Where(w => w != at.Weight)], bar, edge.Says, edge.Evidence));
    }

    /// <summary>What large weights do to the loss; null where it bears them.</summary>
    private (string Says, Evidence Evidence)? AtLoss(LossProfile? loss)
    {
        if (loss is null)
            return null;
        switch (loss.Kind)
        {
            // Far above a constant's loss: on a trained network large logits are right, and its loss is low.
            case LossKind.CrossEntropy or LossKind.NegativeLogLikelihood or LossKind.BinaryCrossEntropyWithLogits when loss.MeanLoss > 2 * loss.ConstantLoss || double.IsNaN(loss.MeanLoss - loss.ConstantLoss):
                var meaning = $"the loss starts at {Words.Number(loss.MeanLoss)}{(double.IsNaN(loss.ConstantLoss) ? string.Empty : $", where a constant answer has {Words.Number(loss.ConstantLoss)}")}, and softmax or sigmoid hand back gradients near 0 or 1 only";
                return loss.Input.StandardDeviation > _options.LogitSpread
                    ? ($"the logits spread with a standard deviation of {Words.Number(loss.Input.StandardDeviation)}: {meaning}", new Evidence("standard deviation of the logits", loss.Input.StandardDeviation) { Threshold = _options.LogitSpread })
                    : loss.MedianMargin > ExactZeroMargin
                        ? ($"half of the rows are decided by a margin above {Words.Number(loss.MedianMargin)}: {meaning}", new Evidence("median margin of the logits", loss.MedianMargin) { Threshold = ExactZeroMargin })
                        : loss.ZeroLossShare > 0
                            ? ($"{Words.Percent(loss.ZeroLossShare)} of the rows have a loss of exactly 0 before the first step: {meaning}", new Evidence("share of rows with a loss of exactly 0", loss.ZeroLossShare) { Threshold = 0 })
                            : null;
            case LossKind.MeanSquaredError or LossKind.AbsoluteError or LossKind.Huber:
                var ratio = loss.Input.RootMeanSquare / loss.Target.RootMeanSquare;
                return ratio > _options.LogitSpread && loss.MeanLoss > _options.LogitSpread * loss.ConstantLoss
                    ? ($"the outputs are {Words.Number(ratio)} times as large as the targets", new Evidence("size of the outputs over that of the targets", ratio) { Threshold = _options.LogitSpread })
                    : null;
            default:
                return null;
        }
    }

    /// <summary>What a large weight does to the tanh or the sigmoid behind it, or inside a recurrent module; null where that bears it.</summary>
    private (string Says, Evidence Evidence)? Saturated(NetworkProfile profile, NetworkFlow flow, WeightScale weight)
    {
        foreach (var step in flow.StepsOf(weight.Module.Name))
        {
            var ends = weight.Module.Kind == ModuleKind.Recurrent ? [step] : flow.Following(step, s => s.MovesOnly()).Where(s => s.Saturates());
            foreach (var end in ends.Where(e => e.Output >= 0))
            {
                var facts = profile.Values[end.Output].Facts;
                var isHalf = end.Function is "sigmoid" or "hardsigmoid";
                var edge = isHalf ? 2 * Math.Sqrt(Math.Pow(facts.Mean - 0.5, 2) + Math.Pow(facts.StandardDeviation, 2)) : facts.RootMeanSquare;
                if (edge >= _options.Saturation && edge <= 1 + 1e-6)
                    return ($"{end.Display} stands at its edges, where it passes hardly any gradient back", new Evidence("root mean square of the activation, in [-1, 1]", edge) { Threshold = _options.Saturation });
            }
        }

        return null;
    }

    private void JudgeSmall(NetworkProfile profile, NetworkFlow flow, IReadOnlyList<WeightScale> weights, FindingSink sink)
    {
        var path = flow.BehindOutput(profile).TakeWhile(s => !s.IsNorm()).Where(s => s.IsWeighted()).Select(s => s.Module!.Name).ToArray();
        // The nearest to the loss is the output layer, and a small one is good practice.
        var small = weights.Where(w => w.Gain < _options.SmallGain && Array.IndexOf(path, w.Module.Name) > 0).OrderBy(w => w.Gain).ToArray();
        var left = small.Aggregate(1.0, (product, w) => product * w.Gain);
        if (small.Length > 0 && left < _options.LostSignal)
        {
            sink.Report(Draft(profile, flow, small, _options.SmallGain,
                $"what the input says reaches the loss {Words.Number(1 / left)} times smaller, and the gradients of the layers before shrink by as much",
                new Evidence("product of the small gains", left) { Threshold = _options.LostSignal }));
            return;
        }

        if (weights.FirstOrDefault(w => w.Gain < _options.LostSignal && !w.Module.IsSeen) is { } unseen)
            sink.NotChecked(Places.Module(profile, unseen.Module.Name), $"whether its small weights (gain {Words.Number(unseen.Gain)}) lose the signal: it was called by forward instead of call, or not at all");
    }

    private static FindingDraft Draft(NetworkProfile profile, NetworkFlow flow, IReadOnlyList<WeightScale> weights, double bar, string shows, Evidence evidence)
    {
        var worst = weights[0];
        var others = weights.Skip(1).Select(w => $"`{w.Parameter.Name}` ({Words.Number(w.Gain)})").ToArray();
        return new FindingDraft(
            Places.Module(profile, worst.Module.Name),
            $"The weights of {Places.Named(worst.Module)} have a gain of {Words.Number(worst.Gain)} (root mean square {Words.Number(worst.Parameter.Facts.RootMeanSquare)}, {Words.Count(worst.Parameter.FanIn, "input")}), where 0.6 to 1.7 is usual" +
            (others.Length > 0 ? $"; beside it stand {Words.Names(others)}" : string.Empty) + $". It shows: {shows}.")
        {
            Evidence = [new Evidence($"gain of {worst.Parameter.Name}", worst.Gain) { Threshold = bar }, evidence],
            Advice =
            [
                new Advice(
                    $"Draw the weights on the usual scale; the output layer may start at a tenth of it. {InitCode.KeepReturn}",
                    string.Join('\n', weights.Take(Words.MaxNames).Select(w => InitCode.For(flow, w.Parameter)))),
            ],
        };
    }
}
