using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>What MLD204 says of an activation that logits went through.</summary>
internal static class LogitActivations
{
    // Measured: these cost accuracy (a tenth with ReLU, half of that with GELU, on ten classes), while SiLU, Mish, Softplus, ELU, SELU and LeakyReLU cost none over five seeds.
    private static readonly HashSet<string> Flat = ["relu", "relu6", "gelu"];

    /// <summary>True for bounds so wide that nothing which can be told apart is lost.</summary>
    public static bool IsCap(ActivationReach reach) => reach is { Low: <= -5, High: >= 5 };

    /// <summary>Whether it keeps a network from learning what it could: before a sigmoid every bound near 0 does, before a softmax a bounded difference or a flat part.</summary>
    public static bool Harms(string function, ActivationReach? reach, bool isBinary) => reach is not null
        && (isBinary ? reach.Low > -2 || reach.High < 2 : (double.IsFinite(reach.Low) && double.IsFinite(reach.High)) || Flat.Contains(function));

    /// <summary>The least loss of softmax and cross-entropy over logits whose largest difference is bounded.</summary>
    public static double SoftmaxFloor(double difference, long classes) => Math.Log(1 + ((classes - 1) * Math.Exp(-difference)));

    public static FindingDraft Draft(NetworkProfile profile, FlowStep? step, string function, ActivationReach? reach, TensorFacts facts, long classes, string before)
    {
        var (bound, floors) = Bounds(profile.Loss!, function, reach, facts, classes);
        var what = step is null ? $"The logits that {before} is given look like the result of {function}()" : $"{LossSteps.Capital(step.Display)} stands between the last layer and {before}";
        return new FindingDraft(LossSteps.Subject(profile, step), $"{what}: {bound}.")
        {
            Evidence =
            [
                new Evidence("smallest logit", facts.Min), new Evidence("largest logit", facts.Max), new Evidence("share of logits that are exactly 0", facts.ZeroShare),
                .. floors.Select(f => new Evidence(f.Name, f.Value) { Unit = "nats" }),
            ],
            Advice =
            [
                new Advice("Let the last layer give its raw logits, and take probabilities from them only where they are shown or compared.", LossSteps.Without(profile, step)),
            ],
        };
    }

    private static (string Text, IReadOnlyList<(string Name, double Value)> Floors) Bounds(LossProfile loss, string function, ActivationReach? reach, TensorFacts facts, long classes)
    {
        if (reach is null)
            return ($"logits need no {function}, it only bends them", []);
        if (loss.Kind == LossKind.BinaryCrossEntropyWithLogits)
            return OfBinary(reach, facts);
        if (double.IsFinite(reach.High) && double.IsFinite(reach.Low))
        {
            var floor = SoftmaxFloor(reach.High - reach.Low, classes);
            return ($"logits in [{Words.Number(reach.Low)}, {Words.Number(reach.High)}] over {Words.Number(classes)} classes bring the loss no lower than {Words.Number(floor)}, however long it trains", [("least possible loss", floor)]);
        }

        return (double.IsFinite(reach.High) ? $"no logit is above {Words.Number(reach.High)}, and it only bends what a softmax takes as it is"
            : reach.Low == 0 && facts.ZeroShare > 0 ? $"no logit is negative and {Words.Percent(facts.ZeroShare)} of them are exactly 0, where no gradient passes; a class whose logit is 0 on every row never learns"
            : $"no logit is below {Words.Number(reach.Low)}, so a class can hardly be ruled out", []);
    }

    private static (string Text, IReadOnlyList<(string Name, double Value)> Floors) OfBinary(ActivationReach reach, TensorFacts facts)
    {
        var (positives, negatives) = (Math.Log(1 + Math.Exp(-reach.High)), Math.Log(1 + Math.Exp(reach.Low)));
        var zeros = reach.Low == 0 && facts.ZeroShare > 0 ? $" {Words.Percent(facts.ZeroShare)} of the logits are exactly 0." : "";
        return (
            $"the sigmoid within the loss then gives between {Words.Number(1 / (1 + Math.Exp(-reach.Low)))} and {Words.Number(1 / (1 + Math.Exp(-reach.High)))}, and the loss comes no lower than " +
            $"{Words.Number(positives)} on positives and {Words.Number(negatives)} on negatives{(zeros.Length > 0 ? ";" + zeros.TrimEnd('.') : "")}",
            [("least possible loss on positives", positives), ("least possible loss on negatives", negatives)]);
    }
}
