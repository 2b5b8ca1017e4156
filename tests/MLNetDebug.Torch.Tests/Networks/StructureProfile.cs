using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;

namespace MLNetDebug.Torch.Tests.Networks;

/// <summary>Builds profiles of networks that are chains, one line per step.</summary>
internal sealed class StructureProfile
{
    private readonly List<ModuleProfile> _modules = [];
    private readonly List<CallProfile> _calls = [];
    private readonly List<ValueProfile> _values = [];
    private bool _isTraining = true;

    public StructureProfile(params long[] input)
    {
        _values.Add(new ValueProfile { Id = 0, Facts = Facts(input), Source = ValueSource.Input });
        _modules.Add(new ModuleProfile { Name = "", Type = "Net", IsTraining = true, IsSeen = true, IsCallable = true });
    }

    public NetworkProfile Profile => new()
    {
        Network = "Net",
        Modules = [_modules[0] with { IsTraining = _isTraining }, .. _modules.Skip(1)],
        Calls = _calls,
        Values = _values,
        BatchSize = _values[0].Facts.Shape[0],
        Loss = new LossProfile { Kind = LossKind.CrossEntropy, Name = "CrossEntropyLoss", Input = _values[^1].Facts, Target = Facts(_values[0].Facts.Shape[0]), InputValue = _values[^1].Id },
    };

    public StructureProfile Evaluating()
    {
        _isTraining = false;
        return this;
    }

    /// <summary>A module that takes the last value and gives one of a shape; without one, that of the last.</summary>
    public StructureProfile Module(string name, string type, long[]? gives = null, bool training = true, params (string Name, double Value)[] settings)
    {
        _modules.Add(Described(name, type, training, settings) with { IsSeen = true });
        _calls.Add(new CallProfile { Index = _calls.Count, Module = name, IsInnermost = true, Inputs = [_values[^1].Id], Outputs = [_values.Count] });
        _values.Add(new ValueProfile { Id = _values.Count, Facts = Facts(gives ?? [.. _values[^1].Facts.Shape]), Source = ValueSource.Module, Call = _calls[^1].Index });
        return this;
    }

    public StructureProfile Dropout(string name, double p = 0.5, bool training = true, string type = "Dropout") => Module(name, type, training: training, settings: ("p", p));

    public StructureProfile Norm(string name, bool training = true, bool tracks = true)
    {
        var shape = _values[^1].Facts.Shape;
        return Module(name, $"BatchNorm{Math.Max(1, shape.Count - 2)}d", training: training, settings: [("num_features", shape[1]), ("track_running_stats", tracks ? 1 : 0)]);
    }

    /// <summary>A module that was registered and never seen.</summary>
    public StructureProfile Unseen(string name, string type, bool? moved = null, params (string Name, double Value)[] settings)
    {
        _modules.Add(Described(name, type, true, settings) with { StatisticsMoved = moved });
        return this;
    }

    /// <summary>A functional operation; <c>null</c> for code that nothing explains.</summary>
    public StructureProfile Code(string? operation, long[]? gives = null)
    {
        _values.Add(new ValueProfile
        {
            Id = _values.Count,
            Facts = Facts(gives ?? [.. _values[^1].Facts.Shape]),
            Source = operation is null ? ValueSource.Unknown : ValueSource.Operation,
            Operation = operation is null ? null : new FunctionalOperation(operation, [_values[^1].Id]),
        });
        return this;
    }

    public static implicit operator NetworkProfile(StructureProfile profile) => profile.Profile;

    private static ModuleProfile Described(string name, string type, bool training, (string Name, double Value)[] settings) => new()
    {
        Name = name,
        Type = type,
        Kind = ModuleReader.KindOf(typeof(TorchSharp.Modules.Linear).Assembly.GetType($"TorchSharp.Modules.{type}") ?? typeof(object)),
        Parent = name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : "",
        IsLeaf = true,
        IsBuiltIn = true,
        IsTraining = training,
        IsCallable = true,
        Settings = settings.ToDictionary(s => s.Name, s => s.Value),
    };

    private static TensorFacts Facts(params long[] shape) => new() { Shape = shape, Count = shape.Aggregate(1L, (a, b) => a * b), Mean = 0, StandardDeviation = 1 };
}

/// <summary>Lets one rule judge one network, with nothing else around it.</summary>
internal static class StructureJudge
{
    public static DiagnosticReport Judge(this Rule rule, NetworkProfile profile) => new RuleEngine([rule]).Judge("test", new Measurements().With(profile));

    public static void IsSilent(this Rule rule, NetworkProfile profile)
    {
        var report = rule.Judge(profile);
        Assert.IsEmpty(report.Findings, string.Join("\n", report.Findings.Select(f => f.Message)));
        Assert.IsEmpty(report.NotChecked, string.Join("\n", report.NotChecked.Select(f => f.Reason)));
    }
}
