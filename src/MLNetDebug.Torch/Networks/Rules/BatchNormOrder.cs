using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD206.</summary>
public sealed record BatchNormOrderOptions : RuleOptions
{
    /// <summary>A dropout below this probability is passed over, in [0, 1]. Default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double LeastProbability { get; init; } = 0.05;
}

/// <summary>Batch normalisation whose statistics take in a dropout's noise, or that stands last before the loss. Advice: whether it harms shows only when it is measured (MLD213).</summary>
internal sealed class BatchNormOrder(BatchNormOrderOptions? options = null) : Rule<NetworkProfile>
{
    private readonly BatchNormOrderOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.BatchNormOrder, nameof(RuleIds.BatchNormOrder), "Batch normalisation stands where dropout spoils its statistics, or last.", RuleCategory.Structure, Severity.Info, ProofKind.Fact)
    { Notes = [14] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        var norms = measured.Modules.Where(m => m is { Kind: ModuleKind.BatchNorm, IsTraining: true }).ToList();
        if (norms.Count == 0)
            return;
        var unseen = measured.Modules.Where(m => !m.IsSeen && (m is { Kind: ModuleKind.BatchNorm, IsTraining: true } || Drops(m))).ToList();
        if (unseen.Count > 0)
            sink.NotChecked(Places.Module(measured, unseen[0].Name), $"the order of batch normalisation and dropout. {StructureCode.Unseen(unseen)}");

        var flow = new NetworkFlow(measured);
        var steps = flow.Steps.Where(s => s is { Module: { Kind: ModuleKind.BatchNorm, IsTraining: true }, Inputs.Count: > 0 }).ToList();
        var spoilt = steps.Where(s => s.Module!.Settings.GetValueOrDefault("track_running_stats", 1) != 0).Select(s => DropoutBefore(flow, s)).OfType<Order>().DistinctBy(o => o.Norm).ToList();
        foreach (var group in spoilt.GroupBy(o => o.Weights is null).OrderByDescending(g => g.Key))
            sink.Report(Draft(measured, [.. group], steps[^1].Module!));
        if (measured.Loss?.InputValue is { } scores && Last(flow, scores) is { } last)
            sink.Report(Draft(measured, last));
    }

    private bool Drops(ModuleProfile? module) =>
        module is { Kind: ModuleKind.Dropout or ModuleKind.ChannelDropout, IsTraining: true } && StructureCode.Probability(module) is var p && p > 0 && p >= _options.LeastProbability;

    // Backwards from the normalisation over what neither weighs nor normalises: at most one layer of weights, and no activation between it and the normalisation. An activation
    // between dropout and weights changes nothing: zeros stay zeros.
    private Order? DropoutBefore(NetworkFlow flow, FlowStep norm)
    {
        ModuleProfile? weights = null;
        var activated = false;
        foreach (var step in flow.Chain(norm.Inputs[0]))
        {
            if (Drops(step.Module))
                return new Order(norm.Module!, step.Module!, weights);
            switch (step.Kind)
            {
                case ModuleKind.Shape or ModuleKind.Pooling or ModuleKind.Dropout or ModuleKind.ChannelDropout:
                    break;
                case ModuleKind.Activation:
                    activated |= weights is null;
                    break;
                case ModuleKind.Linear or ModuleKind.Convolution when weights is null && !activated:
                    weights = step.Module;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    // A softmax or a sigmoid is the loss's own; what it is given are the scores.
    private static ModuleProfile? Last(NetworkFlow flow, int scores)
    {
        foreach (var step in flow.Chain(scores))
        {
            if (step.Module is { Kind: ModuleKind.BatchNorm, IsTraining: true } norm)
                return norm;
            if (step.Kind is not (ModuleKind.Shape or ModuleKind.Softmax or ModuleKind.LogSoftmax) && step.Function is not ("sigmoid" or "logsigmoid"))
                return null;
        }

        return null;
    }

    private FindingDraft Draft(NetworkProfile profile, Order[] orders, ModuleProfile lastNorm)
    {
        var (norm, dropout, weights) = orders[0];
        // Behind the weights that follow, the noise would only reach the next normalisation.
        var target = weights is null ? norm : lastNorm;
        var (from, to) = (StructureCode.Expression(dropout.Name), StructureCode.Expression(target.Name));
        var inSequence = profile.Modules.FirstOrDefault(m => m.Name == target.Parent) is { Kind: ModuleKind.Container } && dropout.Parent == target.Parent;
        return new FindingDraft(
            Places.Module(profile, norm.Name),
            $"{Places.Named(dropout)} stands {(weights is null ? "" : $"with {Places.Named(weights)} alone ")}before {Places.Named(norm)}: dropout (p {StructureCode.Setting(dropout, "p")}) adds variance in training that is gone in evaluation, "
            + "so the running variance that evaluation divides by is too large. Whether that harms, MLD213 measures once the network is trained."
            + StructureCode.Also([.. orders.Skip(1).Select(o => o.Norm.Name)], "The same goes for"))
        {
            Evidence = [new Evidence("dropout probability", StructureCode.Probability(dropout)) { Threshold = _options.LeastProbability }],
            Advice =
            [
                new Advice(
                    $"Move `{dropout.Name}` after `{target.Name}`{(target == norm ? "" : ", the last batch normalisation")}.",
                    inSequence ? $"{StructureCode.Constructor(target)}, {StructureCode.Constructor(dropout)}   // {to}, then {from}" : $"x = {from}.call({to}.call(x));"),
                .. weights is null ? [] : new[]
                {
                    new Advice(
                        "Or put the activation between the weights and the normalisation, so that each block is weights, ReLU, BatchNorm, dropout.",
                        $"x = {StructureCode.Expression(norm.Name)}.call(nn.functional.relu({StructureCode.Expression(weights.Name)}.call(x)));"),
                },
            ],
        };
    }

    private static FindingDraft Draft(NetworkProfile profile, ModuleProfile last) => new(
        Places.Module(profile, last.Name),
        $"{Places.Named(last)} is the last step before the loss: each row's scores then depend on the rest of its batch, and their mean and scale are the same in every batch.")
    {
        Evidence = [new Evidence("weights between it and the loss", 0) { Threshold = 1, Unit = "layers" }],
        Advice =
        [
            new Advice(
                $"Let the last layer of weights give the scores: take `{last.Name}` out, or move it before those weights.",
                StructureCode.Replacement(last.Name, "nn.Identity()")),
        ],
    };

    private sealed record Order(ModuleProfile Norm, ModuleProfile Dropout, ModuleProfile? Weights);
}
