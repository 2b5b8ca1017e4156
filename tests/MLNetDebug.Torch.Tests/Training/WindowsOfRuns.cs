using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Windows of training runs, by numbers alone.</summary>
internal static class WindowsOfRuns
{
    /// <summary>A run of a thousand steps of which nothing but the loss is known.</summary>
    public static TrainingWindow Empty { get; } = new() { Network = "Net", Step = 999, Loss = new() };

    public static RuleTested Judge(Rule<TrainingWindow> rule, TrainingWindow window)
    {
        var report = new RuleEngine([rule]).Judge("test", new Measurements().With(window));
        return new(report.Findings, report.NotChecked);
    }

    public static TrainingWindow WithBatches(BatchTrack batches) => Empty with { Batches = batches };

    public static TrainingWindow WithLoss(LossKind kind, double least, double usual = 1, LossReduction reduction = LossReduction.Mean) => Empty with
    {
        Loss = new() { Kind = kind, Reduction = reduction, Least = least, First = usual, Recent = [usual, usual, least] },
        Batches = new() { Sizes = Counts((32, 900), (8, 100)) },
    };

    /// <summary>Finished epochs with what was held out.</summary>
    public static TrainingWindow WithValidations(params IEnumerable<ValidationRecord?> validations) =>
        Empty with { Epochs = [.. validations.Select((v, i) => new EpochRecord { Epoch = i, Validation = v })] };

    /// <summary>The weight of a layer, and its bias.</summary>
    public static ParameterTrack[] Layer(string name, long units, long dead = 0, int samples = 20, string type = "Linear", ParameterRole role = ParameterRole.Weight, double bias = 0) =>
    [
        new() { Name = name + ".weight", Module = name, ModuleType = type, Role = role, Shape = [units, 16], Units = units, DeadUnits = dead, DeadSamples = samples, Norm = 0.25 * Math.Sqrt(units * 16) },
        new() { Name = name + ".bias", Module = name, ModuleType = type, Role = ParameterRole.Bias, Shape = [units], Mean = bias },
    ];

    public static Dictionary<long, long> Counts(params IEnumerable<(long Key, long Count)> of) => of.ToDictionary(c => c.Key, c => c.Count);
}
