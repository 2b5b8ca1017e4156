using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Tests.Networks;

/// <summary>Profiles of losses, by hand: healthy logits unless a test says otherwise.</summary>
internal static class LossProfiles
{
    public static DiagnosticReport Judge(Rule<NetworkProfile> rule, NetworkProfile profile) => new RuleEngine([rule]).Judge("test", new Measurements().With(profile));

    public static TensorFacts Facts(long[] shape, double min, double max, double mean = 0, double deviation = 1, double zeros = 0, string type = "Float32") => new()
    {
        Shape = shape,
        Count = shape.Aggregate(1L, (n, s) => n * s),
        Min = min,
        Max = max,
        Mean = mean,
        StandardDeviation = deviation,
        ZeroShare = zeros,
        DType = type,
        IsFloatingPoint = type.StartsWith("Float", StringComparison.Ordinal) || type == "BFloat16",
    };

    public static DistributionFacts Rows(double min, double max, double sumError = 3, double logSumExp = 3, double zeros = 0, double edges = 0.3, long classes = 10, long rows = 64) => new()
    {
        Dimension = 1,
        Classes = classes,
        Rows = rows,
        Min = min,
        Max = max,
        MaxSumError = sumError,
        MaxLogSumExp = logSumExp,
        ZeroShare = zeros,
        EdgeShare = edges,
    };

    public static DistributionFacts Probabilities(long classes = 10, long rows = 64) => Rows(0.001, 0.9, 1e-7, Math.Log(classes) + 0.3, classes: classes, rows: rows, edges: 0);

    public static DistributionFacts LogProbabilities(long classes = 10, long rows = 64) => Rows(-9, -0.1, 20, 1e-7, classes: classes, rows: rows);

    /// <summary>A loss that is given rows; its input's facts follow from them.</summary>
    public static NetworkProfile Of(LossKind kind, DistributionFacts rows, DistributionFacts? target = null) => Of(new LossProfile
    {
        Kind = kind,
        Name = kind + "Loss",
        IsModule = true,
        Reduction = LossReduction.Mean,
        Input = Facts([rows.Rows, rows.Classes], rows.Min, rows.Max, zeros: rows.ZeroShare),
        Target = target is null ? Facts([rows.Rows], 0, rows.Classes - 1, type: "Int64") : Facts([target.Rows, target.Classes], target.Min, target.Max),
        InputRows = rows,
        TargetRows = target,
        Classes = target is null ? rows.Classes : 0,
        Value = 2.3,
        MeanLoss = 2.3,
        ConstantLoss = 2.3,
    });

    /// <summary>A loss of numbers against numbers.</summary>
    public static NetworkProfile Of(LossKind kind, TensorFacts input, TensorFacts target) => Of(new LossProfile
    {
        Kind = kind,
        Name = kind + "Loss",
        IsModule = true,
        Reduction = LossReduction.Mean,
        Input = input,
        Target = target,
        InputRows = Rows(input.Min, input.Max, classes: input.Rank > 1 ? input.Shape[1] : input.Shape[0], rows: input.Rank > 1 ? input.Shape[0] : 1),
        TargetPercentiles = [.. Enumerable.Range(0, 101).Select(p => target.Min + (p / 100.0 * (target.Max - target.Min)))],
        Value = 1,
        MeanLoss = 1,
        ConstantLoss = 1,
    });

    public static NetworkProfile Of(LossProfile loss) => new() { Network = "Net", Loss = loss, Modules = [new() { Name = "", Type = "Net" }], BatchSize = 64 };

    public static NetworkProfile With(this NetworkProfile profile, Func<LossProfile, LossProfile> change) => profile with { Loss = change(profile.Loss!) };

    /// <summary>The same network with its flow known: <c>fc2</c> (Linear), then a module that the loss is given the output of.</summary>
    public static NetworkProfile EndingWith(this NetworkProfile profile, string type, ModuleKind kind, string name = "last", params (string Name, double Value)[] settings)
    {
        var flow = WithLinear(profile);
        return flow with
        {
            Modules = [.. flow.Modules, new() { Name = name, Type = type, Kind = kind, Parent = "", IsLeaf = true, IsBuiltIn = true, Settings = settings.ToDictionary(s => s.Name, s => s.Value) }],
            Calls = [.. flow.Calls, new() { Index = flow.Calls.Count, Module = name, IsInnermost = true, Inputs = [flow.Values.Count - 1], Outputs = [flow.Values.Count] }],
            Values = [.. flow.Values, new() { Id = flow.Values.Count, Facts = profile.Loss!.Input, Source = ValueSource.Module, Call = flow.Calls.Count }],
            Loss = profile.Loss with { InputValue = flow.Values.Count },
        };
    }

    /// <summary>The same network with its flow known: <c>fc2</c> (Linear), then an operation in the network's own code.</summary>
    public static NetworkProfile EndingWithOperation(this NetworkProfile profile, string name, int? dimension = null)
    {
        var flow = WithLinear(profile);
        return flow with
        {
            Values = [.. flow.Values, new() { Id = flow.Values.Count, Facts = profile.Loss!.Input, Source = ValueSource.Operation, Operation = new(name, [flow.Values.Count - 1]) { Within = "", Dimension = dimension } }],
            Loss = profile.Loss with { InputValue = flow.Values.Count },
        };
    }

    /// <summary>The same network with its flow known: <c>fc2</c> (Linear) gives what the loss is given.</summary>
    public static NetworkProfile WithLinear(this NetworkProfile profile) => profile.Calls.Count > 0 ? profile : profile with
    {
        Modules = [.. profile.Modules, new() { Name = "fc2", Type = "Linear", Kind = ModuleKind.Linear, Parent = "", IsLeaf = true, IsBuiltIn = true, Settings = new Dictionary<string, double> { ["in_features"] = 32 } }],
        Calls = [new() { Index = 0, Module = "fc2", IsInnermost = true, Inputs = [0], Outputs = [1] }],
        Values = [new() { Id = 0, Facts = Facts([64, 32], -2, 2), Source = ValueSource.Input }, new() { Id = 1, Facts = profile.Loss!.Input, Source = ValueSource.Module, Call = 0 }],
        Loss = profile.Loss with { InputValue = 1 },
    };
}
