namespace MLNetDebug.Torch.Networks;

/// <summary>A network profile read as a graph: what a value was made by, and what takes it.</summary>
internal sealed class NetworkFlow
{
    private readonly NetworkProfile _profile;
    private readonly Dictionary<string, ModuleProfile> _modules;
    private readonly ILookup<int, FlowStep> _takers;
    private readonly FlowStep[] _makers;

    public NetworkFlow(NetworkProfile profile)
    {
        _profile = profile;
        _modules = profile.Modules.ToDictionary(m => m.Name);
        _makers = [.. profile.Values.Select(MakerOf)];
        var steps = _makers.Where(m => m.Source == ValueSource.Operation).Concat(profile.Calls.Where(c => c.IsInnermost).Select(StepOf)).DistinctBy(s => (s.Call?.Index, s.Output));
        _takers = steps.SelectMany(s => s.Inputs.Distinct().Select(i => (Input: i, Step: s))).ToLookup(p => p.Input, p => p.Step);
    }

    /// <summary>The smallest steps that were seen, in the order they ended.</summary>
    public IEnumerable<FlowStep> Steps => _profile.Calls.Where(c => c.IsInnermost).Select(StepOf);

    public ModuleProfile? Module(string name) => _modules.GetValueOrDefault(name);

    /// <summary>What made a value.</summary>
    public FlowStep Before(int value) => _makers[value];

    /// <summary>What made a value, steps that only move elements passed over.</summary>
    public FlowStep BeforeSkippingShape(int value)
    {
        var step = Before(value);
        while (step.Kind == ModuleKind.Shape && step.Inputs.Count > 0)
            step = Before(step.Inputs[0]);
        return step;
    }

    /// <summary>
    /// The steps behind a value, nearest first, along the first input of each; ends with the network's input, with code that no operation explains, or after a step that takes several values.
    /// </summary>
    public IEnumerable<FlowStep> Chain(int value)
    {
        for (var step = Before(value); ; step = Before(step.Inputs[0]))
        {
            yield return step;
            if (step.Inputs.Count != 1)
                yield break;
        }
    }

    /// <summary>The steps that take a value.</summary>
    public IEnumerable<FlowStep> After(int value) => _takers[value];

    /// <summary>The steps that follow a step, those that only move elements passed over.</summary>
    public IEnumerable<FlowStep> AfterSkippingShape(FlowStep step) => step.Outputs.SelectMany(After)
        .SelectMany(next => next.Kind == ModuleKind.Shape ? AfterSkippingShape(next) : [next]);

    private FlowStep StepOf(CallProfile call) => new()
    {
        Source = ValueSource.Module,
        Call = call,
        Module = _modules[call.Module],
        Inputs = call.Inputs,
        Outputs = call.Outputs,
    };

    private FlowStep MakerOf(ValueProfile value) => value switch
    {
        { Source: ValueSource.Module, Call: { } call } => StepOf(_profile.Calls[call]),
        { Source: ValueSource.Operation, Operation: { } operation } => new() { Source = ValueSource.Operation, Operation = operation, Inputs = operation.Of, Outputs = [value.Id] },
        _ => new() { Source = value.Source, Outputs = [value.Id] },
    };
}

/// <summary>One step of a network: a call of a module, a functional operation, an input, or code that nothing explains.</summary>
internal sealed record FlowStep
{
    private static readonly HashSet<string> Activations =
        ["relu", "relu6", "tanh", "sigmoid", "gelu", "silu", "leaky_relu", "elu", "selu", "softplus", "hardtanh", "hardsigmoid", "hardswish", "mish", "logsigmoid", "softsign"];

    private static readonly HashSet<string> Shapes = ["view", "transpose", "slice", "clone"];

    public required ValueSource Source { get; init; }

    public CallProfile? Call { get; init; }

    public ModuleProfile? Module { get; init; }

    public FunctionalOperation? Operation { get; init; }

    public IReadOnlyList<int> Inputs { get; init; } = [];

    public IReadOnlyList<int> Outputs { get; init; } = [];

    public int Output => Outputs.Count > 0 ? Outputs[0] : -1;

    /// <summary>What it does, whether it is a module or an operation.</summary>
    public ModuleKind Kind => Module?.Kind ?? (Operation is null ? ModuleKind.Other
        : Activations.Contains(Operation.Name) ? ModuleKind.Activation
        : Shapes.Contains(Operation.Name) ? ModuleKind.Shape
        : Operation.Name == "softmax" ? ModuleKind.Softmax
        : Operation.Name == "log_softmax" ? ModuleKind.LogSoftmax
        : Operation.Name == "dropout" ? ModuleKind.Dropout
        : Operation.Name is "layer_norm" or "rms_norm" ? ModuleKind.RowNorm
        : Operation.Name is "max_pool2d" or "avg_pool2d" or "mean" ? ModuleKind.Pooling
        : ModuleKind.Other);

    /// <summary>The function it computes, by TorchSharp's functional name in lower case: <c>relu</c> for a ReLU module too.</summary>
    public string Function => Operation?.Name ?? Module?.Type switch
    {
        null => "",
        "LeakyReLU" => "leaky_relu",
        "LogSoftmax" => "log_softmax",
        var type => type.ToLowerInvariant(),
    };

    /// <summary>As messages name it.</summary>
    public string Display => Module is { } module ? Places.Named(module)
        : Operation is { } operation ? $"{operation.Name}() in the code of {(string.IsNullOrEmpty(operation.Within) ? "the network" : $"`{operation.Within}`")}"
        : Source == ValueSource.Input ? "the network's input" : "code between the modules";
}
