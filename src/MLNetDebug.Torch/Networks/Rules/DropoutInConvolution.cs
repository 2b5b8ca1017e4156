using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD207.</summary>
public sealed record DropoutInConvolutionOptions : RuleOptions
{
    /// <summary>A dropout below this probability is passed over, in [0, 1]. Default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double LeastProbability { get; init; } = 0.05;
}

/// <summary>Dropout of single elements among convolutions: neighbouring positions carry what it drops. Advice only: healthy networks have it.</summary>
internal sealed class DropoutInConvolution(DropoutInConvolutionOptions? options = null) : Rule<NetworkProfile>
{
    private readonly DropoutInConvolutionOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.DropoutInConvolution, nameof(RuleIds.DropoutInConvolution), "Plain dropout stands among convolutions.", RuleCategory.Structure, Severity.Info, ProofKind.Fact)
    { Notes = [15] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        var flow = new NetworkFlow(measured);
        var found = flow.Steps.Where(s => Drops(s.Module) && s.Inputs.Count > 0 && IsAmongConvolutions(measured, flow, s)).DistinctBy(s => s.Module!.Name).ToList();
        if (found.Count > 0)
            sink.Report(Draft(measured, found));
        if (measured.Modules.Any(m => m.Kind == ModuleKind.Convolution) && measured.Modules.Where(m => Drops(m) && !m.IsSeen).ToList() is { Count: > 0 } unseen)
            sink.NotChecked(Places.Module(measured, unseen[0].Name), $"whether dropout stands among convolutions. {StructureCode.Unseen(unseen)}");
    }

    private bool Drops(ModuleProfile? module) =>
        module is { Kind: ModuleKind.Dropout, IsTraining: true } && StructureCode.Probability(module) is var p && p > 0 && p >= _options.LeastProbability;

    private static bool IsAmongConvolutions(NetworkProfile profile, NetworkFlow flow, FlowStep dropout)
    {
        var facts = profile.Values[dropout.Inputs[0]].Facts;
        if (facts.Rank is < 3 or > 5 || facts.Shape.Skip(2).Aggregate(1L, (a, b) => a * b) <= 1)
            return false;
        foreach (var step in flow.Chain(dropout.Inputs[0]))
        {
            switch (step.Kind)
            {
                case ModuleKind.Convolution:
                    return true;
                case ModuleKind.Shape or ModuleKind.Pooling or ModuleKind.Activation or ModuleKind.BatchNorm or ModuleKind.RowNorm or ModuleKind.Dropout or ModuleKind.ChannelDropout:
                    continue;
                case ModuleKind.Linear or ModuleKind.Softmax or ModuleKind.Attention or ModuleKind.Recurrent or ModuleKind.Embedding:
                    // Attention weights have four dimensions too, sequences three.
                    return false;
            }
        }

        // Code that nothing explains, or the input: images and volumes of as many channels as a convolution gave or will take.
        return facts.Rank > 3 && (flow.AfterSkippingShape(dropout).Any(s => s.Kind == ModuleKind.Convolution)
            || profile.Calls.Any(c => c.IsInnermost && c.Outputs.Count > 0 && flow.Module(c.Module)?.Kind == ModuleKind.Convolution
                && profile.Values[c.Outputs[0]].Facts is var made && made.Rank == facts.Rank && made.Shape[1] == facts.Shape[1]));
    }

    private FindingDraft Draft(NetworkProfile profile, List<FlowStep> found)
    {
        var module = found[0].Module!;
        var facts = profile.Values[found[0].Inputs[0]].Facts;
        var p = StructureCode.Setting(module, "p");
        return new FindingDraft(
            Places.Module(profile, module.Name),
            $"{Places.Named(module)} drops single elements (p {p}) of feature maps {facts.ShapeText}: neighbouring positions carry the same, so it regularises little there and adds noise. Many healthy networks have it; try the network without."
            + StructureCode.Also([.. found.Skip(1).Select(s => s.Module!.Name)], "The same goes for"))
        {
            Evidence =
            [
                new Evidence("dropout probability", StructureCode.Probability(module)) { Threshold = _options.LeastProbability },
                new Evidence("positions", facts.Shape.Skip(2).Aggregate(1L, (a, b) => a * b)) { Threshold = 1, Unit = "positions" },
            ],
            Advice =
            [
                new Advice("Drop whole channels instead.", StructureCode.Replacement(module.Name, $"nn.Dropout{facts.Rank - 2}d({p})")),
                new Advice("Or take it out, normalise the convolutions by batches and keep dropout for the fully connected layers.", StructureCode.Replacement(module.Name, $"nn.BatchNorm{facts.Rank - 2}d({facts.Shape[1]})")),
            ],
        };
    }
}
