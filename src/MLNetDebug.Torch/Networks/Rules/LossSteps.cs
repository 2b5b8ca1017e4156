using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>What made a loss's input, and how messages and code name it.</summary>
internal static class LossSteps
{
    private const string Half = "Float16", Brain = "BFloat16";

    /// <summary>The step that made what the loss is fed; null where the flow is not known.</summary>
    public static FlowStep? Last(NetworkProfile profile) =>
        profile.Loss?.InputValue is { } value && Maker(new NetworkFlow(profile), value) is { Source: ValueSource.Module or ValueSource.Operation } step ? step : null;

    /// <summary>The step before a step that takes one value; null where it is not known.</summary>
    public static FlowStep? Before(NetworkProfile profile, FlowStep step) =>
        step.Inputs.Count > 0 && Maker(new NetworkFlow(profile), step.Inputs[0]) is { Source: ValueSource.Module or ValueSource.Operation } before ? before : null;

    /// <summary>The step where it is known, else the network, else the loss that was called without one.</summary>
    public static Subject Subject(NetworkProfile profile, FlowStep? step) =>
        step is not null ? Places.Step(profile, step)
        : profile.Modules.Count > 0 ? Places.Module(profile, "")
        : Places.Loss(profile.Loss!);

    /// <summary>The loss as messages name it.</summary>
    public static string Named(LossProfile loss) => loss.Kind == LossKind.Unknown && !loss.IsModule ? "the loss" : loss.Name;

    /// <summary>The network's output as messages name it: what the flow knows of it.</summary>
    public static string Output(FlowStep? step) => step is null ? "what the network gives" : $"the output of {step.Display}";

    /// <summary>As a sentence begins; a name in code stays as it is.</summary>
    public static string Capital(string text) =>
        text.StartsWith("the ", StringComparison.Ordinal) || text.StartsWith("code ", StringComparison.Ordinal) || text.StartsWith("what ", StringComparison.Ordinal) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>How far rounding may bring a sum of a distribution off, in the precision the tensor is stored in.</summary>
    public static double Tolerance(TensorFacts facts, double tolerance) => facts.DType switch
    {
        Half => Math.Max(tolerance, 0.02),
        Brain => Math.Max(tolerance, 0.1),
        _ => tolerance,
    };

    /// <summary>How a step is taken out of the network, in code.</summary>
    public static string Without(NetworkProfile profile, FlowStep? step)
    {
        var before = step is null ? null : Before(profile, step);
        var logits = before?.Module is { Name.Length: > 0 } module ? $"{StructureCode.Expression(module.Name)}.call(h)" : "lastLayer.call(h)";
        return step switch
        {
            { Module: { } m } when ParentIsSequential(profile, m) => $"// in nn.Sequential: without (\"{m.Name[(m.Name.LastIndexOf('.') + 1)..]}\", nn.{m.Type}(...))",
            { Module: { } m } => $"return {logits};   // without {StructureCode.Expression(m.Name)}",
            { Operation: { } o } => $"return {logits};   // without {o.Name}()",
            _ => $"return {logits};   // raw logits",
        };
    }

    private static bool ParentIsSequential(NetworkProfile profile, ModuleProfile module) =>
        module.Parent is { } parent && profile.Modules.Any(m => m.Name == parent && m.Type == "Sequential");

    // Dropout between the last layer and the loss is odd, and not what is asked for here.
    private static FlowStep Maker(NetworkFlow flow, int value)
    {
        var step = flow.BeforeSkippingShape(value);
        while (step.Kind is ModuleKind.Dropout or ModuleKind.ChannelDropout && step.Inputs.Count > 0)
            step = flow.BeforeSkippingShape(step.Inputs[0]);
        return step;
    }
}
