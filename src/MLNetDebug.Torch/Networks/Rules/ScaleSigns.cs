using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>A sign that large weights do harm, in words and as a number.</summary>
internal sealed record ScaleSign(string Says, Evidence Evidence);

/// <summary>Where weights that are too large show: at the loss, in an activation behind them, in a sum that they take part in.</summary>
internal sealed class ScaleSigns(InitialScaleOptions options)
{
    // 24 ln 2: from this lead of the right logit on, a cross-entropy in 32 bits is exactly 0.
    private const double ExactZeroMargin = 16.6;

    /// <summary>What large weights do to the loss; null where it bears them.</summary>
    public ScaleSign? AtLoss(LossProfile? loss)
    {
        if (loss is null)
            return null;
        switch (loss.Kind)
        {
            // Far above a constant's loss: on a trained network large logits are right, and its loss is low.
            case LossKind.CrossEntropy or LossKind.NegativeLogLikelihood or LossKind.BinaryCrossEntropyWithLogits when loss.MeanLoss > 2 * loss.ConstantLoss || double.IsNaN(loss.MeanLoss - loss.ConstantLoss):
                var meaning = $"the loss starts at {Words.Number(loss.MeanLoss)}{(double.IsNaN(loss.ConstantLoss) ? string.Empty : $", where a constant answer has {Words.Number(loss.ConstantLoss)}")}, and softmax or sigmoid hand back gradients near 0 or 1 only";
                return loss.Input.StandardDeviation > options.LogitSpread
                    ? new($"the logits spread with a standard deviation of {Words.Number(loss.Input.StandardDeviation)}: {meaning}", new Evidence("standard deviation of the logits", loss.Input.StandardDeviation) { Threshold = options.LogitSpread })
                    : loss.MedianMargin > ExactZeroMargin
                        ? new($"half of the rows are decided by a margin above {Words.Number(loss.MedianMargin)}: {meaning}", new Evidence("median margin of the logits", loss.MedianMargin) { Threshold = ExactZeroMargin })
                        : loss.ZeroLossShare > 0
                            ? new($"{Words.Percent(loss.ZeroLossShare)} of the rows have a loss of exactly 0 before the first step: {meaning}", new Evidence("share of rows with a loss of exactly 0", loss.ZeroLossShare) { Threshold = 0 })
                            : null;
            case LossKind.MeanSquaredError or LossKind.AbsoluteError or LossKind.Huber:
                var ratio = loss.Input.RootMeanSquare / loss.Target.RootMeanSquare;
                return ratio > options.LogitSpread && loss.MeanLoss > options.LogitSpread * loss.ConstantLoss
                    ? new($"the outputs are {Words.Number(ratio)} times as large as the targets", new Evidence("size of the outputs over that of the targets", ratio) { Threshold = options.LogitSpread })
                    : null;
            default:
                return null;
        }
    }

    /// <summary>What a large weight does to the tanh or the sigmoid behind it, or inside a recurrent module; null where that bears it.</summary>
    public ScaleSign? Saturated(NetworkProfile profile, NetworkFlow flow, WeightScale weight)
    {
        foreach (var step in flow.StepsOf(weight.Module.Name))
        {
            var ends = weight.Module.Kind == ModuleKind.Recurrent ? [step] : flow.Following(step, s => s.MovesOnly()).Where(s => s.Saturates());
            foreach (var end in ends.Where(e => e.Output >= 0))
            {
                var facts = profile.Values[end.Output].Facts;
                var isHalf = end.Function is "sigmoid" or "hardsigmoid";
                var edge = isHalf ? 2 * Math.Sqrt(Math.Pow(facts.Mean - 0.5, 2) + Math.Pow(facts.StandardDeviation, 2)) : facts.RootMeanSquare;
                if (edge >= options.Saturation && edge <= 1 + 1e-6)
                    return new($"{end.Display} stands at its edges, where it passes hardly any gradient back", new Evidence("root mean square of the activation, in [-1, 1]", edge) { Threshold = options.Saturation });
            }
        }

        return null;
    }

    /// <summary>What a large weight in one branch of a sum does to the other; null where both count.</summary>
    public ScaleSign? Drowned(NetworkProfile profile, NetworkFlow flow, WeightScale weight)
    {
        foreach (var (sum, branch) in flow.StepsOf(weight.Module.Name).SelectMany(s => flow.Sums(s)))
        {
            var other = sum.Inputs[sum.Inputs[0] == branch ? 1 : 0];
            var ratio = profile.Values[branch].Facts.RootMeanSquare / profile.Values[other].Facts.RootMeanSquare;
            if (ratio > options.Drowned && double.IsFinite(ratio))
                return new($"what it adds to {flow.Before(other).Display} is {Words.Number(ratio)} times as large, so that what came before counts for nothing", new Evidence("size of the branch over what it is added to", ratio) { Threshold = options.Drowned });
        }

        return null;
    }
}
