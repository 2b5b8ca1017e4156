using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Weights that are all zero and that gradients do not mend: nothing moves them, or all their units move together.</summary>
internal sealed class ZeroWeights : Rule<NetworkProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.ZeroWeights, nameof(RuleIds.ZeroWeights), "A layer's weights are zero and stay zero, or stay alike.",
        RuleCategory.Structure, Severity.Warning, ProofKind.Experiment)
    { Notes = [17] };

    protected override void Judge(NetworkProfile measured, FindingSink sink) =>
        StuckWeights.Judge(measured, sink, StuckWeights.Of(measured).Where(StuckWeights.IsZero), (weight, trial) => (Message(measured, weight, trial),
        [
            new Evidence("largest absolute weight", 0),
            new Evidence("weights that moved", trial.Moved ? weight.Facts.Count : 0) { Threshold = 1, Unit = "elements" },
            new Evidence("units alike after the trial", trial.UnitsAlike ? 1 : 0) { Threshold = 0 },
            new Evidence("trial", trial.Steps) { Unit = "steps" },
        ]));

    private static string Message(NetworkProfile profile, ParameterProfile weight, SymmetryTrial trial)
    {
        var start = $"{StuckWeights.Named(profile, weight)} is all zero";
        if (trial.Moved)
            return $"{start}, and after {Words.Count(trial.Steps, "trial step")} its {Words.Number(weight.Facts.Shape[0])} units are still alike: equal units have equal gradients, so the layer works as one unit however long it trains.";
        var dead = trial.DeadParameters.Where(n => n != weight.Name).Select(n => $"`{n}`").ToArray();
        return $"{start} and stays so: its gradient was exactly 0 in each of {Words.Count(trial.Steps, "trial step")}, since what it takes in or what it feeds is zero as well." +
            (dead.Length > 0 ? $" With it stand still {Words.Names(dead)}." : string.Empty);
    }
}
