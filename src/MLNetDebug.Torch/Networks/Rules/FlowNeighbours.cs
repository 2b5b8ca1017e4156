namespace MLNetDebug.Torch.Networks;

/// <summary>What stands next to a module in the order of computation, steps that do not matter for the question passed over.</summary>
internal static class FlowNeighbours
{
    private static readonly HashSet<string> Saturating = ["tanh", "sigmoid", "hardtanh", "hardsigmoid", "softsign"];

    /// <summary>The calls of a module that were seen.</summary>
    public static IEnumerable<FlowStep> StepsOf(this NetworkFlow flow, string module) => flow.Steps.Where(s => s.Module?.Name == module);

    /// <summary>The steps that follow, nearest first on each path; those that are passed over are not among them.</summary>
    public static IEnumerable<FlowStep> Following(this NetworkFlow flow, FlowStep step, Func<FlowStep, bool> passOver) =>
        step.Outputs.SelectMany(flow.After).SelectMany(next => passOver(next) ? flow.Following(next, passOver) : [next]);

    /// <summary>The steps before, along all inputs; those that are passed over are not among them.</summary>
    public static IEnumerable<FlowStep> Preceding(this NetworkFlow flow, FlowStep step, Func<FlowStep, bool> passOver) =>
        step.Inputs.Select(flow.Before).SelectMany(before => passOver(before) ? flow.Preceding(before, passOver) : [before]);

    /// <summary>The sums of two values that a step's output flows into, with what it has become by then: through steps of one input, up to a normalisation.</summary>
    public static IEnumerable<(FlowStep Sum, int Branch)> Sums(this NetworkFlow flow, FlowStep step) =>
        step.Outputs.SelectMany(o => flow.After(o).SelectMany(next =>
            next.Operation?.Name == "add" && next.Inputs.Count == 2 ? [(next, o)]
            : next.Inputs.Count == 1 && !next.IsNorm() ? flow.Sums(next) : []));

    public static bool IsNorm(this FlowStep step) => step.Kind is ModuleKind.BatchNorm or ModuleKind.RowNorm;

    /// <summary>A module that multiplies with a weight.</summary>
    public static bool IsWeighted(this FlowStep step) => step.Kind is ModuleKind.Linear or ModuleKind.Convolution;

    public static bool MovesOnly(this FlowStep step) => step.Kind is ModuleKind.Shape or ModuleKind.Pooling or ModuleKind.Dropout or ModuleKind.ChannelDropout;

    /// <summary>True for an activation that is flat at both ends.</summary>
    public static bool Saturates(this FlowStep step) => step.Kind == ModuleKind.Activation && Saturating.Contains(step.Function);

    /// <summary>The activation that a module's output goes through, whatever normalises, drops or pools in between; empty where there is none, or none was seen.</summary>
    public static string ActivationAfter(this NetworkFlow flow, string module) =>
        flow.StepsOf(module).SelectMany(s => flow.Following(s, next => next.IsNorm() || next.MovesOnly())).FirstOrDefault(s => s.Kind == ModuleKind.Activation)?.Function ?? "";

    /// <summary>What the network hands to its loss; without a loss what it returns. Null where neither was seen.</summary>
    public static int? Output(this NetworkProfile profile) =>
        profile.Loss?.InputValue ?? (profile.Calls.LastOrDefault(c => c.Module.Length == 0) is { Outputs: [var first, ..] } ? first : null);

    /// <summary>
    /// The steps behind the network's output, nearest first, as far as one leads to the next: up to code that nothing explains, or a step of several inputs.
    /// </summary>
    public static IEnumerable<FlowStep> BehindOutput(this NetworkFlow flow, NetworkProfile profile) =>
        profile.Output() is { } output ? flow.Chain(output).TakeWhile(s => s.Call is not { IsInnermost: false }) : [];
}
