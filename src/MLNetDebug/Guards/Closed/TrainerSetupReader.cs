using System.Runtime.CompilerServices;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>Reads what a network's trainer was set up with.</summary>
internal static class TrainerSetupReader
{
    private static readonly ConditionalWeakTable<object, StrongBox<int>> Classes = [];

    /// <summary>The setup, before a fit.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="classes">Classes that the rows of this fit hold; null where they are not counted.</param>
    public static TrainerSetup Read(ClosedTrainer trainer, int? classes)
    {
        var host = TrainerHost.Of(trainer.Trainer).FirstOrDefault()?.Environment;
        var assembly = trainer.Trainer.GetType().Assembly;
        var folder = Property(host, "TempFilePath") as string;
        return new TrainerSetup
        {
            Trainer = trainer.Name,
            Kind = trainer.Kind,
            Options = [.. OptionRanges.Of(trainer.Kind).Select(r => (r.Option, Value: trainer.Number(r.Option))).Where(o => o.Value is not null).Select(o => new NamedValue(o.Option, o.Value!.Value))],
            LearningRates = (trainer.Value("LearningRate") as IReadOnlyList<double>)?.Count ?? 1,
            HasValidationSet = trainer.ValidationSet is not null,
            Device = host is null ? null : DeviceOf(host, assembly),
            Weights = folder is null ? null : WeightsOf(Path.Combine(folder, "mlnet", trainer.WeightsFile)),
            Packages = TorchPackages.PairOf(assembly),
            Classes = classes,
            EarlierClasses = Classes.TryGetValue(trainer.Trainer, out var earlier) ? earlier.Value : null,
            NotRead = trainer.HasOptions ? [] : ["this version of Microsoft.ML.TorchSharp keeps its trainers' options where they are not looked for: options and columns are not known"],
        };
    }

    /// <summary>Remembers how many classes a trainer object was fitted for, as long as the object lives.</summary>
    public static void Remember(ClosedTrainer trainer, int classes) => Classes.AddOrUpdate(trainer.Trainer, new StrongBox<int>(classes));

    private static WeightsSetup WeightsOf(string path) => new(path, File.Exists(path));

    private static DeviceSetup DeviceOf(object host, System.Reflection.Assembly trainers)
    {
        var gpu = Property(host, "GpuDeviceId") as int?;
        var torch = gpu is null ? null : TorchPackages.TorchSharpOf(trainers);
        return new DeviceSetup(gpu, torch is null ? null : TorchPackages.Cuda(torch).Available, Property(host, "FallbackToCpu") as bool? ?? true);
    }

    private static object? Property(object? owner, string name) => owner?.GetType().GetProperty(name)?.GetValue(owner);
}
