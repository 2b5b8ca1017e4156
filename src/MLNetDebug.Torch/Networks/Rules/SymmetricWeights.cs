using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Units of a layer that start with the same weights, not zero, and stay alike.</summary>
internal sealed class SymmetricWeights : Rule<NetworkProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.SymmetricWeights, nameof(RuleIds.SymmetricWeights), "The units of a layer start alike and stay alike.",
        RuleCategory.Structure, Severity.Warning, ProofKind.Experiment)
    { Notes = [17] };

    protected override void Judge(NetworkProfile measured, FindingSink sink) =>
        StuckWeights.Judge(measured, sink, StuckWeights.Of(measured).Where(p => !StuckWeights.IsZero(p)), (weight, trial) => (Message(measured, weight, trial),
        [
            new Evidence("units alike after the trial", trial.UnitsAlike ? 1 : 0) { Threshold = 0 },
            new Evidence("units", weight.Facts.Shape[0]),
            new Evidence("standard deviation of the weights", weight.Facts.StandardDeviation),
            new Evidence("trial", trial.Steps) { Unit = "steps" },
        ]));

    private static string Message(NetworkProfile profile, ParameterProfile weight, SymmetryTrial trial) =>
        $"The {Words.Number(weight.Facts.Shape[0])} units of {StuckWeights.Named(profile, weight)} start with the same weights" +
        (weight.Facts.Min.Equals(weight.Facts.Max) ? $" (all {Words.Number(weight.Facts.Min)})" : string.Empty) +
        (trial.Moved
            ? $" and are still alike after {Words.Count(trial.Steps, "trial step")}: equal units have equal gradients, so the layer works as one unit however long it trains."
            : $", and {Words.Count(trial.Steps, "trial step")} did not move them: their gradient was exactly 0.");
}
