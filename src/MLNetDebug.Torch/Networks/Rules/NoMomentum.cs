using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Stochastic gradient descent without momentum on a network with hidden layers.</summary>
internal sealed class NoMomentum : Rule<NetworkProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.NoMomentum, nameof(RuleIds.NoMomentum), "Stochastic gradient descent runs without momentum.",
        RuleCategory.Optimizer, Severity.Info, ProofKind.Fact)
    { Notes = [8] };

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        foreach (var optimizer in measured.Optimizers.Where(o => o.Kind == "SGD"))
        {
            if (optimizer.Groups.FirstOrDefault(g => g.Momentum is 0) is { } group && Weights(measured, optimizer) is > 1 and var weights)
                sink.Report(Draft(optimizer, group, weights));
        }
    }

    /// <summary>Weights it trains. With one alone the model is linear, and what plain descent is slow at is not there.</summary>
    private static int Weights(NetworkProfile profile, OptimizerProfile optimizer)
    {
        var held = optimizer.Groups.SelectMany(g => g.Parameters).ToHashSet();
        return profile.Parameters.Count(p => p is { RequiresGrad: true, TiedTo: null, Facts.Rank: >= 2 } && (held.Count == 0 || held.Contains(p.Name)));
    }

    private static FindingDraft Draft(OptimizerProfile optimizer, ParameterGroupProfile group, int weights)
    {
        var rate = group.LearningRate;
        var with = group with { Momentum = 0.9, LearningRate = RateWithMomentum(rate) };
        return new FindingDraft(
            Places.Optimizer(optimizer),
            $"SGD trains {Words.Count(weights, "layer")} with momentum 0: it crawls over saddle points and along narrow valleys, where a running mean of the gradients does not.")
        {
            Evidence = [new Evidence("momentum", 0) { Threshold = 0.9 }, new Evidence("learning rate", rate), new Evidence("trained weights", weights) { Threshold = 2 }],
            Advice =
            [
                new Advice("Momentum 0.9 with a tenth of the rate takes steps of the same length in the long run (rate / (1 - momentum)).", $"var optimizer = {OptimizerCode.Create("SGD", with, "model.parameters()")};"),
                new Advice("Or start from Adam at its usual rate.", "var optimizer = torch.optim.Adam(model.parameters(), 0.001);"),
            ],
        };
    }

    // rate * 0.1 makes 0.030000000000000002 of 0.3.
    private static double RateWithMomentum(double rate) => rate / 10;
}
