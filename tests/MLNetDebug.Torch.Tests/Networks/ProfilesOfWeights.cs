using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks;

/// <summary>Builds the profile of a network step by step, by numbers alone: modules with their parameters, and functional code between them.</summary>
internal sealed class ProfilesOfWeights
{
    private readonly List<ModuleProfile> _modules = [new() { Name = "", Type = "Net", IsCallable = true, IsSeen = true }];
    private readonly List<CallProfile> _calls = [];
    private readonly List<ValueProfile> _values = [];
    private readonly List<ParameterProfile> _parameters = [];

    public ProfilesOfWeights(long width = 64) => Last = Value(new() { Id = 0, Facts = Facts([32, width], 1), Source = ValueSource.Input });

    /// <summary>The value the next step takes.</summary>
    public int Last { get; set; }

    /// <summary>Shape, and a standard deviation around 0.</summary>
    public static TensorFacts Facts(long[] shape, double deviation, double mean = 0) => new()
    {
        Shape = shape,
        Count = shape.Aggregate(1L, (a, b) => a * b),
        Mean = mean,
        StandardDeviation = deviation,
        Min = mean - 2 * deviation,
        Max = mean + 2 * deviation,
    };

    public static RuleTested Judge(Rule<NetworkProfile> rule, NetworkProfile profile)
    {
        var report = new RuleEngine([rule]).Judge("test", new Measurements().With(profile));
        return new(report.Findings, report.NotChecked);
    }

    /// <summary>A Linear, or a convolution, whose weights have a gain.</summary>
    public ProfilesOfWeights Layer(
        string name, long from = 64, long to = 64, double gain = 0.577, bool bias = true, bool frozen = false, ModuleKind kind = ModuleKind.Linear, string? type = null, bool seen = true,
        Func<ParameterProfile, ParameterProfile>? weight = null)
    {
        Module(name, type ?? (kind == ModuleKind.Linear ? "Linear" : "Conv2d"), kind, bias ? ["weight", "bias"] : ["weight"], seen, settings: kind == ModuleKind.Linear
            ? new() { ["in_features"] = from, ["out_features"] = to } : new() { ["in_channels"] = from, ["out_channels"] = to });
        var made = new ParameterProfile { Name = name + ".weight", Module = name, Facts = Facts([to, from], gain / Math.Sqrt(from)), Role = ParameterRole.Weight, FanIn = from, RequiresGrad = !frozen };
        _parameters.Add(weight?.Invoke(made) ?? made);
        if (bias)
            _parameters.Add(new() { Name = name + ".bias", Module = name, Facts = Facts([to], 0.1), Role = ParameterRole.Bias, RequiresGrad = !frozen });
        return this;
    }

    public ProfilesOfWeights Norm(string name, ModuleKind kind = ModuleKind.BatchNorm, long? tracked = null, bool seen = true)
    {
        Module(name, kind == ModuleKind.BatchNorm ? "BatchNorm1d" : "LayerNorm", kind, ["weight", "bias"], seen, tracked: tracked);
        _parameters.Add(new() { Name = name + ".weight", Module = name, Facts = Facts([64], 0, 1), Role = ParameterRole.Scale });
        _parameters.Add(new() { Name = name + ".bias", Module = name, Facts = Facts([64], 0), Role = ParameterRole.Shift });
        return this;
    }

    public ProfilesOfWeights Module(
        string name, string type, ModuleKind kind, string[]? parameters = null, bool seen = true, Dictionary<string, double>? settings = null, long? tracked = null, TensorFacts? returns = null)
    {
        _modules.Add(new()
        {
            Name = name,
            Type = type,
            Kind = kind,
            Parameters = parameters ?? [],
            IsSeen = seen,
            IsCallable = true,
            IsBuiltIn = true,
            IsLeaf = true,
            BatchesTracked = tracked,
            Parent = name.Contains('.') ? name[..name.LastIndexOf('.')] : "",
            Settings = settings ?? [],
        });
        if (!seen)
            return this;
        var input = Last;
        Last = Value(new() { Id = 0, Facts = returns ?? Facts([32, 64], 1), Source = ValueSource.Module, Call = _calls.Count });
        _calls.Add(new() { Index = _calls.Count, Module = name, IsInnermost = true, Inputs = [input], Outputs = [Last] });
        return this;
    }

    /// <summary>Functional code of the value before, or of the values named.</summary>
    public ProfilesOfWeights Code(string operation, params int[] of) => Returns(operation, Facts([32, 64], 1), of);

    public ProfilesOfWeights Returns(string operation, TensorFacts facts, params int[] of)
    {
        Last = Value(new() { Id = 0, Facts = facts, Source = ValueSource.Operation, Operation = new(operation, of.Length > 0 ? of : [Last]) { Within = "" } });
        return this;
    }

    /// <summary>Code that nothing explains.</summary>
    public ProfilesOfWeights Unknown()
    {
        Last = Value(new() { Id = 0, Facts = Facts([32, 64], 1) });
        return this;
    }

    public ProfilesOfWeights Parameter(string name, ParameterRole role, long[] shape, Func<ParameterProfile, ParameterProfile>? with = null)
    {
        var made = new ParameterProfile { Name = name, Module = name.Contains('.') ? name[..name.LastIndexOf('.')] : "", Facts = Facts(shape, 0.1), Role = role, FanIn = shape.Length > 1 ? shape.Skip(1).Aggregate(1L, (a, b) => a * b) : 0 };
        _parameters.Add(with?.Invoke(made) ?? made);
        return this;
    }

    /// <summary>A module that holds others, without a call.</summary>
    public ProfilesOfWeights Holder(string name, string type)
    {
        _modules.Add(new() { Name = name, Type = type, Parent = "", IsCallable = true, IsSeen = true });
        return this;
    }

    /// <summary>The network, its last value given to a loss. The defaults are those of a healthy start with ten classes.</summary>
    public NetworkProfile Build(LossKind? loss = LossKind.CrossEntropy, Func<LossProfile, LossProfile>? with = null, params OptimizerProfile[] optimizers)
    {
        var measured = loss is null ? null : new LossProfile
        {
            Kind = loss.Value,
            Input = Facts([32, 10], 0.3),
            Target = Facts([32], 1),
            InputValue = Last,
            Classes = loss == LossKind.CrossEntropy ? 10 : 0,
            MeanLoss = 2.4,
            ConstantLoss = 2.2,
            MedianMargin = 0.2,
            ZeroLossShare = 0,
        };
        var last = _values[Last].Id;
        return new()
        {
            Network = "Net",
            Modules = _modules,
            Values = _values,
            Parameters = _parameters,
            Optimizers = optimizers,
            BatchSize = 32,
            Calls = [.. _calls, new() { Index = _calls.Count, Module = "", Inputs = [0], Outputs = [last] }],
            Loss = measured is null ? null : with?.Invoke(measured) ?? measured,
        };
    }

    private int Value(ValueProfile value)
    {
        _values.Add(value with { Id = _values.Count });
        return _values.Count - 1;
    }
}

/// <summary>What one rule said.</summary>
internal sealed record RuleTested(IReadOnlyList<Finding> Findings, IReadOnlyList<NotChecked> NotChecked);
