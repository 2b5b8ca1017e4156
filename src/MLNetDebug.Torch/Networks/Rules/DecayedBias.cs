using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Weight decay that pulls on parameters which only shift or scale: biases, and what normalisations learn.</summary>
internal sealed class DecayedBias : Rule<NetworkProfile>
{
    /// <summary>Up to so many names are written out in the code.</summary>
    private const int MaxNamesInCode = 8;

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.DecayedBias, nameof(RuleIds.DecayedBias), "Weight decay pulls on biases or on the parameters of normalisations.",
        RuleCategory.Optimizer, Severity.Info, ProofKind.Fact)
    { Notes = [2] };

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        var parameters = measured.Parameters.ToDictionary(p => p.Name);
        foreach (var optimizer in measured.Optimizers)
        {
            var decayed = optimizer.Groups.Where(g => g.WeightDecay > 0)
                .Select(g => (Group: g, Names: g.Parameters.Distinct().Where(n => parameters.TryGetValue(n, out var p) && p.RequiresGrad && IsShiftOrScale(p)).ToArray()))
                .Where(d => d.Names.Length > 0).ToArray();
            if (decayed.Length > 0)
                sink.Report(Draft(optimizer, decayed[0].Group, decayed[0].Names, [.. decayed.SelectMany(d => d.Names).Distinct()], parameters));
        }
    }

    private static bool IsShiftOrScale(ParameterProfile parameter) =>
        parameter.Role is ParameterRole.Bias or ParameterRole.Scale or ParameterRole.Shift || (parameter.Role != ParameterRole.Embedding && parameter.Facts.Rank <= 1);

    private static FindingDraft Draft(OptimizerProfile optimizer, ParameterGroupProfile group, IReadOnlyList<string> ofGroup, IReadOnlyList<string> all, Dictionary<string, ParameterProfile> parameters)
    {
        var isL2InAdam = optimizer.Kind == "Adam";
        var kind = isL2InAdam ? "AdamW" : optimizer.Kind;
        var byRank = ofGroup.Count > MaxNamesInCode && group.Parameters.All(n => parameters.TryGetValue(n, out var p) && p.Facts.Rank <= 1 == IsShiftOrScale(p));
        var whole = optimizer.Groups.Count > 1 ? $" That is group {group.Index} of {optimizer.Groups.Count}; leave the others as they are." : string.Empty;
        return new FindingDraft(
            Places.Optimizer(optimizer),
            $"{optimizer.Kind} decays {Words.Count(all.Count, "parameter")} that only shift or scale: {Words.Names([.. all.Select(n => $"`{n}`")])}. " +
            $"A weight decay of {Words.Number(group.WeightDecay!.Value)} makes no smoother function of them, it only pulls the network towards planes through the origin. The gain of leaving them out is small.")
        {
            Evidence = [new Evidence("weight decay", group.WeightDecay.Value) { Threshold = 0 }, new Evidence("decayed shifts and scales", all.Count) { Threshold = 0, Unit = "parameters" }],
            Advice =
            [
                OptimizerCode.IsKnown(kind)
                    ? new Advice(
                        (isL2InAdam ? "Two groups, the second without decay; and AdamW, since Adam divides the decay by the size of the gradients." : "Two groups, the second without decay.") + whole,
                        OptimizerCode.Split(kind, group, ofGroup, byRank))
                    : new Advice("Put them into a parameter group of their own whose weight_decay is 0." + whole),
            ],
        };
    }
}
