using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Layers without a bias where nothing else shifts: no normalisation next to them, no other layer that adds one.</summary>
internal sealed class MissingBias : Rule<NetworkProfile>
{
    private const int MaxFindings = 5;

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.MissingBias, nameof(RuleIds.MissingBias), "A layer has no bias, and nothing next to it shifts in its place.",
        RuleCategory.Structure, Severity.Info, ProofKind.Fact)
    { Notes = [18] };

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        var parameters = measured.Parameters.ToDictionary(p => p.Name);
        var without = measured.Modules.Where(m => m.Kind is ModuleKind.Linear or ModuleKind.Convolution && !m.Parameters.Contains("bias") && CouldHaveOne(measured, m, parameters)).ToArray();
        if (without.Length == 0)
            return;
        var flow = new NetworkFlow(measured);
        var hasNorm = measured.Modules.Any(m => m.Kind is ModuleKind.BatchNorm or ModuleKind.RowNorm);
        var candidates = without.Where(m => flow.StepsOf(m.Name).All(s => IsMissed(measured, flow, s))).ToArray();
        var unknown = candidates.Where(m => m.IsSeen ? flow.StepsOf(m.Name).Any(s => IsLost(measured, flow, s)) : hasNorm).ToArray();
        if (unknown.Length > 0)
            sink.NotChecked(Places.Module(measured, unknown[0].Name), $"whether something next to {Words.Names([.. unknown.Select(m => $"`{m.Name}`")])} shifts in place of the missing bias: what takes the output was not seen");
        var output = flow.BehindOutput(measured).FirstOrDefault(s => s.IsWeighted())?.Module?.Name;
        var missing = candidates.Except(unknown).ToArray();
        foreach (var module in missing.Take(MaxFindings))
            sink.Report(Draft(measured, module, module.Name == output, module == missing[0] ? missing.Length : 0));
    }

    /// <summary>Frozen weights, tied ones and the projections of an attention are without one on purpose.</summary>
    private static bool CouldHaveOne(NetworkProfile profile, ModuleProfile module, Dictionary<string, ParameterProfile> parameters) =>
        parameters.GetValueOrDefault(module.Name.Length > 0 ? module.Name + ".weight" : "weight") is { RequiresGrad: true, TiedTo: null } weight
        && !profile.Parameters.Any(p => p.TiedTo == weight.Name)
        && !IsAttention(module.Name) && !profile.Modules.Any(m => (module.Name == m.Name || module.Name.StartsWith(m.Name + ".", StringComparison.Ordinal)) && m.Name.Length > 0 && IsAttention(m.Type));

    private static bool IsAttention(string name) => name.Contains("attention", StringComparison.OrdinalIgnoreCase) || name.Contains("attn", StringComparison.OrdinalIgnoreCase);

    /// <summary>Code that no operation explains takes its output, a sum with another branch perhaps.</summary>
    private static bool IsLost(NetworkProfile profile, NetworkFlow flow, FlowStep step) =>
        !step.Outputs.Contains(profile.Output() ?? -1) && !step.Outputs.SelectMany(flow.After).Any();

    private static bool IsMissed(NetworkProfile profile, NetworkFlow flow, FlowStep step)
    {
        // What stands behind it, shifts alike through pooling and dropout: a normalisation takes the shift away again, a further layer brings its own, a sum may bring one from beside.
        var next = flow.Following(step, s => s.MovesOnly() || IsSum(s)).ToArray();
        if (next.Any(s => s.IsNorm() || s.IsWeighted() || (s.Kind == ModuleKind.Softmax && s.Output != profile.Loss?.InputValue)))
            return false;
        if (flow.Following(step, s => s.MovesOnly()).Where(IsSum).Any(sum => sum.Inputs.Any(i => HasBias(flow, i, step))))
            return false;
        // What stands before it: a normalisation has its own shift.
        if (flow.Preceding(step, s => s.MovesOnly() || s.Kind == ModuleKind.Activation).Any(s => s.IsNorm()))
            return false;
        return !IsProjection(profile, flow, step);
    }

    private static bool IsSum(FlowStep step) => step.Operation?.Name is "add" or "scale";

    private static bool HasBias(NetworkFlow flow, int value, FlowStep but) =>
        flow.Before(value) is { Module.Parameters: var own } maker && own.Contains("bias") && maker.Module.Name != but.Module?.Name;

    /// <summary>Query, key or value: several of one module take the same value, and code that is no layer takes what they give.</summary>
    private static bool IsProjection(NetworkProfile profile, NetworkFlow flow, FlowStep step)
    {
        var siblings = flow.Steps.Where(s => s.Kind == ModuleKind.Linear && s.Module!.Parent == step.Module!.Parent).ToArray();
        bool IsOne(FlowStep s) => siblings.Count(o => o.Inputs.SequenceEqual(s.Inputs)) >= 2
            && s.Output != profile.Output() && !flow.Following(s, n => n.MovesOnly()).Any(n => n.Kind == ModuleKind.Activation);
        // With them goes the projection out of the attention, which takes what no operation explains.
        return siblings.Any(IsOne) && (IsOne(step) || step.Inputs.Any(i => flow.BeforeSkippingShape(i) is { Source: ValueSource.Unknown } or { Operation: not null, Kind: not ModuleKind.Activation }));
    }

    private static FindingDraft Draft(NetworkProfile profile, ModuleProfile module, bool isOutput, int all)
    {
        var isLogits = isOutput && profile.Loss is { Kind: LossKind.CrossEntropy or LossKind.NegativeLogLikelihood };
        var advice = new List<Advice> { new("Give it a bias.", BiasCode.Layer(module)) };
        if (isLogits && profile.Loss!.Classes > 1)
            advice.Add(new Advice("Start the bias of the output at the log of the classes' shares: the first steps need not learn those.", BiasCode.Prior(module, profile.Loss.Classes)));
        else if (isOutput && profile.Loss is { Kind: LossKind.MeanSquaredError or LossKind.AbsoluteError or LossKind.Huber })
            advice.Add(new Advice("Start the bias of the output at the targets' mean.", BiasCode.TargetMean(module)));
        return new FindingDraft(
            Places.Module(profile, module.Name),
            $"{Places.Named(module)}{(isOutput ? ", the output layer," : string.Empty)} has no bias, and no normalisation stands beside it: " +
            (isOutput ? "an input of zeros is answered with zeros, whatever the data say." : "each of its units cuts through the origin.") +
            (all > 1 ? $" {Words.Count(all, "layer")} are like that{(all > MaxFindings ? $", {MaxFindings} are reported" : string.Empty)}." : string.Empty))
        {
            Confidence = module.IsSeen ? Confidence.Confirmed : Confidence.Suspected,
            Evidence = [new Evidence("bias", 0) { Threshold = 1, Unit = "parameters" }],
            Advice = advice,
        };
    }
}
